import Foundation
import SimCore
import SimHTTP
import TestWire
import Testing

@testable import SimRuntime

@Suite("A deferred answer")
struct DeferredReplyTests {
    private func later(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, body: Array("later\(text);".utf8))
    }

    /// Waits, bounded, until the handler has kept `count` replies.
    private func wait(for kept: KeptReplies, count: Int) throws {
        // The probe is answered by the same loop after it has handled what came before.
        for _ in 0..<1_000 where kept.count < count {
            let probe = try WireClient(port: probePort)
            probe.send("GET /probe HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            _ = probe.readToEnd()
        }
        #expect(kept.count == count)
    }

    private let probePort: Int
    private let server: HTTPServer
    private let kept = KeptReplies()

    init() throws {
        let kept = kept
        let answer: @Sendable (HTTPRequest, any DeferredReply) -> HTTPResponse? = {
            request, reply in
            guard request.target.hasPrefix("/later") else {
                return HTTPResponse(status: 200, body: Array("now\(request.target);".utf8))
            }
            kept.keep(reply, for: request.target)
            return nil
        }
        server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: FunctionHandler(answer),
            clock: FixedClock(testMoment))
        probePort = server.boundPort
    }

    @Test("keeps the order of the requests, whatever the order of the answers — RFC 9112 §9.3.2")
    func order() throws {
        defer { server.stop(grace: .zero) }
        let client = try WireClient(port: server.boundPort)
        for target in ["/later1", "/2", "/later3", "/4"] {
            client.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
        }
        try wait(for: kept, count: 2)
        kept.take("/later3")?.send(later("3"))
        kept.take("/later1")?.send(later("1"))
        let answer = try #require(client.read(until: ";", count: 4))
        let bodies = answer.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != ";" } }
        #expect(bodies == ["later1", "now/2", "later3", "now/4"])
    }

    @Test("sent twice is sent once, and to a client that has gone is dropped")
    func twice() throws {
        defer { server.stop(grace: .zero) }
        do {
            let gone = try WireClient(port: server.boundPort)
            gone.send("GET /later0 HTTP/1.1\r\nHost: h\r\n\r\n")
            try wait(for: kept, count: 1)
        }
        kept.take("/later0")?.send(later("0"))
        let client = try WireClient(port: server.boundPort)
        client.send("GET /later1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
        try wait(for: kept, count: 1)
        let reply = kept.take("/later1")
        reply?.send(later("1"))
        reply?.send(later("again"))
        let answer = try #require(client.read(until: ";", count: 2))
        #expect(answer.contains("later1;"))
        #expect(!answer.contains("again"))
    }

    @Test("goes out although the server is stopping, then the connection closes")
    func stopping() throws {
        let client = try WireClient(port: server.boundPort)
        let idle = try WireClient(port: server.boundPort)
        client.send("GET /later1 HTTP/1.1\r\nHost: h\r\n\r\n")
        try wait(for: kept, count: 1)
        let server = server
        // A thread of its own: blocking tests may hold every thread that tasks run on.
        let stopped = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            server.stop(grace: .seconds(10))
            stopped.signal()
        }
        #expect(idle.readToEnd() == "")
        kept.take("/later1")?.send(later("1"))
        let answer = try #require(client.readToEnd())
        #expect(answer.contains("Connection: close\r\n"))
        #expect(answer.hasSuffix("later1;"))
        stopped.wait()
    }

    @Test("that never comes does not outlive the grace of a stop")
    func grace() throws {
        let client = try WireClient(port: server.boundPort)
        client.send("GET /later1 HTTP/1.1\r\nHost: h\r\n\r\n")
        try wait(for: kept, count: 1)
        server.stop(grace: .milliseconds(20))
        #expect(client.readToEnd() == "")
        // The loop has gone: nothing happens.
        kept.take("/later1")?.send(later("1"))
    }
}
