import Dispatch
import SimCore
import SimHTTP
import Synchronization
import TestWire
import Testing

@testable import SimRuntime

/// Notes the order of what it handles; a waiting request is held until it is let go.
private final class OrderHandler: RequestHandler {
    private let order = Mutex<[String]>([])
    let entered = DispatchSemaphore(value: 0)
    let released = DispatchSemaphore(value: 0)

    var targets: [String] { order.withLock { $0 } }

    func isCostly(_ request: HTTPRequest) -> Bool { request.target.hasPrefix("/costly") }

    func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse? {
        order.withLock { $0.append(request.target) }
        if request.target == "/costly/wait" {
            entered.signal()
            released.wait()
        }
        return HTTPResponse(
            status: 200, body: Array("<\(request.target) \(request.remoteAddress)>".utf8))
    }
}

@Suite("Costly requests have loops of their own", .timeLimit(.minutes(1)))
struct CostlyRequestTests {
    private static func line(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"
    }

    private func serve(
        loops: Int = 1, poller: PollerKind = .epoll,
        _ body: (OrderHandler, HTTPServer) throws -> Void
    ) throws {
        let handler = OrderHandler()
        let server = try HTTPServer.start(
            ServerConfiguration(loops: loops, poller: poller), handler: handler,
            clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        try body(handler, server)
    }

    @Test("one under way delays no other request", arguments: PollerKind.allCases)
    func apart(_ poller: PollerKind) throws {
        try serve(poller: poller) { handler, server in
            let clients = try (0..<3).map { _ in try WireClient(port: server.boundPort) }
            for client in clients {
                client.send(Self.line("/known"))
                #expect(client.read(until: "</known") != nil)
            }
            clients[0].send(Self.line("/costly/wait"))
            handler.entered.wait()
            clients[1].send(Self.line("/costly/next"))
            clients[2].send(Self.line("/cheap"))
            // Answered while the first is still being made.
            #expect(clients[2].read(until: "</cheap 127.0.0.1>") != nil)
            handler.released.signal()
            #expect(clients[0].read(until: "</costly/wait 127.0.0.1>") != nil)
            #expect(clients[1].read(until: "</costly/next 127.0.0.1>") != nil)
        }
    }

    @Test(
        "keep their place among the others of their connection, however these arrive",
        arguments: [true, false], PollerKind.allCases)
    func pipelined(_ atOnce: Bool, _ poller: PollerKind) throws {
        try serve(poller: poller) { handler, server in
            let client = try WireClient(port: server.boundPort)
            let targets = [
                "/costly/1", "/a", "/b", "/costly/2", "/costly/3", "/c", "/costly/4", "/d",
            ]
            if atOnce {
                client.send(targets.map { Self.line($0) }.joined())
            } else {
                for target in targets {
                    for part in Self.line(target).split(separator: "H") {
                        client.send(part == "GET \(target) " ? String(part) : "H" + part)
                    }
                }
            }
            client.endSending()
            let answers = try #require(client.readToEnd())
            #expect(handler.targets == targets)
            #expect(
                answers.split(separator: "<").dropFirst().map { $0.prefix { $0 != " " } }
                    == targets.map { $0[...] })
        }
    }

    @Test("the last of a connection that asks to close closes it")
    func closing() throws {
        try serve { handler, server in
            let client = try WireClient(port: server.boundPort)
            client.send(Self.line("/a") + Self.line("/costly/1", "Connection: close\r\n"))
            let answers = try #require(client.readToEnd())
            #expect(answers.contains("Connection: close") && answers.contains("<" + "/costly/1"))
        }
    }

    @Test("a client that leaves meanwhile takes nothing with it")
    func leaving() throws {
        try serve { handler, server in
            var leaver: WireClient? = try WireClient(port: server.boundPort)
            leaver?.send(Self.line("/costly/wait"))
            handler.entered.wait()
            leaver = nil
            handler.released.signal()
            let other = try WireClient(port: server.boundPort)
            for target in ["/costly/next", "/cheap", "/costly/last"] {
                other.send(Self.line(target))
                #expect(other.read(until: "<\(target) ") != nil)
            }
        }
    }

    @Test("one under way is answered although the server stops")
    func stopping() throws {
        let handler = OrderHandler()
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: handler, clock: FixedClock(testMoment))
        let first = try WireClient(port: server.boundPort)
        first.send(Self.line("/costly/wait"))
        handler.entered.wait()
        let second = try WireClient(port: server.boundPort)
        second.send(Self.line("/costly/next"))
        let stopped = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            server.stop(grace: .seconds(20))
            stopped.signal()
        }
        handler.released.signal()
        #expect(first.read(until: "</costly/wait ") != nil)
        stopped.wait()
        #expect(first.readToEnd() != nil)
    }

    @Test("many clients of both kinds get every answer, on all loops")
    func many() throws {
        try serve(loops: 3) { handler, server in
            let clients = try (0..<24).map { _ in try WireClient(port: server.boundPort) }
            for round in 0..<20 {
                for (index, client) in clients.enumerated() {
                    let kind = (index + round) % 3 == 0 ? "/costly" : "/cheap"
                    client.send(Self.line("\(kind)/\(index)/\(round)"))
                }
                for (index, client) in clients.enumerated() {
                    #expect(client.read(until: "/\(index)/\(round) ") != nil)
                }
            }
            #expect(handler.targets.count == 24 * 20)
        }
    }
}

@Suite("A client on the loop of the work it serves", .timeLimit(.minutes(1)))
struct SharedLoopTests {
    @Test("ends its calls on that loop, and what they send goes out from there")
    func place() async throws {
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: FunctionHandler.echo,
            clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        let loop = try WorkLoop(name: "shared")
        let client = try HTTPClient(on: loop)
        let origin = local(server.boundPort)
        let places = await withCheckedContinuation { continuation in
            loop.execute {
                client.perform(get, to: origin) { _ in
                    let first = loop.isHere
                    client.perform(get, to: origin) { answer in
                        let isAnswered = (try? answer.get().status) == 200
                        continuation.resume(returning: [first, loop.isHere, isAnswered])
                    }
                }
            }
        }
        #expect(places == [true, true, true])
        client.stop()
        loop.stop()
    }

    @Test("fails what is outstanding and what comes later when it is stopped; the loop goes on")
    func stop() throws {
        let kept = KeptReplies()
        let asked = DispatchSemaphore(value: 0)
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1),
            handler: FunctionHandler { request, reply in
                kept.keep(reply, for: request.target)
                asked.signal()
                return nil
            }, clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        let loop = try WorkLoop(name: "shared")
        let client = try HTTPClient(on: loop)
        let failures = Mutex<[ConnectionFailure?]>([])
        let ended = DispatchSemaphore(value: 0)
        let note: ClientCompletion = { result in
            failures.withLock { $0.append(result.failure) }
            ended.signal()
        }
        client.perform(get, to: local(server.boundPort), completion: note)
        asked.wait()
        client.stop()
        client.perform(get, to: local(server.boundPort), completion: note)
        ended.wait()
        ended.wait()
        #expect(failures.withLock { $0 } == [.cancelled, .cancelled])
        loop.execute { ended.signal() }
        ended.wait()
        loop.stop()
    }
}

extension Result {
    fileprivate var failure: Failure? {
        switch self {
        case .success: nil
        case .failure(let failure): failure
        }
    }
}
