import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("The same every time, whatever the order of answers — architecture, idea 1")
struct DeterminismTests {
    private func company(size: Int) -> TestDirectory {
        var directory = TestDirectory()
        let names = (1...size).map { "user\($0)" }
        for (index, name) in names.enumerated() {
            directory.addUser(name, enabled: index % 7 != 3, assigned: index % 2 == 0)
        }
        directory.addGroup("Builders", members: Array(names.prefix(size / 2)))
        directory.addGroup("Sales", members: Array(names.suffix(size / 3)))
        for name in names.dropFirst() { directory.setManager(names[0], of: name) }
        return directory
    }

    private func history(
        parallelism: Int, order: Bench.Order
    ) throws -> (first: [ProvisioningRecord], second: [ProvisioningRecord]) {
        var bench = Bench(company(size: 40))
        bench.settings.parallelism = parallelism
        bench.order = order
        bench.target.rule = { request in
            String(decoding: request.body, as: UTF8.self).contains("user5@")
                ? .success(HTTPResponse(status: 503)) : nil
        }
        try bench.cycle()
        let first = bench.records
        bench.target.rule = nil
        bench.directory.unassign("user1")
        bench.directory.removeMember("user3", from: "Builders")
        bench.directory.set("user7", "department", "Paint")
        try bench.cycle()
        return (first, bench.records)
    }

    @Test("one call at a time or eight, first answered first or last: identical records")
    func parallelism() throws {
        let reference = try history(parallelism: 1, order: .first)
        #expect(reference.first.count > 80)
        #expect(reference.second.count > 8)
        for parallelism in [2, 8, 64] {
            for order in [Bench.Order.first, .last] {
                let other = try history(parallelism: parallelism, order: order)
                #expect(other.first == reference.first)
                #expect(other.second == reference.second)
            }
        }
    }

    @Test("never more calls in flight than the setting says")
    func bound() throws {
        var directory = TestDirectory()
        for index in 1...30 { directory.addUser("user\(index)") }
        var settings = ProvisioningSettings()
        settings.parallelism = 4
        var cycle = ProvisioningCycle(
            job: try directory.job(settings), state: Bench(directory).state,
            snapshot: directory.snapshot, random: SeededRandom(seed: 1))
        var target = TinyTarget()
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var actions = cycle.handle(.started(at: TestDirectory.start))
        var most = 0
        while true {
            for case .send(let id, let request) in actions { waiting.append((id, request)) }
            most = max(most, waiting.count)
            guard let (id, request) = waiting.popLast() else { break }
            guard case .success(let response) = target.answer(request) else { break }
            actions = cycle.handle(.responded(id, response, at: TestDirectory.start))
        }
        #expect(most == 4)
        #expect(target.users.count == 30)
    }

    @Test("ten changes cost the same calls in a company of 50 and of 500")
    func incrementalCost() throws {
        var costs: [[Int]] = []
        for size in [50, 500] {
            var bench = Bench(company(size: size))
            try bench.cycle()
            for index in stride(from: 1, to: 20, by: 2) {
                bench.directory.set("user\(index)", "city", "Leeds")
            }
            let summary = try bench.cycle()
            costs.append([
                bench.target.calls.count, bench.records.count, summary?.counters.imported ?? 0,
            ])
        }
        #expect(costs[0] == costs[1])
        #expect(costs[0][2] == 10)
    }

    @Test("records survive the journal: written, read back, folded to the same state")
    func codec() throws {
        let history = try history(parallelism: 8, order: .first)
        var direct = Bench(company(size: 1)).state
        var restored = direct
        var kinds: Set<String> = []
        for record in history.first + history.second {
            let event = record.event(job: "job")
            guard case .provisioning(_, let kind, let payload) = event else { continue }
            kinds.insert(kind)
            let read = try JSONValue(parsing: payload.value.serialized)
            let decoded = ProvisioningRecord(
                .provisioning(job: "job", kind: kind, payload: Deferred(read)))
            #expect(decoded == record)
            direct.apply(record, at: TestDirectory.start)
            if let decoded { restored.apply(decoded, at: TestDirectory.start) }
        }
        #expect(kinds.isSuperset(of: ["began", "linked", "members", "log", "ended", "escrowed"]))
        #expect(Array(direct.links.keys) == Array(restored.links.keys))
        #expect(direct.lastExecution == restored.lastExecution)
    }

    @Test("a restart during a cycle is not undone by that cycle's end, §1.9")
    func restartDuringCycle() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        let first = try #require(try bench.cycle())
        var state = bench.state
        let start = CycleStart(id: first.id, kind: .incremental, at: bench.now)
        state.apply(.cycleBegan(start), at: bench.now)
        state.apply(.restarted(.portal), at: bench.now)
        state.apply(.cycleEnded(first), at: bench.now)
        #expect(state.watermark == nil)
        state.apply(.cycleBegan(start), at: bench.now)
        state.apply(.cycleEnded(first), at: bench.now)
        #expect(state.watermark == first.watermark)
    }
}
