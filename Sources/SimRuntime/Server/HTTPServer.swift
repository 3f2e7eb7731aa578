import CLinux
import Glibc
import SimCore
import SimCrypto
import SimHTTP
import Synchronization

/// An HTTP/1.1 server: one event loop per core on one port, the handler called on the loop, and as
/// many loops for costly requests, so that the others do not queue behind those.
///
/// Any number of servers live in one process. Stop it when done; a server that is merely dropped
/// stops in the background.
package final class HTTPServer: Sendable {
    /// The port clients connect to.
    package let boundPort: Int
    private let peers: ServerPeers
    private let quickThreads: [LoopThread]
    private let workThreads: [LoopThread]

    private init(
        boundPort: Int, peers: ServerPeers, quickThreads: [LoopThread], workThreads: [LoopThread]
    ) {
        self.boundPort = boundPort
        self.peers = peers
        self.quickThreads = quickThreads
        self.workThreads = workThreads
    }

    deinit {
        for mailbox in peers.quick + peers.work { mailbox.post(.stop(grace: .zero)) }
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
        var unowned = listening.descriptors
        var started: [LoopMailbox<ServerMessage>] = []
        do throws(SocketFailure) {
            let loops = try listening.descriptors.map { descriptor throws(SocketFailure) in
                (descriptor, try mailboxes(configuration))
            }
            let peers = ServerPeers(quick: loops.map(\.1.quick), work: loops.map(\.1.work))
            var quickThreads: [LoopThread] = []
            var workThreads: [LoopThread] = []
            for (number, (descriptor, mailboxes)) in loops.enumerated() {
                let setting = ServerLoop<Handler>.Setting(
                    configuration: configuration, handler: handler, clock: clock, tls: tls,
                    greeter: greeter, peers: peers, number: number,
                    connectionCount: connectionCount)
                workThreads.append(
                    try LoopThread(name: "work-\(listening.port)") {
                        sim_share_core(Self.workNiceness, Self.workSlice)
                        ServerLoop.serve(nil, setting, .work, mailboxes.work)
                    })
                started.append(mailboxes.work)
                quickThreads.append(
                    try LoopThread(name: "http-\(listening.port)") {
                        sim_share_core(0, Self.quickSlice)
                        ServerLoop.serve(descriptor, setting, .quick, mailboxes.quick)
                    })
                unowned.removeFirst()
                started.append(mailboxes.quick)
            }
            return HTTPServer(
                boundPort: listening.port, peers: peers, quickThreads: quickThreads,
                workThreads: workThreads)
        } catch {
            for mailbox in started { mailbox.post(.stop(grace: .zero)) }
            for descriptor in unowned { close(descriptor) }
            throw .system(error)
        }
    }

    /// Nanoseconds. The shortest there is: who answers in microseconds goes before those who
    /// compute, the clients' threads among them.
    private static var quickSlice: UInt64 { 100_000 }
    /// The longest there is: a thread with a shorter one, which is every other, preempts a
    /// signature when it wakes.
    private static var workSlice: UInt64 { 100_000_000 }
    /// Beside a client that asks without a pause signatures get an eighth of the core and not a
    /// third, so that less than one request in a hundred waits for one; beside a compiler they
    /// still get their turn.
    private static var workNiceness: Int32 { 6 }

    private static func mailboxes(
        _ configuration: ServerConfiguration
    ) throws(SocketFailure) -> (
        quick: LoopMailbox<ServerMessage>, work: LoopMailbox<ServerMessage>
    ) {
        (
            try LoopMailbox<ServerMessage>(configuration.poller),
            try LoopMailbox<ServerMessage>(configuration.poller)
        )
    }

    /// Stops accepting, closes idle connections, lets answers under way go out for at most
    /// `grace`, then closes the rest. Returns when the loops have ended. Not for use inside a
    /// handler.
    package func stop(grace: Duration = .seconds(5)) {
        // Quick loops first: until they have ended they may give connections to work loops.
        for mailbox in peers.quick { mailbox.post(.stop(grace: grace)) }
        for thread in quickThreads { thread.join() }
        for mailbox in peers.work { mailbox.post(.stop(grace: grace)) }
        for thread in workThreads { thread.join() }
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
