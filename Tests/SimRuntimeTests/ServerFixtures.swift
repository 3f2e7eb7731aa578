import SimCore
import SimHTTP
import Synchronization

@testable import SimRuntime

/// Answers with what `answer` makes of the request.
struct FunctionHandler: RequestHandler {
    let answer: @Sendable (HTTPRequest, any DeferredReply) -> HTTPResponse?

    init(_ answer: @escaping @Sendable (HTTPRequest, any DeferredReply) -> HTTPResponse?) {
        self.answer = answer
    }

    /// Answers at once with the target as text.
    static let echo = FunctionHandler { request, _ in
        HTTPResponse(status: 200, body: Array("\(request.method.rawValue) \(request.target)".utf8))
    }

    func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse? {
        answer(request, reply)
    }
}

let testMoment = Timestamp(seconds: 1_767_600_000)

/// Starts a server on a free port, runs `body`, stops the server.
@discardableResult
func withServer<Result>(
    _ configuration: ServerConfiguration = ServerConfiguration(loops: 1),
    _ handler: FunctionHandler = .echo, _ body: (HTTPServer) throws -> Result
) throws -> Result {
    let server = try HTTPServer.start(
        configuration, handler: handler, clock: FixedClock(testMoment))
    defer { server.stop(grace: .zero) }
    return try body(server)
}

/// Replies kept until the test sends them.
final class KeptReplies: Sendable {
    private let kept = Mutex<[String: any DeferredReply]>([:])

    func keep(_ reply: any DeferredReply, for target: String) {
        kept.withLock { $0[target] = reply }
    }

    func take(_ target: String) -> (any DeferredReply)? {
        kept.withLock { $0.removeValue(forKey: target) }
    }

    var count: Int { kept.withLock { $0.count } }
}
