import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Restart, lost events and the long run — provisioning.md §1.9, §1.12")
struct RestartTests {
    private func bench() throws -> Bench {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada", "bob"])
        return Bench(directory)
    }

    @Test("each reset scope clears what the table says and nothing else")
    func scopes() throws {
        let cases: [(ResetScope, watermark: Bool, escrows: Bool, quarantine: Bool, links: Bool)] = [
            (.portal, true, true, true, false), (.watermark, true, false, false, false),
            (.escrows, false, true, false, false), (.quarantineState, false, false, true, false),
            (.connectorDataStore, false, false, false, true), (.full, true, true, true, true),
            (.forceDeletes, false, false, false, false),
        ]
        for row in cases {
            var bench = try bench()
            bench.target.rule = { request in
                request.method == .post
                    && String(decoding: request.body, as: UTF8.self)
                        .contains("bob@")
                    ? .success(HTTPResponse(status: 400)) : nil
            }
            try bench.cycle()
            bench.target.rule = { _ in .success(HTTPResponse(status: 401)) }
            try bench.cycle()
            bench.apply(.paused)
            bench.apply(.restarted(row.0))
            #expect((bench.state.watermark == nil) == row.watermark, "\(row.0.text)")
            #expect(bench.state.escrows.isEmpty == row.escrows, "\(row.0.text)")
            #expect((bench.state.quarantine == nil) == row.quarantine, "\(row.0.text)")
            #expect(bench.state.links.isEmpty == row.links, "\(row.0.text)")
            #expect(bench.state.schedule == .active)
            #expect(bench.state.allowsDeletes == (row.0 == .forceDeletes))
        }
    }

    @Test("unassigned, then restarted: the disable is lost, or not, as the setting says")
    func lostDisable() throws {
        #expect(ProvisioningSettings().losesDisablesOnRestart)
        for loses in [true, false] {
            var bench = try bench()
            bench.settings.losesDisablesOnRestart = loses
            try bench.cycle()
            bench.directory.removeMember("ada", from: "Builders")
            bench.directory.unassign("ada")
            bench.apply(.restarted(.portal))
            try bench.cycle()
            let isActive = bench.target.user(named: "ada@fabrikam.example")?["active"]
            #expect(isActive?.boolValue == loses)
        }
    }

    @Test("a member taken out before a restart stays in the target where the setting says so")
    func lostRemoval() throws {
        for loses in [false, true] {
            var bench = try bench()
            bench.settings.losesMemberRemovalsOnRestart = loses
            try bench.cycle()
            bench.directory.removeMember("ada", from: "Builders")
            bench.apply(.restarted(.portal))
            try bench.cycle()
            #expect(bench.target.members(of: "Builders").count == (loses ? 2 : 1))
        }
    }

    @Test("a changed mapping makes the next cycle an initial one, once")
    func changedMapping() throws {
        var bench = try bench()
        try bench.cycle()
        try bench.cycle()
        #expect(bench.state.lastExecution?.kind == .incremental)
        bench.directory.servicePrincipal.provisioning?.provisionsGroups = false
        let summary = try bench.cycle()
        #expect(summary?.kind == .initial)
        #expect(bench.records.first == .restarted(.portal))
        #expect(try bench.cycle()?.kind == .incremental)
        bench.directory.servicePrincipal.provisioning?.secretToken = "another"
        bench.target.rule = { _ in
            .success(TinyTarget.listResponse([]))
        }
        #expect(try bench.cycle()?.kind == .incremental)
    }

    @Test("a deleted job knows nothing any more")
    func deleted() throws {
        var bench = try bench()
        try bench.cycle()
        bench.apply(.deleted)
        #expect(bench.state.links.isEmpty)
        #expect(bench.state.statusCode == .notConfigured)
        #expect(bench.state.nextCycle(interval: .minutes(40)) == nil)
    }

    @Test("a restart while deletes are allowed for the next cycle does not lose the allowance")
    func allowanceDuringCycle() throws {
        var bench = try bench()
        bench.apply(.cycleBegan(CycleStart(id: .zero, kind: .incremental, at: bench.now)))
        bench.apply(.restarted(.forceDeletes))
        bench.apply(
            .cycleEnded(
                CycleSummary(
                    id: .zero, kind: .incremental, beganAt: bench.now, endedAt: bench.now,
                    result: .succeeded, error: nil, counters: CycleCounters(), watermark: 1)))
        #expect(bench.state.allowsDeletes)
    }

    @Test("a thousand people, forty quiet days: one call a cycle and no rows")
    func longRun() throws {
        var directory = TestDirectory()
        for number in 0..<1_000 { directory.addUser("user\(number)") }
        var bench = Bench(directory)
        try bench.cycle()
        bench.target.forgetCalls()
        var cycles = 0
        var records = 0
        let end = bench.now + .days(40)
        let job = try bench.directory.job(bench.settings)
        // Any call but the probes would be seen below; this target only answers faster.
        bench.target.rule = { _ in .success(TinyTarget.listResponse([])) }
        while bench.now < end {
            try bench.cycle(forgettingCalls: false, job: job)
            cycles += 1
            records += bench.records.count
            #expect(bench.rows.isEmpty)
        }
        #expect(cycles == 40 * 36)
        // Users and groups are probed once each, nothing else.
        #expect(bench.target.calls.count <= cycles * 2)
        #expect(records == cycles * 2)
    }

    @Test("failures, quarantine and recovery are the same one call at a time and eight at once")
    func determinism() throws {
        var reference: [ProvisioningRecord]?
        for (parallelism, order) in [(1, Bench.Order.first), (8, .first), (8, .last)] {
            var bench = try bench()
            for number in 0..<30 { bench.directory.addUser("user\(number)") }
            bench.settings.parallelism = parallelism
            bench.settings.quarantineMinimumFailures = 5
            bench.order = order
            var history: [ProvisioningRecord] = []
            for step in 0..<12 {
                for number in 0..<30 {
                    bench.directory.set("user\(number)", "city", .string("City \(step)"))
                }
                bench.target.rule =
                    step % 4 == 2
                    ? { $0.method == .patch ? .success(HTTPResponse(status: 400)) : nil } : nil
                try bench.cycle()
                history += bench.records
            }
            #expect(history.contains { if case .quarantined = $0 { true } else { false } })
            #expect(reference == nil || reference == history)
            reference = history
        }
    }

    @Test("progress counts pages of objects and is empty between cycles — §6.1")
    func progress() throws {
        var directory = TestDirectory()
        for number in 0..<250 { directory.addUser("user\(number)") }
        var bench = Bench(directory)
        var cycle = ProvisioningCycle(
            job: try directory.job(), state: bench.state, snapshot: directory.snapshot,
            random: SeededRandom(seed: 1))
        var seen: Set<Int> = []
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var actions = cycle.handle(.started(at: bench.now))
        for _ in 0..<2_000 {
            for case .send(let id, let request) in actions { waiting.append((id, request)) }
            guard !waiting.isEmpty else { break }
            let (id, request) = waiting.removeFirst()
            guard case .success(let response) = bench.target.answer(request) else { break }
            actions = cycle.handle(.responded(id, response, at: bench.now))
            seen.insert(cycle.progress.completedPages)
        }
        #expect(seen == [0, 1, 2, 3])
        #expect(cycle.progress.totalPages == 3)
        #expect(
            try directory.job().resource(bench.state)["status"]?["progress"] == [])
    }
}
