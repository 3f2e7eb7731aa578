import CLinux
import Glibc
import SimHTTP

/// The listening socket of one loop.
final class ListenerChannel<Handler: RequestHandler>: LoopChannel {
    /// Accepted per turn, so that a storm of connections does not starve the open ones.
    private static var batch: Int { 64 }

    private let server: ServerLoop<Handler>
    private let descriptor: Int32
    private var isOpen = true
    /// Given up to accept and close one connection when the process has no descriptor left;
    /// otherwise the loop would spin on a listener it cannot empty.
    private var reserve = sim_reserve_descriptor()
    var token: EventLoop.Token = 0

    init(_ server: ServerLoop<Handler>, _ descriptor: Int32) {
        self.server = server
        self.descriptor = descriptor
    }

    deinit {
        close()
    }

    func becameReady(_ readiness: Readiness) {
        for _ in 0..<Self.batch {
            guard isOpen else { return }
            var peer = sockaddr_storage()
            let accepted = sim_accept(descriptor, &peer)
            if accepted >= 0 {
                server.accepted(accepted, from: SocketAddress(peer).text)
                continue
            }
            switch sim_errno() {
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                shed()
                return
            case EAGAIN:
                return
            default:
                // ECONNABORTED, EINTR and the like concern one connection only.
                continue
            }
        }
    }

    func resume() {}

    func close() {
        guard isOpen else { return }
        isOpen = false
        server.loop.unregister(token)
        Glibc.close(descriptor)
        if reserve >= 0 { Glibc.close(reserve) }
    }

    private func shed() {
        if reserve >= 0 { Glibc.close(reserve) }
        var peer = sockaddr_storage()
        let accepted = sim_accept(descriptor, &peer)
        if accepted >= 0 { Glibc.close(accepted) }
        reserve = sim_reserve_descriptor()
    }
}
