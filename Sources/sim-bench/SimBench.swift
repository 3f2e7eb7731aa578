import Foundation
import SimCore

/// The benchmarks of the README. Build `entra-sim` and this with
/// `swift build -c release --static-swift-stdlib`, then run `sim-bench` in the project's folder.
///
/// Each row holds a figure of ours against a baseline measured in turns in the same run, and
/// prints the ratio. Ends with status 0 when every goal is met. Row m, a million users, is measured
/// only when asked for: `sim-bench --rows m`.
@main
enum SimBench {
    static func main() {
        do {
            let options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
            exit(run(options) ? 0 : 1)
        } catch {
            complain("error: \(error)")
            exit(2)
        }
    }

    private static func run(_ options: BenchOptions) -> Bool {
        let here = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "sim-bench-\(ProcessInfo.processInfo.processIdentifier)")
        let setting = BenchSetting(
            binary: options.binary ?? here.appending(path: "entra-sim").path,
            tenants: FileManager.default.currentDirectoryPath + "/tenants", folder: folder.path,
            runs: options.runs ?? (options.isQuick ? 1 : 5),
            manyUsers: options.isQuick ? 20_000 : 200_000,
            fewUsers: options.isQuick ? 2_000 : 10_000)
        var rows: [BenchRow] = []
        var isComplete = true
        if !options.printsJSON { print(BenchRow.heading) }
        for letter in options.rows where !rows.contains(where: { $0.letter == letter }) {
            do {
                let measured = try measure(letter, setting)
                if !options.printsJSON { measured.forEach { print($0.line) } }
                rows += measured
            } catch {
                complain("row \(letter.rawValue): \(error)")
                isComplete = false
            }
        }
        finish(rows, options, setting)
        // The logs of a run that failed are kept for a look.
        if isComplete { try? FileManager.default.removeItem(at: folder) }
        return isComplete && rows.allSatisfy(\.isMet)
    }

    private static func finish(
        _ rows: [BenchRow], _ options: BenchOptions, _ setting: BenchSetting
    ) {
        if options.printsJSON {
            let report: JSONValue = [
                "machine": .string(Machine.line), "runs": .int(Int64(setting.runs)),
                "rows": .array(rows.map(\.json)),
            ]
            print(report.prettyText)
        } else {
            print("\n\(Machine.line); medians of \(setting.runs) runs, baselines in turns")
        }
    }

    private static func measure(
        _ letter: BenchRow.Letter, _ setting: BenchSetting
    ) throws -> [BenchRow] {
        switch letter {
        case .token: return [try TokenRow.measure(setting)]
        case .discovery:
            let rows = try DiscoveryRow.measure(setting)
            if rows.isEmpty {
                complain("row b is left out: there is no nginx (apt-get install nginx-light)")
            }
            return rows
        case .initialCycle, .idleCycle: return try InitialCycleRow.measure(setting)
        case .start: return try StartRow.measure(setting)
        case .incrementalCycle: return [try IncrementalRow.measure(setting)]
        case .expressions: return [try ExpressionRow.measure(setting)]
        case .idleDays: return [try IdleDaysRow.measure(setting)]
        case .codeFlow: return [try CodeFlowRow.measure(setting)]
        case .latency: return [try LatencyRow.measure(setting)]
        case .million: return try MillionRow.measure(setting)
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
