import SimCore

/// Reads a date in the forms the directory and the guides use: ISO 8601 with or without time,
/// fraction and offset, and the text form of a date, `M/d/yyyy h:mm:ss tt`. No offset is UTC.
/// mapping-expressions.md §5.5.
enum DateText {
    private static let formats: [DateFormat] = [
        "yyyy-MM-ddK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "M/d/yyyy h:mm:ss tt", "M/d/yyyy", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK",
        "M/d/yyyy h:mm tt", "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm",
    ].compactMap { DateFormat($0) }

    static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        for format in formats {
            if let time = format.time(in: text, now: now) { return time }
        }
        return nil
    }
}

/// The intervals of `DateAdd` and `DateDiff`: Visual Basic's, case-sensitive.
enum DateInterval: String, CaseIterable {
    case year = "yyyy"
    case month = "m"
    case day = "d"
    case week = "ww"
    case hour = "h"
    case minute = "n"
    case second = "s"

    /// Microseconds of the intervals that always last the same.
    private var length: Int64? {
        switch self {
        case .year, .month: nil
        case .week: 7 * 86_400_000_000
        case .day: 86_400_000_000
        case .hour: 3_600_000_000
        case .minute: 60_000_000
        case .second: 1_000_000
        }
    }

    /// The date `count` intervals later, months cut to their last day; nil outside the years 1 to
    /// 9999.
    func adding(_ count: Int64, to time: Timestamp) -> Timestamp? {
        let parts = time.fields
        guard let length else {
            let (total, isTooFar) = count.multipliedReportingOverflow(
                by: self == .year ? 12 : 1)
            guard !isTooFar, abs(total) < 200_000 else { return nil }
            let months = parts.year * 12 + parts.month - 1 + Int(total)
            guard months >= 12 else { return nil }
            let (year, month) = (months / 12, months % 12 + 1)
            return Timestamp(
                year: year, month: month,
                day: min(parts.day, Timestamp.daysIn(month: month, year: year)),
                hour: parts.hour, minute: parts.minute, second: parts.second,
                microsecond: parts.microsecond)
        }
        let (distance, isTooFar) = length.multipliedReportingOverflow(by: count)
        guard !isTooFar else { return nil }
        let (sum, overflows) = time.microseconds.addingReportingOverflow(distance)
        let moved = Timestamp(microseconds: sum)
        return !overflows && Self.isInCalendar(moved) ? moved : nil
    }

    /// Intervals from one date to another, negative when the second is earlier.
    func count(from first: Timestamp, to second: Timestamp) -> Int64 {
        let (left, right) = (first.fields, second.fields)
        switch self {
        case .year: return Int64(right.year - left.year)
        case .month: return Int64((right.year - left.year) * 12 + right.month - left.month)
        case .week:
            // Both back to their Sunday, the time of day kept.
            let sundays = (first - .days(left.weekday), second - .days(right.weekday))
            return (sundays.1.microseconds - sundays.0.microseconds) / 86_400_000_000 / 7
        case .day, .hour, .minute, .second:
            return (second.microseconds - first.microseconds) / (length ?? 1)
        }
    }

    /// Years 1 to 9999, as .NET counts.
    static func isInCalendar(_ time: Timestamp) -> Bool {
        guard let first = Timestamp(year: 1, month: 1, day: 1),
            let last = Timestamp(
                year: 9_999, month: 12, day: 31, hour: 23, minute: 59, second: 59,
                microsecond: 999_999)
        else { return false }
        return first <= time && time <= last
    }
}

/// Active Directory's file times: 100 nanoseconds since 1601-01-01T00:00:00Z.
enum FileTime {
    private static let epoch: Int64 = 11_644_473_600_000_000

    static func ticks(_ time: Timestamp) -> Int64 { (time.microseconds + epoch) * 10 }

    /// nil for a negative count or a year after 9999.
    static func time(_ ticks: Int64) -> Timestamp? {
        let time = Timestamp(microseconds: ticks / 10 - epoch)
        return ticks >= 0 && DateInterval.isInCalendar(time) ? time : nil
    }
}
