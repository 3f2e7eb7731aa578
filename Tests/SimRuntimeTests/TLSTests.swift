import SimCore
import SimCrypto
import SimHTTP
import Testing

@testable import SimRuntime

@Suite("Over TLS", .timeLimit(.minutes(1)))
struct TLSTests {
    private func withTLSServer(
        names: [String], poller: PollerKind = .epoll,
        _ body: (HTTPServer, HTTPClient) async throws -> Void
    ) async throws {
        let handler = FunctionHandler { request, _ in
            HTTPResponse(status: 200, body: request.body)
        }
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1, poller: poller), handler: handler,
            clock: FixedClock(testMoment), tls: TestTLS.context(names: names))
        defer { server.stop(grace: .zero) }
        try await withClient { client in try await body(server, client) }
    }

    @Test("requests and answers pass, small and large", arguments: PollerKind.allCases)
    func exchange(_ poller: PollerKind) async throws {
        try await withTLSServer(names: ["localhost", "127.0.0.1"], poller: poller) {
            server, client in
            for count in [0, 1, 100_000, 3_000_000] {
                let request = HTTPRequest(
                    method: .put, target: "/", body: [UInt8](repeating: 9, count: count))
                let response = try await client.perform(
                    request, to: local(server.boundPort, .https), trust: TestTLS.trust())
                #expect(response.body == request.body)
            }
            #expect(client.statistics.connectionsOpened == 1)
        }
    }

    @Test("an unknown authority is not believed")
    func unknownAuthority() async throws {
        try await withTLSServer(names: ["127.0.0.1"]) { server, client in
            let failure = await #expect(throws: ConnectionFailure.self) {
                try await client.perform(get, to: local(server.boundPort, .https))
            }
            guard case .tlsUntrusted(let code, _) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect([19, 20, 21].contains(code))
        }
    }

    @Test("a certificate for another name is not believed: 62, for another address: 64")
    func otherName() async throws {
        try await withTLSServer(names: ["other.example"]) { server, client in
            for (host, expected) in [("localhost", 62), ("127.0.0.1", 64)] {
                let failure = await #expect(throws: ConnectionFailure.self) {
                    try await client.perform(
                        get, to: Origin(scheme: .https, host: host, port: server.boundPort),
                        trust: TestTLS.trust())
                }
                guard case .tlsUntrusted(let code, _) = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
                #expect(code == expected)
            }
        }
    }

    @Test("a certificate is judged at the time given")
    func expired() async throws {
        try await withTLSServer(names: ["127.0.0.1"]) { server, client in
            let failure = await #expect(throws: ConnectionFailure.self) {
                try await client.perform(
                    get, to: local(server.boundPort, .https), trust: TestTLS.trust(),
                    verifyingAt: TestTLS.from + .days(4_000))
            }
            guard case .tlsUntrusted(let code, _) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(code == 10)
        }
    }

    @Test("a plain server is no TLS server, and a silent one times out in the handshake")
    func notTLS() async throws {
        let plain = try ScriptedServer([[.write("HTTP/1.1 400 Bad Request\r\n\r\n")]])
        let silent = try ScriptedServer([[.waitForEnd]])
        try await withClient { client in
            let failure = await #expect(throws: ConnectionFailure.self) {
                try await client.perform(get, to: local(plain.port, .https))
            }
            guard case .tlsFailed = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            await #expect(throws: ConnectionFailure.timedOut(.tlsHandshake)) {
                try await client.perform(
                    get, to: local(silent.port, .https),
                    timeouts: .init(tlsHandshake: .milliseconds(100)))
            }
        }
    }
}
