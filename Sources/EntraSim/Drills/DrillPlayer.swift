import SimCore
import SimFaults
import SimPortal
import SimRuntime

/// Plays drills, each in a simulator of its own: its own copy of the tenant in memory, a frozen
/// clock, the drill's seed.
struct DrillPlayer: Sendable {
    let tenantsFolder: String?
    /// A SCIM service in place of the embedded sample app.
    var target: DrillTarget?
    /// PEM file of the authority of that service.
    var targetCAFile: String?

    /// - Parameter progress: called after each step.
    func play(
        _ entry: DrillFiles.Entry,
        progress: @Sendable (DrillReport, DrillReport.Entry) -> Void = { _, _ in }
    ) async -> DrillReport {
        var report = DrillReport(entry.drill)
        report.skipReason = skipReason(entry.drill)
        guard report.skipReason == nil else { return report }
        let machine = SystemClock()
        let began = machine.now
        var configuration = SimulatorConfiguration()
        configuration.tenantsFolder = tenantsFolder
        configuration.onlyTenant = entry.tenant
        configuration.seed = entry.drill.seed
        configuration.clock = .frozen(at: entry.drill.start.iso8601)
        configuration.targetCAFile = targetCAFile
        let simulator = Simulator(configuration)
        defer { simulator.stop() }
        do throws(SimulatorFailure) {
            try simulator.start()
            let stage = try DrillStage(entry.drill, on: simulator, target: target)
            try await stage.prepare()
            for (index, step) in entry.drill.steps.enumerated() {
                let played = await stage.play(step, number: index + 1)
                report.entries.append(played)
                report.elapsed = machine.now - began
                progress(report, played)
                // What comes after a step that could not be done means nothing.
                if played.failure != nil || Task.isCancelled { break }
            }
        } catch {
            var entry = DrillReport.Entry(
                number: 1, at: entry.drill.start, title: "begin", remark: nil)
            entry.failure = error.description
            report.entries.append(entry)
        }
        report.elapsed = machine.now - began
        return report
    }

    /// Why a drill cannot be played against the target that was named.
    private func skipReason(_ drill: Drill) -> String? {
        guard target != nil else { return nil }
        switch drill.target {
        case .any: return nil
        case .none: return "no SCIM target is called in it"
        case .sampleApp(let reason): return reason
        }
    }
}
