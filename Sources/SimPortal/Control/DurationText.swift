import SimCore

/// Durations as people type them (`90s`, `40m`, `6h`, `2d`, `1d12h`, `2w`) and as Graph writes
/// them (`PT40M`, `P1DT12H`). Whole units only, longest unit first, each unit once.
package enum DurationText {
    /// A hundred years: beyond it the clock's microseconds would overflow.
    package static let limit: Duration = .days(36_525)

    /// - Returns: nil for anything else, for zero units and for more than `limit`.
    package static func parse(_ text: String) -> Duration? {
        let upper = text.uppercased()
        var seconds: Int64 = 0
        var last = Int64.max
        var digits: Int64?
        var isTime = true
        var rest = upper.utf8[...]
        if rest.first == UInt8(ascii: "P") {
            rest.removeFirst()
            isTime = false
            guard rest.last != UInt8(ascii: "T") else { return nil }
        }
        guard !rest.isEmpty else { return nil }
        for byte in rest {
            switch byte {
            case 48...57:
                let next = (digits ?? 0).multipliedReportingOverflow(by: 10)
                guard !next.overflow, next.partialValue < 100_000_000_000 else { return nil }
                digits = next.partialValue + Int64(byte - 48)
            case UInt8(ascii: "T") where !isTime && digits == nil:
                isTime = true
            default:
                guard let count = digits, let unit = unit(byte, isTime: isTime), unit < last else {
                    return nil
                }
                seconds += count * unit
                guard seconds <= limit.components.seconds else { return nil }
                last = unit
                digits = nil
            }
        }
        return digits == nil ? .seconds(seconds) : nil
    }

    /// `1d12h`, `40m`, `1m30s`; `0s` for nothing. Parts of a second are left out.
    package static func short(_ duration: Duration) -> String {
        var rest = duration.components.seconds
        let sign = rest < 0 ? "-" : ""
        rest = abs(rest)
        var out = ""
        for (unit, letter) in [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]
            as [(Int64, String)]
        {
            if rest >= unit {
                out += "\(rest / unit)\(letter)"
                rest %= unit
            }
        }
        return out.isEmpty ? "0s" : sign + out
    }

    /// `PT40M`: the ISO 8601 form of Graph.
    package static func iso8601(_ duration: Duration) -> String {
        let parts = short(duration).uppercased()
        guard let day = parts.firstIndex(of: "D") else { return "PT" + parts }
        let rest = parts[parts.index(after: day)...]
        return "P" + parts[...day] + (rest.isEmpty ? "" : "T" + rest)
    }

    private static func unit(_ letter: UInt8, isTime: Bool) -> Int64? {
        switch letter {
        case UInt8(ascii: "S") where isTime: 1
        case UInt8(ascii: "M") where isTime: 60
        case UInt8(ascii: "H") where isTime: 3_600
        case UInt8(ascii: "D"): 86_400
        case UInt8(ascii: "W"): 604_800
        default: nil
        }
    }
}
