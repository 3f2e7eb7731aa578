import EntraSim
import Testing

@Suite("A SCIM target that misbehaves")
struct TargetFaultTests {
    @Test(
        "answers with a status, or not at all",
        arguments: [
            (#"{"status": 503}"#, 503), (#"{"status": 429, "retryAfter": "5s"}"#, 429),
            (#"{"connection": "refused"}"#, nil), (#"{"connection": "responseTimeout"}"#, nil),
            (#"{"connection": "untrusted"}"#, nil), (#"{"reset": "before"}"#, nil),
            (#"{"hang": true}"#, nil),
        ] as [(String, Int?)])
    func everyCall(effect: String, status: Int?) async throws {
        let (sent, _) = try await cycle(at: #""scim""#, effect)
        #expect(!sent.isEmpty)
        #expect(sent.allSatisfy { $0.status == status })
        #expect(sent.allSatisfy { ($0.failure == nil) == (status != nil) })
    }

    @Test("fails only the calls of that kind")
    func operation() async throws {
        let (sent, running) = try await cycle(
            at: #"{"site": "scim", "operation": "create", "object": "user"}"#,
            #"{"status": 500}"#)
        let creates = sent.filter { $0.method == "POST" && $0.target.hasSuffix("/Users") }
        #expect(!creates.isEmpty && creates.allSatisfy { $0.status == 500 })
        #expect(sent.contains { $0.method == "GET" && $0.status == 200 })
        #expect(try running.simulator.faults.hits().allSatisfy { $0.site == "scim" })
    }

    @Test("acknowledges a write and does not do it")
    func lostWrite() async throws {
        let (sent, running) = try await cycle(
            at: #"{"site": "scim", "operation": "create", "object": "user"}"#,
            #"{"scim": "lostWrite"}"#)
        let creates = sent.filter { $0.method == "POST" && $0.target.hasSuffix("/Users") }
        #expect(!creates.isEmpty && creates.allSatisfy { $0.status == 201 })
        #expect(arrived(running, "POST", "/Users") == 0)
    }

    @Test("does a write and loses the answer")
    func lostAnswer() async throws {
        let (sent, running) = try await cycle(
            at: #"{"site": "scim", "operation": "create", "object": "user"}"#,
            #"{"scim": "lostAnswer"}"#)
        let creates = sent.filter { $0.method == "POST" && $0.target.hasSuffix("/Users") }
        #expect(!creates.isEmpty && creates.allSatisfy { $0.status == nil })
        #expect(arrived(running, "POST", "/Users") >= creates.count)
    }

    @Test(
        "spoils what it answers",
        arguments: [
            ("missingId", "create", #""id""#), ("noTotalResults", "query", #""totalResults""#),
        ])
    func missing(defect: String, operation: String, text: String) async throws {
        let (sent, _) = try await cycle(
            at: #"{"site": "scim", "operation": "\#(operation)"}"#, #"{"scim": "\#(defect)"}"#)
        let method = operation == "create" ? "POST" : "GET"
        let hit = try #require(sent.first { $0.method == method })
        #expect(hit.status != nil && !hit.responseBody.contains(text))
    }

    private func cycle(
        at place: String, _ effect: String
    ) async throws -> ([Exchange], Running) {
        let running = try Running()
        try running.simulator.faults.add(#"{"where": \#(place), "what": \#(effect)}"#)
        // Whether the cycle ends in quarantine is provisioning's business.
        _ = try? await running.simulator.provisioning(of: "Claras").runCycle()
        return (outbound(running, after: 0), running)
    }

    private func outbound(_ running: Running, after number: Int) -> [Exchange] {
        running.simulator.journal.exchanges(after: number).filter { $0.direction == .outbound }
    }

    /// How many such requests the target received.
    private func arrived(_ running: Running, _ method: String, _ end: String) -> Int {
        running.simulator.journal.exchanges().count {
            $0.direction == .inbound && $0.method == method && $0.target.hasSuffix(end)
        }
    }
}
