import SimCore
import SimPortal
import SimProvisioning
import SimRuntime
import Testing

@testable import EntraSim

@Suite("A target that hangs, and what is due meanwhile — provisioning.md §1.4, §4")
struct HungTargetTests {
    /// A simulator whose clock runs by itself, and the address of a target that takes a request
    /// and says nothing.
    private func running(_ folder: DataFolder) throws -> (Engine, MisbehavingTarget) {
        let path = folder.path + "/believed.pem"
        try FileAccess.writeAtomically(
            Array(try MisbehavingTarget.authorityPEM().utf8), to: path)
        let target = try MisbehavingTarget(.silence)
        let engine = try Engine {
            $0.clock = .frozen(at: Engine.start)
            $0.syncInterval = .milliseconds(20)
            $0.targetCAFile = path
            $0.targetTimeout = .seconds(600)
        }
        try engine.directory.setProvisioning(of: "Claresia", tenantURL: target.url + "/scim")
        return (engine, target)
    }

    private func ended(_ runner: JobRunner, cycles: Int) async {
        while runner.history.endedCycles < cycles {
            await withCheckedContinuation { continuation in
                if runner.watch({ continuation.resume() }) == nil { continuation.resume() }
            }
        }
    }

    @Test(
        "while one job waits for its target, another one's cycles go on by themselves",
        .timeLimit(.minutes(1)))
    func othersGoOn() async throws {
        let folder = try DataFolder()
        let (engine, target) = try running(folder)
        let claras = try engine.runner("Claras")
        try engine.clock.resume()
        await ended(claras, cycles: 3)
        #expect(try engine.runner.isRunning)
        #expect(try engine.runner.history.endedCycles == 0)
        withExtendedLifetime(target) {}
    }

    @Test("on-demand provisioning stands for no cycle: a restart's cycle is still due after it")
    func onDemandLeavesTheCycleDue() async throws {
        let engine = try Engine()
        _ = try await engine.claresia.runCycle()
        _ = try await engine.job(.restart(.portalRestart))
        _ = try await engine.job(.onDemand(.user("adele.vance@contoso.example")))
        #expect(try engine.runner.nextRunAt == engine.simulator.services.clock.now)
        let ran = try await engine.clock.advance(by: .zero).map(\.what)
        #expect(ran.contains { $0.hasPrefix("Claresia: initial cycle") })
    }

    @Test("the job's audit rows tell what of its page was saved, and not what stayed — §1.11")
    func savedPage() async throws {
        let engine = try Engine()
        _ = try await engine.claresia.runCycle()
        func names() throws -> [String] { try engine.runner.history.activities.map(\.name) }
        let before = try names()
        try engine.directory.setProvisioning(of: "Claresia", token: "another")
        try engine.directory.setProvisioning(of: "Claresia", token: "another")
        try engine.directory.setProvisioning(of: "Claresia", groups: false)
        try engine.directory.setProvisioning(of: "Claresia", everybody: true)
        #expect(
            try names().dropFirst(before.count) == [
                "Update provisioning setting or credentials",
                "Update attribute mappings or scope",
                "Enable/restart provisioning configuration",
                "Update attribute mappings or scope",
            ])
    }
}
