import SimHTTP

/// What other threads tell a server's loop.
enum ServerMessage: Sendable {
    case reply(connection: EventLoop.Token, sequence: UInt64, HTTPResponse)
    /// Go on with a connection of another loop.
    case adopt(ConnectionHandover)
    /// Close what is idle, answer what is under way, end after `grace` at the latest.
    case stop(grace: Duration)
}

/// The address of one unanswered request. Three words, so that passing it as an existential
/// allocates nothing.
struct ServerReply: DeferredReply {
    let mailbox: LoopMailbox<ServerMessage>
    let connection: EventLoop.Token
    let sequence: UInt64

    func send(_ response: HTTPResponse) {
        mailbox.post(.reply(connection: connection, sequence: sequence, response))
    }
}
