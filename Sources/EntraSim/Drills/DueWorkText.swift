import SimCore
import SimFaults

/// What fell due during an advance, as a person reads it: what repeats evenly is one line.
enum DueWorkText {
    /// Rows of the same text, evenly spaced.
    private struct Stretch {
        let first: Timestamp
        var last: Timestamp
        var every: Duration?
        var count = 1
        let text: String

        init(_ at: Timestamp, _ text: String) {
            first = at
            last = at
            self.text = text
        }

        /// Whether a row goes on with it.
        mutating func takes(_ at: Timestamp, _ text: String) -> Bool {
            let step = at - last
            guard text == self.text, every == nil || every == step else { return false }
            every = step
            last = at
            count += 1
            return true
        }
    }

    private static let idle = "nothing to send"

    /// - Parameter app: whose cycles are told; those of others only when they did something.
    static func events(_ ran: [DueWorkDone], of app: String) -> [DrillReport.Event] {
        var stretches: [Stretch] = []
        for row in ran {
            guard let at = Timestamp(iso8601: row.at) else { continue }
            let isOther = !row.what.hasPrefix(app + ":")
            if isOther, row.what.hasSuffix(idle) { continue }
            let place = stretches.lastIndex { $0.text.hasPrefix(Self.job(row.what)) }
            if let place, stretches[place].takes(at, row.what) { continue }
            stretches.append(Stretch(at, row.what))
        }
        return stretches.sorted { $0.first < $1.first }.flatMap(events)
    }

    /// `Claresia:`
    private static func job(_ text: String) -> String {
        String(text.prefix { $0 != ":" }) + ":"
    }

    private static func events(_ stretch: Stretch) -> [DrillReport.Event] {
        guard stretch.count > 2, let every = stretch.every else {
            return (0..<stretch.count).map { index in
                DrillReport.Event(
                    at: index == 0 ? stretch.first : stretch.last, stretch.text)
            }
        }
        return [
            DrillReport.Event(
                at: stretch.first,
                "\(stretch.text)  (\(stretch.count) times, every \(short(every)), "
                    + "last \(DrillTimeline.stamp(stretch.last)))")
        ]
    }

    private static func short(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "m")] as [(Int64, String)]
        where seconds >= unit && seconds % unit == 0 {
            return "\(seconds / unit)\(name)"
        }
        return "\(seconds)s"
    }
}
