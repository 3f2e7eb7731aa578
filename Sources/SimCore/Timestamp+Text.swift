/// Text forms of a timestamp, all UTC. No locale, no formatter object, no allocation but the text.
extension Timestamp {
    /// Calendar fields in UTC (proleptic Gregorian).
    package struct Fields: Hashable, Sendable {
        package let year: Int
        package let month: Int
        package let day: Int
        package let hour: Int
        package let minute: Int
        package let second: Int
        package let microsecond: Int
        /// 0 is Sunday.
        package let weekday: Int
    }

    package var fields: Fields {
        let days = Self.floorDivide(microseconds, 86_400_000_000)
        let rest = microseconds - days * 86_400_000_000
        let (year, month, day) = Self.civil(fromDays: days)
        let second = Int(rest / 1_000_000)
        return Fields(
            year: year, month: month, day: day, hour: second / 3_600, minute: second / 60 % 60,
            second: second % 60, microsecond: Int(rest % 1_000_000),
            weekday: Int(((days + 4) % 7 + 7) % 7))
    }

    /// A point of the proleptic Gregorian calendar in UTC, years 1 to 9999; nil for a date or time
    /// that does not exist.
    package init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
        microsecond: Int = 0
    ) {
        guard (1...9_999).contains(year), (1...12).contains(month),
            (1...Self.daysIn(month: month, year: year)).contains(day), (0..<24).contains(hour),
            (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1_000_000).contains(microsecond)
        else { return nil }
        let seconds = Int64(hour * 3_600 + minute * 60 + second)
        self.init(
            microseconds: (Self.days(year: year, month: month, day: day) * 86_400 + seconds)
                * 1_000_000 + Int64(microsecond))
    }

    /// `2026-01-05T08:00:00Z`
    package var iso8601: String { text(separator: "T", fractionDigits: 0) }

    /// `2026-01-05T08:00:00.1234560Z`: `digits` fractional digits, 0 to 7.
    package func iso8601(fractionDigits digits: Int) -> String {
        text(separator: "T", fractionDigits: digits)
    }

    /// `2026-01-05 08:00:00Z`: the form in token endpoint error bodies. Source: aadsts.md §1.1.
    package var errorBodyText: String { text(separator: " ", fractionDigits: 0) }

    /// `Mon, 05 Jan 2026 08:00:00 GMT`. RFC 9110 §5.6.7.
    package var httpDate: String { httpText(separator: 0x20) }

    /// `Mon, 05-Jan-2026 08:00:00 GMT`: the form in the service's `Set-Cookie` expiry.
    package var cookieDate: String { httpText(separator: 0x2D) }

    /// Parses `Mon, 05 Jan 2026 08:00:00 GMT`, the one form that may be written today; nil for
    /// anything else. The weekday must be the date's. RFC 9110 §5.6.7.
    package init?(httpDate text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, let month = Self.months.firstIndex(where: { $0 == words[2] })
        else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        self.init(iso8601: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
        guard httpDate == text else { return nil }
    }

    /// Parses `yyyy-MM-ddTHH:mm:ss[.fraction](Z|±HH:mm)`; nil for anything else.
    package init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
            index < bytes.count && bytes[index] == UInt8(ascii: character)
        }
        guard
            let year = number(0..<4), has("-", at: 4), let month = number(5..<7), has("-", at: 7),
            let day = number(8..<10), has("T", at: 10) || has(" ", at: 10),
            let hour = number(11..<13), has(":", at: 13), let minute = number(14..<16),
            has(":", at: 16), let second = number(17..<19),
            (1...12).contains(month), (1...Self.daysIn(month: month, year: year)).contains(day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19
        var micros = 0
        if has(".", at: index) {
            index += 1
            let start = index
            while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
                if index - start < 6 { micros = micros * 10 + Int(bytes[index] - 48) }
                index += 1
            }
            guard index > start, index - start <= 9 else { return nil }
            for _ in 0..<max(0, 6 - (index - start)) { micros *= 10 }
        }
        var offset = 0
        if has("Z", at: index), index + 1 == bytes.count {
            offset = 0
        } else if has("+", at: index) || has("-", at: index), index + 6 == bytes.count,
            let hours = number(index + 1..<index + 3), has(":", at: index + 3),
            let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
        {
            offset = (hours * 3_600 + minutes * 60) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
        } else {
            return nil
        }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = Int64(hour * 3_600 + minute * 60 + second - offset)
        self.init(microseconds: (days * 86_400 + seconds) * 1_000_000 + Int64(micros))
    }

    private func text(separator: Unicode.Scalar, fractionDigits: Int) -> String {
        let parts = fields
        var out: [UInt8] = []
        out.reserveCapacity(28)
        out.appendPadded(parts.year, width: 4)
        out.append(UInt8(ascii: "-"))
        out.appendPadded(parts.month, width: 2)
        out.append(UInt8(ascii: "-"))
        out.appendPadded(parts.day, width: 2)
        out.append(UInt8(ascii: separator))
        out.appendClock(parts)
        if fractionDigits > 0 {
            let digits = min(fractionDigits, 7)
            var value = parts.microsecond * 10
            for _ in 0..<(7 - digits) { value /= 10 }
            out.append(UInt8(ascii: "."))
            out.appendPadded(value, width: digits)
        }
        out.append(UInt8(ascii: "Z"))
        return String(decoding: out, as: UTF8.self)
    }

    /// Length of `httpDate` and `cookieDate`.
    package static let httpDateLength = 29

    private func httpText(separator: UInt8) -> String {
        var out = [UInt8](repeating: 0x20, count: Self.httpDateLength)
        var span = out.mutableSpan
        writeHTTPText(separator, to: &span, at: 0)
        return String(decoding: out, as: UTF8.self)
    }

    /// Writes `httpDate` over the 29 bytes at `offset`.
    package func writeHTTPDate(to bytes: inout MutableSpan<UInt8>, at offset: Int) {
        writeHTTPText(0x20, to: &bytes, at: offset)
    }

    /// Writes `cookieDate` over the 29 bytes at `offset`.
    package func writeCookieDate(to bytes: inout MutableSpan<UInt8>, at offset: Int) {
        writeHTTPText(UInt8(ascii: "-"), to: &bytes, at: offset)
    }

    private func writeHTTPText(
        _ separator: UInt8, to bytes: inout MutableSpan<UInt8>, at offset: Int
    ) {
        let parts = fields
        let pattern = "   , 00-   -0000 00:00:00 GMT".utf8Span.span
        for index in 0..<Self.httpDateLength { bytes[offset + index] = pattern[index] }
        let weekday = "SunMonTueWedThuFriSat".utf8Span.span
        let month = "JanFebMarAprMayJunJulAugSepOctNovDec".utf8Span.span
        for index in 0..<3 {
            bytes[offset + index] = weekday[parts.weekday * 3 + index]
            bytes[offset + 8 + index] = month[(parts.month - 1) * 3 + index]
        }
        bytes[offset + 7] = separator
        bytes[offset + 11] = separator
        // The form has four digits for a year.
        let year = min(9_999, max(0, parts.year))
        Self.write(parts.day, &bytes, offset + 5)
        Self.write(year / 100, &bytes, offset + 12)
        Self.write(year % 100, &bytes, offset + 14)
        Self.write(parts.hour, &bytes, offset + 17)
        Self.write(parts.minute, &bytes, offset + 20)
        Self.write(parts.second, &bytes, offset + 23)
    }

    /// Two digits.
    private static func write(_ value: Int, _ bytes: inout MutableSpan<UInt8>, _ offset: Int) {
        bytes[offset] = UInt8(48 + value / 10)
        bytes[offset + 1] = UInt8(48 + value % 10)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    /// Days of a month, 28 to 31.
    package static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01. The era arithmetic counts from 0000-03-01, so that leap days end a
    /// year.
    private static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    private static func civil(fromDays days: Int64) -> (Int, Int, Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension String {
    /// Appends a non-negative number padded with zeros on the left.
    package mutating func appendPadded(_ value: Int, width: Int) {
        let digits = String(value)
        for _ in 0..<max(0, width - digits.utf8.count) { append("0") }
        append(digits)
    }

}

extension [UInt8] {
    /// Appends a number's digits, padded with zeros on the left.
    fileprivate mutating func appendPadded(_ value: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        // A year past 9999 or before 0 does not fit.
        guard value >= 0, value / 10 < divisor else { return append(contentsOf: "\(value)".utf8) }
        while divisor > 0 {
            append(UInt8(48 + value / divisor % 10))
            divisor /= 10
        }
    }

    fileprivate mutating func appendClock(_ parts: Timestamp.Fields) {
        appendPadded(parts.hour, width: 2)
        append(UInt8(ascii: ":"))
        appendPadded(parts.minute, width: 2)
        append(UInt8(ascii: ":"))
        appendPadded(parts.second, width: 2)
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { iso8601(fractionDigits: 6) }
}
