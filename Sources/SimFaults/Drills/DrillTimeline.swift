import SimCore

/// A drill's report as a person follows it: simulated time on the left, what happened beside it.
package enum DrillTimeline {
    private static let margin = 25

    /// Before the first step.
    package static func head(_ report: DrillReport) -> String {
        "drill \(report.name)\n" + "      \(report.description)\n\n"
    }

    /// One step, once it has ended.
    package static func text(_ entry: DrillReport.Entry) -> String {
        var lines: [String] = []
        if let remark = entry.remark { lines.append(blank + "“\(remark)”") }
        lines.append(column(entry.at) + entry.title)
        var last = entry.at
        for event in entry.events {
            lines.append((event.at == last ? blank : column(event.at)) + "· " + event.text)
            last = event.at
        }
        if let failure = entry.failure { lines += verdict("FAILED", failure, []) }
        for check in entry.checks {
            lines += verdict(check.isMet ? "ok" : "FAILED", check.text, check.problems)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// After the last step.
    package static func foot(_ report: DrillReport) -> String {
        if let reason = report.skipReason { return "skipped  \(report.name): \(reason)\n" }
        let failed = report.entries.flatMap(\.checks).count(where: { !$0.isMet })
        let checks = failed == 0 ? "" : " (\(failed) failed)"
        return "\(report.result.rawValue)  \(report.name)  \(report.entries.count) steps  "
            + "\(report.checkCount) checks\(checks)  \(seconds(report.elapsed)) s\n"
    }

    /// Everything.
    package static func text(_ report: DrillReport) -> String {
        head(report) + report.entries.map { text($0) }.joined() + foot(report)
    }

    /// `Fri 2026-01-09 16:00:00`
    package static func stamp(_ time: Timestamp) -> String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let text = time.iso8601.map { $0 == "T" ? " " : $0 }.dropLast()
        return days[time.fields.weekday % 7] + " " + String(text)
    }

    /// With two decimals.
    static func seconds(_ duration: Duration) -> String {
        let hundredths = max(0, duration.wholeMicroseconds / 10_000)
        let rest = String(hundredths % 100)
        return "\(hundredths / 100)." + (rest.count < 2 ? "0" : "") + rest
    }

    private static var blank: String { String(repeating: " ", count: margin) }

    private static func column(_ time: Timestamp) -> String {
        let text = stamp(time)
        return text + String(repeating: " ", count: max(1, margin - text.count))
    }

    private static func verdict(_ word: String, _ text: String, _ problems: [String]) -> [String] {
        let space = String(repeating: " ", count: max(0, margin - word.count - 1))
        return [space + word + " " + text] + problems.map { blank + "    " + $0 }
    }
}
