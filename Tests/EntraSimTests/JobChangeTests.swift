import SimCore
import SimPortal
import Testing

@testable import EntraSim

@Suite("A job whose settings change, provisioning.md §1.9")
struct JobChangeTests {
    @Test("a saved scope waits for a restart, which switches off who is out of it — §1.6")
    func scope() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        try await desk.set { $0.scope = .all }
        let everybody = try await desk.job(.run(recordsWire: false))
        let links = try desk.state.links.count
        #expect(everybody["cycle"] == "initial")
        try await desk.set { $0.scope = .assignedOnly }
        #expect(try desk.state.watermark != nil)
        let next = try await desk.job(.run(recordsWire: false))
        #expect(next["cycle"] == "incremental")
        #expect(next["counts"]?["disabled"] == 0)
        _ = try await desk.job(.restart(.portalRestart))
        let restarted = try await desk.job(.run(recordsWire: false))
        #expect(restarted["cycle"] == "initial")
        #expect((restarted["counts"]?["disabled"]?.intValue ?? 0) > 0)
        #expect(try desk.state.links.count < links, "groups out of scope are deleted")
        let last = try await desk.job(.run(recordsWire: false))
        #expect(last["counts"]?["disabled"] == 0)
        // The other way round: nobody comes before the restart.
        try await desk.set { $0.scope = .all }
        let wider = try await desk.job(.run(recordsWire: false))
        #expect(wider["cycle"] == "incremental" && wider["counts"]?["updated"] == 0)
        #expect(wider["counts"]?["created"] == 0)
        _ = try await desk.job(.restart(.portalRestart))
        _ = try await desk.job(.run(recordsWire: false))
        #expect(try desk.state.links.count == links)
    }

    @Test("new credentials keep the watermark, and so does a save that changes nothing")
    func credentials() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await desk.job(.run(recordsWire: false))
        let watermark = try desk.state.watermark
        try await desk.set { $0.secretToken = .set("another") }
        try await desk.set { $0.scope = .assignedOnly }
        #expect(watermark != nil)
        #expect(try desk.state.watermark == watermark)
    }

    @Test("a paused job stays paused when its mapping is saved, and begins again when started")
    func paused() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await desk.job(.run(recordsWire: false))
        let links = try desk.state.links.count
        _ = try await desk.job(.pause)
        try await desk.set { $0.provisionsGroups = false }
        #expect(try desk.state.watermark == nil)
        #expect(try desk.state.links.count == links)
        #expect(try !desk.state.isScheduled)
    }

    @Test("a restart with None starts a paused job and forgets nothing — provisioning.md §1.9")
    func restartWithNone() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await desk.job(.run(recordsWire: false))
        let watermark = try desk.state.watermark
        _ = try await desk.job(.pause)
        _ = try await desk.job(.restart(ResetScope([.none])))
        #expect(try desk.state.isScheduled)
        #expect(watermark != nil)
        #expect(try desk.state.watermark == watermark)
    }

    @Test("a cycle's report names the people and takes real time on a frozen clock")
    func report() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let report = try await desk.job(.run(recordsWire: false))
        let text = report["text"]?.stringValue ?? ""
        #expect(text.hasPrefix("Claresia: initial cycle succeeded in "))
        #expect(text.contains("megan.bowen@contoso.example"))
        #expect(report["timeBegan"] == report["timeEnded"])
        #expect(report["durationInMilliseconds"]?.intValue ?? 0 > 0)
    }

    @Test("a run with a reset begins again in that very cycle")
    func runWithReset() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let first = try await desk.job(.run(recordsWire: false))
        let again = try await desk.job(.run(recordsWire: false, reset: ResetScope([.full])))
        #expect(again["cycle"] == "initial")
        #expect(first["counts"]?["failed"] == again["counts"]?["failed"])
        #expect(try desk.state.cycleCount == 2)
    }

    @Test("a preview calls a POST a create, also of somebody who gets a manager later")
    func preview() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let writes = try await desk.job(.preview)["writes"]?.arrayValue ?? []
        let posts = writes.filter { $0["method"] == "POST" }
        #expect(!posts.isEmpty)
        #expect(posts.allSatisfy { $0["action"] == "create" })
    }
}
