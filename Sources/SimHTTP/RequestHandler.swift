/// What answers requests. One `handle` call per request, on the loop that read it: it must not
/// block. An answer that needs time (a provisioning cycle, a wait) returns nil and is sent later
/// through `reply`, from any thread.
package protocol RequestHandler: Sendable {
    func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse?

    /// Whether answering takes so long that others should not have to queue behind several of
    /// them: a loop handles one such request between two looks at its connections.
    func isCostly(_ request: HTTPRequest) -> Bool
}

extension RequestHandler {
    package func isCostly(_ request: HTTPRequest) -> Bool { false }
}

/// The way back to the connection a request came from. Sending twice, or to a connection that has
/// gone, does nothing.
package protocol DeferredReply: Sendable {
    func send(_ response: HTTPResponse)
}
