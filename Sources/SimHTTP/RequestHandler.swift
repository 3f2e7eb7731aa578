/// What answers requests. One `handle` call per request, on the loop that read it: it must not
/// block. An answer that needs time (a provisioning cycle, a wait) returns nil and is sent later
/// through `reply`, from any thread.
package protocol RequestHandler: Sendable {
    func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse?

    /// Whether answering takes so long that others must not queue behind it: a signature, a
    /// search. Such a request moves to a loop that has only those, and its connection with it.
    func isCostly(_ request: HTTPRequest) -> Bool

    associatedtype Quick: QuickAnswers = NoQuickAnswers

    /// What answers plain requests for one loop, which asks once, on its own thread, and keeps it;
    /// nil where there is none yet.
    ///
    /// - Parameter loop: its number among those of its server.
    func quickAnswers(loop: Int) -> Quick?
}

extension RequestHandler {
    package func isCostly(_ request: HTTPRequest) -> Bool { false }
}

extension RequestHandler where Quick == NoQuickAnswers {
    package func quickAnswers(loop: Int) -> NoQuickAnswers? { nil }
}

/// Answers some plain requests from bytes to bytes. It belongs to one loop.
package protocol QuickAnswers: AnyObject {
    /// Appends the whole answer to `output`, exactly what the handler would have made of it; false,
    /// and nothing appended, to have the request handled as ever.
    ///
    /// - Parameters:
    ///   - bytes: where the request's parts stand.
    ///   - address: the client's, without port.
    func answer(
        _ request: PlainRequest, in bytes: Span<UInt8>, from address: String,
        into output: inout [UInt8]
    ) -> Bool
}

/// Answers none.
package final class NoQuickAnswers: QuickAnswers {
    package func answer(
        _ request: PlainRequest, in bytes: Span<UInt8>, from address: String,
        into output: inout [UInt8]
    ) -> Bool { false }
}

/// The way back to the connection a request came from. Sending twice, or to a connection that has
/// gone, does nothing.
package protocol DeferredReply: Sendable {
    func send(_ response: HTTPResponse)
}
