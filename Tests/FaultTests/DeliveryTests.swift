import EntraSim
import SimCore
import SimHTTP
import TestWire
import Testing

@Suite("An answer on a bad way to its client")
struct DeliveryTests {
    @Test("comes late, whole, and the connection goes on")
    func latency() async throws {
        let running = try broken(#"{"latency": "300ms"}"#, when: #"{"times": 1}"#)
        let client = try running.wire()
        client.send(request)
        #expect(client.hasNothingYet())
        #expect(client.read(until: "]}") != nil)
        let late = try await running.get(Running.keys)
        let next = try await running.get(Running.keys)
        #expect(late.status == 200 && late.body == next.body)
    }

    @Test("does not come; the client gives up")
    func hang() throws {
        let running = try broken(#"{"hang": true}"#)
        let client = try running.wire()
        client.send(request)
        client.endSending()
        #expect(client.readToEnd() == "")
    }

    @Test("is cut off by a reset before it, within it, after it")
    func reset() async throws {
        for moment in ["before", "during"] {
            let running = try broken(#"{"reset": "\#(moment)"}"#)
            let result = await running.send(.get, Running.keys)
            #expect(throws: ConnectionFailure.self, "\(moment)") { try result.get() }
        }
        let running = try broken(#"{"reset": "after"}"#)
        let client = try running.wire()
        client.send(request)
        #expect(client.read(until: "]}") != nil)
        #expect(client.readToEnd() == nil)
    }

    @Test("ends before its announced length")
    func truncated() throws {
        let running = try broken(#"{"truncate": 10}"#)
        let answer = try wire(running)
        #expect(answer.body.utf8.count == 10 && answer.length > 10)
    }

    @Test("announces another length than it has", arguments: [5, 100_000])
    func contentLength(length: Int) throws {
        let running = try broken(#"{"contentLength": \#(length)}"#)
        let answer = try wire(running)
        #expect(answer.length == length && answer.body.hasSuffix("]}"))
    }

    @Test("drips")
    func drip() throws {
        let running = try broken(#"{"drip": 400, "every": "1ms"}"#)
        let client = try running.wire()
        client.send(request)
        #expect(client.read(until: "]}") != nil)
    }

    @Test("has the wrong type, is no JSON, is too large")
    func spoiled() async throws {
        let typed = try await broken(#"{"contentType": "text/html"}"#).get(Running.keys)
        #expect(typed.headers.values("Content-Type") == ["text/html"])
        let cut = try await broken(#"{"malformed": true}"#).get(Running.keys)
        #expect(cut.status == 200 && cut.json == nil && cut.text.hasPrefix("{"))
        let large = try await broken(#"{"oversized": 300000}"#).get(Running.keys)
        #expect(large.body.count == 300_000 && large.json?["keys"] != nil)
    }

    @Test("is another one altogether, with its headers and both forms of Retry-After")
    func answer() async throws {
        let running = try broken(
            """
            {"status": 429, "headers": {"X-Why": "drill"}, "body": {"keys": []},
            "retryAfter": "2m"}
            """, when: #"{"times": 1}"#)
        let first = try await running.get(Running.keys)
        #expect(first.status == 429 && first.headers["Retry-After"] == "120")
        #expect(first.headers["X-Why"] == "drill" && first.text == #"{"keys":[]}"#)
        #expect(first.headers["Content-Type"]?.hasPrefix("application/json") == true)
        try running.simulator.faults.add(
            #"{"where": "jwks", "what": {"status": 503, "retryAfter": "2m", "retryAfterForm": "date"}}"#
        )
        let second = try await running.get(Running.keys)
        #expect(second.headers["Retry-After"] == "Mon, 05 Jan 2026 08:02:00 GMT")
    }

    @Test("does not disturb the requests behind it on the same connection")
    func pipelined() throws {
        let running = try broken(#"{"latency": "20ms"}"#, when: #"{"times": 1}"#)
        let client = try running.wire()
        client.send(request + request)
        #expect(client.read(until: "HTTP/1.1 200 OK", count: 2) != nil)
    }

    private let request = "GET \(Running.keys) HTTP/1.1\r\nHost: localhost\r\n\r\n"

    private func broken(_ effect: String, when: String = "{}") throws -> Running {
        let running = try Running()
        try running.simulator.faults.add(
            #"{"where": "jwks", "when": \#(when), "what": \#(effect)}"#)
        return running
    }

    /// Announced length and body of an answer after which the server closes.
    private func wire(_ running: Running) throws -> (length: Int, body: String) {
        let client = try running.wire()
        client.send(request)
        let text = try #require(client.readToEnd())
        let end = try #require(text.firstRange(of: "\r\n\r\n"))
        let line = try #require(
            text[..<end.lowerBound].split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") })
        return (
            try #require(Int(line.drop { !$0.isNumber })), String(text[end.upperBound...])
        )
    }
}
