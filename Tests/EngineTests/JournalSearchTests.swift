import SimCore
import SimHTTP
import SimPortal
import Testing

@testable import EntraSim

@Suite("The request journal through the control API, for suites in any language")
struct JournalSearchTests {
    @Test("finds what a cycle sent, by method and status, newest last")
    func search() async throws {
        let engine = try Engine()
        try await engine.claresia.runCycle()
        var query = JournalQuery(limit: 3)
        query.direction = .outbound
        query.method = "POST"
        query.status = .exactly(201)
        let answer = try await engine.simulator.perform(.journal(query))
        #expect(answer["found"] == 18)
        #expect(answer["value"]?.arrayValue?.count == 3)
        #expect(
            answer["value"]?.arrayValue?.allSatisfy { $0["method"] == "POST" } == true)
    }

    @Test("shows no secret of a cycle, and none can be searched for")
    func secrets() async throws {
        let engine = try Engine()
        try await engine.claresia.runCycle()
        let all = try await engine.simulator.perform(.journal(JournalQuery(limit: 1_000)))
        #expect(!all.text.contains(Engine.token))
        var query = JournalQuery()
        query.contains = Engine.token
        #expect(try await engine.simulator.perform(.journal(query))["found"] == 0)
    }

    @Test("a check that fails shows the difference, and both ways write JUnit")
    func expect() async throws {
        let engine = try Engine()
        let before = engine.simulator.services.journal.latest
        try await engine.claresia.runCycle()
        func check(_ json: JSONValue) async throws -> JSONValue {
            try await engine.simulator.perform(
                .expect(
                    JournalCheck(
                        after: before, expectation: try .init(json), junitName: "first cycle")))
        }
        let good = try await check(["counts": ["POST */Users 201": 14, "POST */Groups 201": 4]])
        #expect(good["met"] == true)
        #expect(good["junit"]?.stringValue?.contains("failures=\"0\"") == true)
        let bad = try await check(["writes": false])
        #expect(bad["met"] == false)
        #expect(bad["problems"]?.arrayValue?.count == 21)
        #expect(bad["junit"]?.stringValue?.contains("failures=\"1\"") == true)
        #expect(bad["junit"]?.stringValue?.contains("a write: POST") == true)
    }

    @Test("a check of more than the journal holds says so instead of guessing")
    func forgotten() throws {
        let journal = RequestJournal()
        #expect(journal.forgotten(after: 0) == 0)
        let exchange = WireExchange(
            at: .epoch, request: HTTPRequest(method: .get, target: "/"), response: nil)
        for _ in 0..<RequestJournal.entryLimit { journal.record(.inbound, exchange) }
        #expect(journal.forgotten(after: 0) == 0)
        journal.record(.inbound, exchange)
        #expect(journal.forgotten(after: 0) == 1)
        #expect(journal.forgotten(after: 1) == 0)
    }

    @Test("waiting for idle answers at once when nothing is under way")
    func idle() async throws {
        let engine = try Engine()
        let answer = try await engine.simulator.perform(.waitUntilIdle(.zero))
        #expect(answer["idle"] == true && answer["busy"] == [])
    }

    @Test("waiting for idle lets a cycle under way end, and says where the journal stands then")
    func busy() async throws {
        let engine = try Engine()
        let claresia = engine.claresia
        async let outcome = claresia.runCycle()
        // The cycle is asked for by another task: wait until it can be seen.
        while try !engine.runner.isRunning, try engine.runner.jobState.lastExecution == nil {
            await Task.yield()
        }
        let answer = try await engine.simulator.perform(.waitUntilIdle(.seconds(60)))
        #expect(answer["idle"] == true)
        #expect(try engine.runner.jobState.lastExecution != nil)
        #expect((answer["latest"]?.intValue ?? 0) >= 98)
        #expect(try await outcome.state == .succeeded)
    }

    @Test("waiting for idle gives up in time and names what is under way")
    func timeout() async throws {
        let engine = try Engine()
        try engine.simulator.faults.add(
            #"{"where": "scim", "when": {"times": 1}, "what": {"latency": "10m"}}"#)
        let claresia = engine.claresia
        let cycle = Task { try await claresia.runCycle() }
        while try !engine.runner.isRunning { await Task.yield() }
        let answer = try await engine.simulator.perform(.waitUntilIdle(.milliseconds(20)))
        #expect(answer["idle"] == false)
        #expect(answer["busy"] == ["Claresia: a cycle is under way"])
        // Whoever waits for that cycle is told when the simulator ends.
        engine.simulator.stop()
        await #expect(throws: (any Error).self) { try await cycle.value }
    }
}
