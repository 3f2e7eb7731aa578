import Dispatch
import EntraSim
import EntraSimCLI
import SimCore
import Synchronization

/// The drills of one command line, played one after the other.
struct DrillRun {
    private let series: DrillSeries

    init(_ options: DrillOptions) throws(SimulatorFailure) {
        series = try DrillSeries(
            names: options.names, tenantsFolder: options.tenantsFolder ?? Fixtures.defaultFolder,
            target: options.target, token: options.token, targetCAFile: options.targetCAFile)
    }

    var list: [JSONValue] { series.list }

    func play(tell: @escaping @Sendable (String) -> Void) -> DrillResults {
        let outcome = Self.wait { await series.play(tell: tell) }
        return DrillResults(
            reports: outcome.reports, passed: outcome.passed, failed: outcome.failed,
            skipped: outcome.skipped, junit: outcome.junit)
    }

    /// The command line is one thread that waits; the drill runs beside it and ends before it.
    private static func wait<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value
    ) -> Value {
        let result = Mutex<Value?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        Task {
            let value = await work()
            result.withLock { $0 = value }
            isDone.signal()
        }
        while true {
            isDone.wait()
            if let value = result.withLock({ $0 }) { return value }
        }
    }
}
