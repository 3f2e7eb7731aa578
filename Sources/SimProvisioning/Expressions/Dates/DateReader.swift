import SimCore

extension DateFormat {
    /// What `dateTimeStyles` allows around the text; times without an offset are UTC either way.
    struct Styles: Hashable, Sendable {
        var allowsLeadingSpace = true
        var allowsTrailingSpace = true

        init() {}

        /// Names as .NET has them, separated by commas; nil for one it does not have.
        init?(_ text: String) {
            allowsLeadingSpace = false
            allowsTrailingSpace = false
            for piece in text.split(separator: ",") {
                switch piece.filter({ $0 != " " }) {
                case "AllowLeadingWhite": allowsLeadingSpace = true
                case "AllowTrailingWhite": allowsTrailingSpace = true
                case "AllowWhiteSpaces":
                    allowsLeadingSpace = true
                    allowsTrailingSpace = true
                case "None", "AllowInnerWhite", "NoCurrentDateDefault", "AdjustToUniversal",
                    "AssumeLocal", "AssumeUniversal", "RoundtripKind":
                    break
                default: return nil
                }
            }
        }
    }

    /// The time a text says in this format; nil when it does not fit. What the format does not
    /// mention comes from today when it names no date at all.
    func time(
        in text: String, styles: Styles = Styles(), now: Timestamp = .epoch
    ) -> Timestamp? {
        var scalars = Array(text.unicodeScalars)[...]
        if styles.allowsLeadingSpace { scalars = scalars.drop { $0.properties.isWhitespace } }
        if styles.allowsTrailingSpace {
            while scalars.last?.properties.isWhitespace ?? false { scalars.removeLast() }
        }
        var reader = DateReader(scalars)
        for (index, token) in tokens.enumerated() {
            let isPointBeforeFraction =
                token == .literal(".") && index + 1 < tokens.count
                && tokens[index + 1].isOptionalFraction
            if isPointBeforeFraction, reader.rest.first != "." { continue }
            guard reader.read(token) else { return nil }
        }
        return reader.rest.isEmpty ? reader.time(now) : nil
    }
}

extension DateFormat.Token {
    fileprivate var isOptionalFraction: Bool {
        if case .fraction(_, true) = self { true } else { false }
    }
}

/// Reads a text token by token into calendar fields. The same field twice must say the same.
private struct DateReader {
    enum Field: Hashable {
        case year, month, day, weekday, hour, minute, second, microsecond, half, offset
    }

    private(set) var rest: ArraySlice<Unicode.Scalar>
    private var fields: [Field: Int] = [:]
    private var isTwelveHours = false

    init(_ scalars: ArraySlice<Unicode.Scalar>) { rest = scalars }

    private mutating func set(_ field: Field, _ value: Int?) -> Bool {
        guard let value, fields[field] ?? value == value else { return false }
        fields[field] = value
        return true
    }

    mutating func read(_ token: DateFormat.Token) -> Bool {
        switch token {
        case .day(let count):
            if count < 3 { return set(.day, number(count)) }
            return set(.weekday, name(DateFormat.weekdays, isShort: count == 3))
        case .month(let count):
            if count < 3 { return set(.month, number(count)) }
            return set(.month, name(DateFormat.months, isShort: count == 3).map { $0 + 1 })
        case .year(let count):
            guard count < 3 else { return set(.year, digits(count...max(count, 4))) }
            // Two digits mean 1950 to 2049.
            return set(.year, number(count).map { $0 + ($0 < 50 ? 2_000 : 1_900) })
        case .hour12(let count):
            isTwelveHours = true
            return set(.hour, number(count).flatMap { $0 <= 12 ? $0 : nil })
        case .hour24(let count): return set(.hour, number(count))
        case .minute(let count): return set(.minute, number(count))
        case .second(let count): return set(.second, number(count))
        case .fraction(let count, let isOptional): return fraction(count, isOptional)
        case .half(let count): return half(count)
        case .offset(let count): return set(.offset, offset(count))
        case .kind: return kind()
        case .literal(let scalar):
            guard rest.first == scalar else { return false }
            rest.removeFirst()
            return true
        }
    }

    /// One letter takes one or two digits, two letters take exactly two.
    private mutating func number(_ count: Int) -> Int? { digits(count == 1 ? 1...2 : 2...2) }

    private mutating func digits(_ counts: ClosedRange<Int>) -> Int? {
        let found = rest.prefix(counts.upperBound).prefix { ("0"..."9").contains($0) }
        guard counts.contains(found.count) else { return nil }
        rest.removeFirst(found.count)
        return found.reduce(0) { $0 * 10 + Int($1.value - 48) }
    }

    private mutating func fraction(_ count: Int, _ isOptional: Bool) -> Bool {
        let found = rest.prefix(count).prefix { ("0"..."9").contains($0) }
        guard isOptional || found.count == count else { return false }
        rest.removeFirst(found.count)
        var ticks = found.reduce(0) { $0 * 10 + Int($1.value - 48) }
        for _ in found.count..<7 { ticks *= 10 }
        return set(.microsecond, ticks / 10)
    }

    private mutating func name(_ names: [String], isShort: Bool) -> Int? {
        for (index, name) in names.enumerated() {
            let wanted = (isShort ? String(name.prefix(3)) : name).lowercased().unicodeScalars
            if take(wanted) { return index }
        }
        return nil
    }

    private mutating func take(_ lower: String.UnicodeScalarView) -> Bool {
        let start = rest.prefix(lower.count)
        let same = zip(start, lower).allSatisfy { $0 == $1 || $0.value | 32 == $1.value }
        guard start.count == lower.count, same else { return false }
        rest.removeFirst(lower.count)
        return true
    }

    private mutating func half(_ count: Int) -> Bool {
        if take((count == 1 ? "a" : "am").unicodeScalars) { return set(.half, 0) }
        if take((count == 1 ? "p" : "pm").unicodeScalars) { return set(.half, 1) }
        return false
    }

    /// Minutes east of UTC.
    private mutating func offset(_ count: Int) -> Int? {
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        rest.removeFirst()
        guard let hours = count == 1 ? number(1) : number(2), hours <= 14 else { return nil }
        var minutes = 0
        if count > 2 {
            if rest.first == ":" { rest.removeFirst() }
            guard let found = number(2), found < 60 else { return nil }
            minutes = found
        }
        return (hours * 60 + minutes) * (sign == "-" ? -1 : 1)
    }

    private mutating func kind() -> Bool {
        if rest.first == "Z" || rest.first == "z" {
            rest.removeFirst()
            return set(.offset, 0)
        }
        guard rest.first == "+" || rest.first == "-" else { return true }
        return set(.offset, offset(3))
    }

    /// The instant in UTC; nil for a day that does not exist or is not the weekday named.
    func time(_ now: Timestamp) -> Timestamp? {
        let today = now.fields
        let hasDate = fields[.year] != nil || fields[.month] != nil || fields[.day] != nil
        var hour = fields[.hour] ?? 0
        if isTwelveHours { hour = hour % 12 + 12 * (fields[.half] ?? 0) }
        if !isTwelveHours, fields[.half] == 1, hour < 12 { hour += 12 }
        guard
            let local = Timestamp(
                year: fields[.year] ?? today.year,
                month: fields[.month] ?? (hasDate ? 1 : today.month),
                day: fields[.day] ?? (hasDate ? 1 : today.day), hour: hour,
                minute: fields[.minute] ?? 0, second: fields[.second] ?? 0,
                microsecond: fields[.microsecond] ?? 0)
        else { return nil }
        if let weekday = fields[.weekday], weekday != local.fields.weekday { return nil }
        return local - .minutes(fields[.offset] ?? 0)
    }
}
