import Glibc
import SimHTTP

/// From one loop to another: requests that cost much have loops of their own.
extension ServerConnection {
    /// Whether a request is one for the loops of the other role, and nothing keeps the connection:
    /// no answer under way, no plan carried out, no end of either side.
    func belongsElsewhere(_ request: HTTPRequest) -> Bool {
        guard !staysHere, !isAtEnd, !server.isStopping, replies.isEmpty, unsentCount == 0 else {
            return false
        }
        let isCostly = server.handler.isCostly(request)
        switch server.role {
        case .quick: return isCostly
        case .work: return !isCostly
        }
    }

    /// Goes on at another quick loop if that is better for both; nothing may be under way.
    func moveIfAdvised() {
        guard isAtRest, !staysHere, !server.isStopping,
            let target = server.betterLoop(for: self)
        else { return }
        state = .closed
        server.loop.unregister(token)
        server.give(
            ConnectionHandover(
                descriptor: descriptor, remoteAddress: remoteAddress, tls: tls, home: target,
                request: nil, input: []),
            leaving: token, to: target)
    }

    /// Leaves this loop for one of the other role, with a request not yet handled. What was
    /// answered before has been sent, or lies unsent and keeps the connection here.
    func move(with request: HTTPRequestParser.ReceivedRequest) {
        guard state != .closed else { return }
        guard unsentCount == 0 else {
            handleRequests(first: request)
            return
        }
        state = .closed
        server.loop.unregister(token)
        server.give(
            ConnectionHandover(
                descriptor: descriptor, remoteAddress: remoteAddress, tls: tls, home: home,
                request: request, input: parser.takeRest()),
            leaving: token)
    }
}
