/// What answers requests. One `handle` call per request, on the loop that read it: it must not
/// block. An answer that needs time (a provisioning cycle, a wait) returns nil and is sent later
/// through `reply`, from any thread.
package protocol RequestHandler: Sendable {
    func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse?

    /// Whether answering takes so long that others must not queue behind it: a signature, a
    /// search. Such a request moves to a loop that has only those, and its connection with it.
    func isCostly(_ request: HTTPRequest) -> Bool

    /// Appends the whole answer of a plain request to `output`, exactly what `handle` would have
    /// made of it; false, and nothing appended, to have it handled as ever.
    ///
    /// - Parameters:
    ///   - bytes: where the request's parts stand.
    ///   - address: the client's, without port.
    ///   - loop: number of the calling loop in its server, for what each has for itself.
    func answer(
        _ request: PlainRequest, in bytes: Span<UInt8>, from address: String, loop: Int,
        into output: inout [UInt8]
    ) -> Bool
}

extension RequestHandler {
    package func isCostly(_ request: HTTPRequest) -> Bool { false }

    package func answer(
        _ request: PlainRequest, in bytes: Span<UInt8>, from address: String, loop: Int,
        into output: inout [UInt8]
    ) -> Bool { false }
}

/// The way back to the connection a request came from. Sending twice, or to a connection that has
/// gone, does nothing.
package protocol DeferredReply: Sendable {
    func send(_ response: HTTPResponse)
}
