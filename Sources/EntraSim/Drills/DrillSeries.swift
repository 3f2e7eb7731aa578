import SimCore
import SimFaults
import SimPortal
import SimRuntime

/// Several drills one after the other, for the command line.
package struct DrillSeries: Sendable {
    /// What came of them.
    package struct Outcome: Sendable {
        package let reports: [JSONValue]
        package let passed: Int
        package let failed: Int
        package let skipped: Int
        package let junit: String
    }

    private let entries: [DrillFiles.Entry]
    private let player: DrillPlayer

    /// - Parameters:
    ///   - names: of drills, or paths of their files; empty for all.
    ///   - tenantsFolder: nil for the tenant that is built in.
    package init(
        names: [String], tenantsFolder: String?, target: String?, token: String?,
        targetCAFile: String?
    ) throws(SimulatorFailure) {
        player = DrillPlayer(
            tenantsFolder: tenantsFolder,
            target: target.map { DrillTarget(url: $0, token: token) }, targetCAFile: targetCAFile)
        var entries: [DrillFiles.Entry] = []
        let paths = names.filter { $0.hasSuffix(".json") }
        for path in paths {
            entries += try DrillFiles(file: path, tenantsFolder: tenantsFolder).entries
        }
        if paths.count < names.count || names.isEmpty {
            let files = try DrillFiles(tenantsFolder: tenantsFolder)
            if names.isEmpty { entries = files.entries }
            for name in names where !name.hasSuffix(".json") {
                entries.append(try files.entry(name))
            }
        }
        self.entries = entries
    }

    package var list: [JSONValue] { entries.map(\.json) }

    /// - Parameter tell: called with each piece of the timeline as it comes about.
    package func play(tell: @escaping @Sendable (String) -> Void) async -> Outcome {
        var reports: [DrillReport] = []
        for entry in entries {
            tell(DrillTimeline.head(DrillReport(entry.drill)))
            let report = await player.play(entry) { _, step in tell(DrillTimeline.text(step)) }
            tell(DrillTimeline.foot(report) + "\n")
            reports.append(report)
        }
        func count(_ result: DrillReport.Result) -> Int {
            reports.count(where: { $0.result == result })
        }
        return Outcome(
            reports: reports.map(\.json), passed: count(.passed), failed: count(.failed),
            skipped: count(.skipped), junit: JUnitReport(reports).xml)
    }
}
