import SimCore
import SimCrypto
import SimHTTP
import Testing

@testable import SimRuntime

/// A client whose loop ends with the test.
@discardableResult
func withClient<Result>(
    _ configuration: ClientConfiguration = .init(), _ body: (HTTPClient) async throws -> Result
) async throws -> Result {
    let client = try HTTPClient(configuration)
    defer { client.stop() }
    return try await body(client)
}

func local(_ port: Int, _ scheme: Origin.Scheme = .http) -> Origin {
    Origin(scheme: scheme, host: "127.0.0.1", port: port)
}

let get = HTTPRequest(method: .get, target: "/")

@Suite("The client", .timeLimit(.minutes(1)))
struct ClientTests {
    @Test("sends head and body in order and reads the answer", arguments: PollerKind.allCases)
    func exchange(_ poller: PollerKind) async throws {
        let handler = FunctionHandler { request, _ in
            let names = request.headers.fields.map(\.name).joined(separator: ",")
            return HTTPResponse(status: 201, headers: ["X-Names": names], body: request.body)
        }
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1, poller: poller), handler: handler,
            clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        try await withClient(ClientConfiguration(poller: poller)) { client in
            let body = [UInt8](repeating: 7, count: 3_000_000)
            let request = HTTPRequest(
                method: .post, target: "/x", headers: ["Authorization": "a", "Accept": "b"],
                body: body)
            let response = try await client.perform(request, to: local(server.boundPort))
            #expect(response.status == 201)
            #expect(response.headers["X-Names"] == "Host,Authorization,Accept,Content-Length")
            #expect(response.body == body)
        }
    }

    @Test("reuses its connection, and opens no more than the origin's share")
    func pool() async throws {
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: FunctionHandler.echo,
            clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        try await withClient(ClientConfiguration(connectionsPerOrigin: 2)) { client in
            for _ in 0..<5 { _ = try await client.perform(get, to: local(server.boundPort)) }
            #expect(client.statistics.connectionsOpened == 1)
            #expect(client.statistics.requestsOnReusedConnection == 4)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await client.perform(get, to: local(server.boundPort)).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(client.statistics.connectionsOpened <= 2)
        }
    }

    @Test("resolves localhost without a resolver and reaches 127.0.0.1")
    func localhost() async throws {
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: FunctionHandler.echo,
            clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        try await withClient { client in
            let origin = Origin(scheme: .http, host: "app.localhost", port: server.boundPort)
            let response = try await client.perform(get, to: origin)
            #expect(response.status == 200)
        }
    }

    @Test("says refused when nobody listens", arguments: ["127.0.0.1", "localhost"])
    func refused(_ host: String) async throws {
        let origin = Origin(scheme: .http, host: host, port: try unusedPort())
        try await withClient { client in
            await #expect(throws: ConnectionFailure.refused) {
                try await client.perform(get, to: origin)
            }
        }
    }

    @Test("says the name is not resolved")
    func unresolved() async throws {
        let origin = Origin(scheme: .http, host: "no-such-host.invalid", port: 80)
        try await withClient { client in
            await #expect(throws: ConnectionFailure.nameNotResolved(host: origin.host)) {
                try await client.perform(get, to: origin)
            }
        }
    }

    @Test(
        "names the failure of a peer that",
        arguments: [
            ("resets", [.readHead, .reset], .reset),
            ("closes without an answer", [.readHead], .reset),
            (
                "closes inside the body",
                [.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")],
                .malformedResponse(reason: HTTPProtocolError.unexpectedEnd.reason)
            ),
            (
                "speaks something else", [.answer("220 mail ready\r\n")],
                .malformedResponse(reason: HTTPProtocolError.malformedStatusLine.reason)
            ),
            (
                "announces too much",
                [.answer("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"), .waitForEnd],
                .responseTooLarge(limit: 1_000)
            ),
            (
                "sends too much without announcing it",
                [.answer("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "a", count: 1_001))],
                .responseTooLarge(limit: 1_000)
            ),
            ("stays silent", [.readHead, .waitForEnd], .timedOut(.response)),
        ] as [(String, [ScriptedServer.Step], ConnectionFailure)])
    func failures(
        _ name: String, _ steps: [ScriptedServer.Step], _ expected: ConnectionFailure
    ) async throws {
        let server = try ScriptedServer([steps])
        var configuration = ClientConfiguration()
        configuration.limits.bodyBytes = 1_000
        try await withClient(configuration) { client in
            await #expect(throws: expected) {
                try await client.perform(
                    get, to: local(server.port), timeouts: .init(response: .milliseconds(200)))
            }
        }
    }

    @Test("reads a body that ends with the connection, and one in chunks after 1xx")
    func framings() async throws {
        let server = try ScriptedServer([
            [.answer("HTTP/1.0 200 OK\r\n\r\nuntil the end")],
            [
                .answer(
                    "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
            ],
        ])
        try await withClient { client in
            let first = try await client.perform(get, to: local(server.port))
            #expect(first.body == Array("until the end".utf8))
            let second = try await client.perform(get, to: local(server.port))
            #expect(second.body == Array("abc".utf8))
            #expect(second.headers["Link"] == nil)
        }
    }

    @Test("asks again on a new connection when a pooled one had been closed, but posts once")
    func stalePool() async throws {
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        let server = try ScriptedServer([
            [.answer(ok), .readHead], [.answer(ok), .readHead], [.answer(ok)],
        ])
        try await withClient { client in
            for _ in 0..<2 { _ = try await client.perform(get, to: local(server.port)) }
            #expect(client.statistics.retries == 1)
            await #expect(throws: ConnectionFailure.reset) {
                try await client.perform(
                    HTTPRequest(method: .post, target: "/"), to: local(server.port))
            }
            #expect(client.statistics.retries == 1)
        }
    }

    @Test("does not ask a third time")
    func retriesOnce() async throws {
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        let server = try ScriptedServer([[.answer(ok), .readHead], [.readHead]])
        try await withClient { client in
            _ = try await client.perform(get, to: local(server.port))
            await #expect(throws: ConnectionFailure.reset) {
                try await client.perform(get, to: local(server.port))
            }
        }
    }

    @Test("fails what is outstanding, and what comes later, as cancelled when it stops")
    func stop() async throws {
        let server = try ScriptedServer([[.readHead, .waitForEnd]])
        let client = try HTTPClient()
        let outstanding = Task {
            try await client.perform(get, to: local(server.port))
        }
        client.stop()
        await #expect(throws: ConnectionFailure.cancelled) { try await outstanding.value }
        await #expect(throws: ConnectionFailure.cancelled) {
            try await client.perform(get, to: local(server.port))
        }
    }

    @Test("gives a cancelled task its failure at once")
    func cancellation() async throws {
        let server = try ScriptedServer([[.readHead, .waitForEnd]])
        try await withClient { client in
            let task = Task {
                try await client.perform(get, to: local(server.port))
            }
            task.cancel()
            await #expect(throws: ConnectionFailure.cancelled) { try await task.value }
        }
    }

    @Test("refuses to send a header field that would split the request")
    func unsendable() async throws {
        let port = try unusedPort()
        try await withClient { client in
            let request = HTTPRequest(method: .get, target: "/", headers: ["A": "b\r\nC: d"])
            await #expect(throws: ConnectionFailure.self) {
                try await client.perform(request, to: local(port))
            }
        }
    }
}
