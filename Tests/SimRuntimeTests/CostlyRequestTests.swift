import Dispatch
import SimCore
import SimHTTP
import Synchronization
import TestWire
import Testing

@testable import SimRuntime

/// Notes the order of what it handles; the first costly request waits until it is let go.
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
        return HTTPResponse(status: 200, body: Array("<\(request.target)>".utf8))
    }
}

@Suite("Costly requests", .timeLimit(.minutes(1)))
struct CostlyRequestTests {
    private static func line(_ target: String) -> String {
        "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n"
    }

    private func serve(_ body: (OrderHandler, HTTPServer) throws -> Void) throws {
        let handler = OrderHandler()
        let server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: handler, clock: FixedClock(testMoment))
        defer { server.stop(grace: .zero) }
        try body(handler, server)
    }

    @Test("let those that cost little go first")
    func order() throws {
        try serve { handler, server in
            let clients = try (0..<3).map { _ in try WireClient(port: server.boundPort) }
            // Each is known to the loop before the test begins.
            for client in clients {
                client.send(Self.line("/known"))
                #expect(client.read(until: "</known>") != nil)
            }
            clients[0].send(Self.line("/costly/wait"))
            handler.entered.wait()
            clients[1].send(Self.line("/costly/next"))
            clients[2].send(Self.line("/cheap"))
            handler.released.signal()
            #expect(clients[0].read(until: "</costly/wait>") != nil)
            #expect(clients[1].read(until: "</costly/next>") != nil)
            #expect(clients[2].read(until: "</cheap>") != nil)
            #expect(handler.targets.suffix(3) == ["/costly/wait", "/cheap", "/costly/next"])
        }
    }

    @Test("keep their place among the others of their connection")
    func pipelined() throws {
        try serve { handler, server in
            let client = try WireClient(port: server.boundPort)
            let targets = ["/costly/1", "/a", "/costly/2", "/costly/3", "/b"]
            client.send(targets.map { Self.line($0) }.joined())
            client.endSending()
            let answers = try #require(client.readToEnd())
            #expect(handler.targets == targets)
            #expect(answers.split(separator: "<").dropFirst().count == targets.count)
        }
    }

    @Test("are answered although the server stops")
    func stopping() throws {
        try serve { handler, server in
            let first = try WireClient(port: server.boundPort)
            let second = try WireClient(port: server.boundPort)
            first.send(Self.line("/costly/wait"))
            handler.entered.wait()
            second.send(Self.line("/costly/next"))
            handler.released.signal()
            #expect(second.read(until: "</costly/next>") != nil)
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
