import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import SimRuntime
import Testing

@Suite("A new TLS connection meets a fault")
struct HandshakeTests {
    /// OpenSSL's verification results: openssl-verification-options(1).
    @Test(
        "is shown a certificate that is expired, not yet valid, another host's, nobody's",
        arguments: [
            ("expired", [10]), ("notYetValid", [9]), ("wrongName", [62]),
            ("untrusted", [7, 19, 20, 30]),
        ])
    func certificate(defect: String, codes: [Int]) async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "tls", "what": {"certificate": "\#(defect)"}, "when": {"times": 1}}"#)
        guard case .failure(.tlsUntrusted(let code, _)) = await connect(to: running) else {
            Issue.record("the client trusted it")
            return
        }
        #expect(codes.contains(code), "\(code)")
        #expect(try await connect(to: running).get().status == 200)
    }

    @Test("is reset, or met with silence until the client gives up")
    func noHandshake() async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "tls", "what": {"reset": "before"}, "when": {"times": 1}}"#)
        guard case .failure(let failure) = await connect(to: running) else {
            Issue.record("it was answered")
            return
        }
        // A client that notices before it has said anything sees no more than an early end.
        #expect(
            failure == .reset
                || failure == .tlsFailed(reason: "the peer closed during the handshake"))
        try running.simulator.faults.add(
            #"{"where": "tls", "what": {"hang": true}, "when": {"times": 1}}"#)
        let silent = await connect(to: running, handshake: .milliseconds(100))
        #expect(throws: ConnectionFailure.timedOut(.tlsHandshake)) { try silent.get() }
        try running.simulator.faults.add(
            #"{"where": "tls", "what": {"latency": "150ms"}, "when": {"times": 1}}"#)
        let hurried = await connect(to: running, handshake: .milliseconds(20))
        #expect(throws: ConnectionFailure.timedOut(.tlsHandshake)) { try hurried.get() }
        try running.simulator.faults.add(
            #"{"where": "tls", "what": {"latency": "20ms"}, "when": {"times": 1}}"#)
        #expect(try await connect(to: running).get().status == 200)
    }

    @Test("of another address is met as ever; the n-th of this one is not")
    func whom() async throws {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "tls", "whom": {"address": "192.0.2.7"}, "what": {"reset": "before"}}"#)
        try running.simulator.faults.add(
            #"{"where": "tls", "whom": {"call": 2}, "what": {"certificate": "expired"}}"#)
        #expect(try await connect(to: running).get().status == 200)
        let second = await connect(to: running)
        #expect(throws: ConnectionFailure.self) { try second.get() }
        #expect(try await connect(to: running).get().status == 200)
    }

    @Test(
        "knows neither answers nor people yet, and a rule that names them is refused",
        arguments: [
            (#"{"where": "tls", "what": {"status": 503}}"#, "nothing is answered yet at 'tls'"),
            (#"{"where": "tls", "what": {"aadsts": 50076}}"#, "nothing is answered yet at 'tls'"),
            (#"{"where": "tls", "what": {"reset": "after"}}"#, "nothing is answered yet at 'tls'"),
            (
                #"{"where": "tls", "whom": {"app": "Claresia"}, "what": {"hang": true}}"#,
                "'app' in 'whom' is not known yet at 'tls'"
            ),
            (
                #"{"where": "token", "what": {"certificate": "expired"}}"#,
                "a certificate is shown at site 'tls', not 'token'"
            ),
        ])
    func refused(rule: String, text: String) throws {
        let running = try Running()
        let failure = #expect(throws: SimulatorFailure.self) {
            try running.simulator.faults.add(rule)
        }
        #expect(failure?.message.contains(text) == true, "\(String(describing: failure))")
    }

    /// A connection of its own, and a request on it.
    private func connect(
        to running: Running, handshake: Duration = .seconds(10)
    ) async -> Result<HTTPResponse, ConnectionFailure> {
        let simulator = running.simulator
        guard let origin = Origin.parse(simulator.baseURL)?.origin,
            let authority = try? Certificate.all(inPEM: simulator.authorityCertificate),
            let client = try? HTTPClient()
        else { return .failure(.cancelled) }
        defer { client.stop() }
        do throws(ConnectionFailure) {
            return .success(
                try await client.perform(
                    HTTPRequest(method: .get, target: Running.keys), to: origin,
                    trust: .certificates(authority),
                    timeouts: ClientTimeouts(tlsHandshake: handshake)))
        } catch {
            return .failure(error)
        }
    }
}

@Suite("A key document with a fault — identity-platform.md §6")
struct KeyDocumentTests {
    @Test("is empty, or lacks just the key that signs")
    func missing() async throws {
        let running = try Running()
        let whole = try await identifiers(running)
        let token = try #require(
            try await running.askToken().json?["access_token"]?.stringValue)
        let header = try JSONValue(
            parsing: try #require(Base64.urlDecode(token.prefix { $0 != "." })))
        let signing = try #require(header["kid"]?.stringValue)
        #expect(whole.contains(signing) && whole.count > 1)
        try running.simulator.faults.add(
            #"{"name": "a", "where": "jwks", "what": {"keys": "empty"}, "when": {"times": 1}}"#)
        #expect(try await identifiers(running) == [])
        try running.simulator.faults.add(
            #"{"name": "b", "where": "jwks", "what": {"keys": "stale"}, "when": {"times": 1}}"#)
        #expect(try await identifiers(running) == whole.filter { $0 != signing })
        #expect(try await identifiers(running) == whole)
    }

    @Test("can stand as it stood before a rollover")
    func lag() async throws {
        let running = try Running()
        let before = try await identifiers(running)
        let rotated = await running.send(
            .post, "/sim/v1/tenants/contoso/keys/rotate",
            ["Authorization": "Bearer \(running.simulator.controlToken)"],
            json: #"{"mode": "emergency"}"#)
        #expect(try rotated.get().status < 300)
        let after = try await identifiers(running)
        #expect(Set(after).isDisjoint(with: before))
        try running.simulator.faults.add(
            #"{"where": "jwks", "what": {"keys": "lag", "by": "1h"}, "when": {"times": 1}}"#)
        #expect(try await identifiers(running) == before)
        #expect(try await identifiers(running) == after)
    }

    @Test("belongs to the key document, and a lag needs a length")
    func refused() throws {
        let running = try Running()
        for rule in [
            #"{"where": "token", "what": {"keys": "empty"}}"#,
            #"{"where": "jwks", "what": {"keys": "lag"}}"#,
            #"{"where": "jwks", "what": {"keys": "stale", "by": "1h"}}"#,
        ] {
            #expect(throws: SimulatorFailure.self, "\(rule)") {
                try running.simulator.faults.add(rule)
            }
        }
    }

    private func identifiers(_ running: Running) async throws -> [String] {
        let document = try await running.get(Running.keys).json
        return (document?["keys"]?.arrayValue ?? []).compactMap { $0["kid"]?.stringValue }
    }
}
