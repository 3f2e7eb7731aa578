import CLinux
import Glibc
import SimCore
import SimCrypto
import SimHTTP
import Synchronization

/// An HTTP/1.1 server: one event loop per core on one port, the handler called on the loop.
///
/// Any number of servers live in one process. Stop it when done; a server that is merely dropped
/// stops in the background.
package final class HTTPServer: Sendable {
    /// The port clients connect to.
    package let boundPort: Int
    private let mailboxes: [LoopMailbox<ServerMessage>]
    private let threads: [LoopThread]

    private init(
        boundPort: Int, mailboxes: [LoopMailbox<ServerMessage>], threads: [LoopThread]
    ) {
        self.boundPort = boundPort
        self.mailboxes = mailboxes
        self.threads = threads
    }

    deinit {
        for mailbox in mailboxes { mailbox.post(.stop(grace: .zero)) }
    }

    /// Binds, listens and serves; connections are accepted when this returns.
    ///
    /// - Parameters:
    ///   - handler: answers each request; it must not block.
    ///   - clock: gives the `Date` field; the machine's deadlines do not follow it.
    ///   - tls: a server context for https; nil for plain http.
    ///   - greeter: meets new TLS connections in its own way; nil for the ordinary one.
    package static func start<Handler: RequestHandler>(
        _ configuration: ServerConfiguration, handler: Handler, clock: any SimulationClock,
        tls: TLSContext? = nil, greeter: (any ConnectionGreeter)? = nil
    ) throws(ListenFailure) -> HTTPServer {
        sim_ignore_sigpipe()
        sim_raise_descriptor_limit()
        let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let listening = try Listener.open(
            host: configuration.host, port: configuration.port,
            count: max(1, configuration.loops ?? cores))
        let connectionCount = ConnectionCount(limit: configuration.maximumConnections)
        var mailboxes: [LoopMailbox<ServerMessage>] = []
        var threads: [LoopThread] = []
        var unowned = listening.descriptors
        do {
            for descriptor in listening.descriptors {
                let mailbox = try LoopMailbox<ServerMessage>(configuration.poller)
                let thread = try LoopThread(name: "http-\(listening.port)") {
                    ServerLoop.serve(
                        descriptor, configuration, handler, clock, tls, greeter, mailbox,
                        connectionCount)
                }
                unowned.removeFirst()
                mailboxes.append(mailbox)
                threads.append(thread)
            }
        } catch {
            for mailbox in mailboxes { mailbox.post(.stop(grace: .zero)) }
            for descriptor in unowned { close(descriptor) }
            throw .system(error)
        }
        return HTTPServer(boundPort: listening.port, mailboxes: mailboxes, threads: threads)
    }

    /// Stops accepting, closes idle connections, lets answers under way go out for at most
    /// `grace`, then closes the rest. Returns when the loops have ended. Not for use inside a
    /// handler.
    package func stop(grace: Duration = .seconds(5)) {
        for mailbox in mailboxes { mailbox.post(.stop(grace: grace)) }
        for thread in threads { thread.join() }
    }
}

/// How many connections a server's loops have together.
final class ConnectionCount: Sendable {
    private let count = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// False, and nothing taken, at the limit.
    func take() -> Bool {
        let before = count.add(1, ordering: .relaxed).oldValue
        if before < limit { return true }
        giveBack()
        return false
    }

    func giveBack() {
        count.subtract(1, ordering: .relaxed)
    }
}
