import SimCore

/// Durations in rules: `250ms`, `2s`, `40m`, `6h`, `2d`, `1m30s`; longest unit first, each once.
enum FaultDuration {
    /// A year: what waits longer is a hang.
    static let limit: Duration = .seconds(366 * 86_400)

    /// nil for anything else and for more than `limit`.
    static func parse(_ text: String) -> Duration? {
        var rest = text.utf8[...]
        var total: Int64 = 0
        var last = Int64.max
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { 48...57 ~= $0 }
            guard (1...9).contains(digits.count), let count = Int64(String(Substring(digits)))
            else { return nil }
            rest = rest[digits.endIndex...]
            let letters = rest.prefix { !(48...57 ~= $0) }
            guard let unit = milliseconds(String(Substring(letters))), unit < last else {
                return nil
            }
            rest = rest[letters.endIndex...]
            last = unit
            total += count * unit
        }
        let duration = Duration.milliseconds(total)
        return duration <= limit ? duration : nil
    }

    /// `1d12h`, `40m`, `250ms`: what `parse` reads.
    static func text(_ duration: Duration) -> String {
        var rest = max(0, duration.wholeMicroseconds / 1_000)
        guard rest > 0 else { return "0s" }
        var out = ""
        for (unit, name) in [
            (86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms"),
        ] as [(Int64, String)] where rest >= unit {
            out += "\(rest / unit)\(name)"
            rest %= unit
        }
        return out
    }

    private static func milliseconds(_ unit: String) -> Int64? {
        switch unit {
        case "ms": 1
        case "s": 1_000
        case "m": 60_000
        case "h": 3_600_000
        case "d": 86_400_000
        default: nil
        }
    }
}
