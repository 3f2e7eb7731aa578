import CLinux
import Glibc
import SimCore
import SimCrypto
import SimHTTP

/// One loop of a server: its listening socket, its connections and what they share.
/// Confined to its thread.
final class ServerLoop<Handler: RequestHandler> {
    let loop: EventLoop
    let configuration: ServerConfiguration
    let handler: Handler
    let mailbox: LoopMailbox<ServerMessage>
    let tls: TLSContext?
    private let greeter: (any ConnectionGreeter)?
    /// Connections that are met later, or with silence.
    private var waiting: Set<Int32> = []
    /// One buffer of each kind serves all connections of the loop.
    var scratch = [UInt8](repeating: 0, count: 64 * 1_024)
    var plaintext: [UInt8] = []
    var ciphertext: [UInt8] = []
    var output: [UInt8] = []
    private(set) var isStopping = false
    /// The turn in which the last costly request was handled.
    private var costlyTurn = MonotonicTime.never
    private let clock: any SimulationClock
    private let connectionCount: ConnectionCount
    private var connections: [EventLoop.Token: ServerConnection<Handler>] = [:]
    private var listener: ListenerChannel<Handler>?
    private var dateTurn = MonotonicTime.never
    private var dateSecond = Int64.min
    private var dateText: [UInt8] = []

    /// Runs a loop to its end on the calling thread. Takes ownership of `descriptor`.
    static func serve(
        _ descriptor: Int32, _ configuration: ServerConfiguration, _ handler: Handler,
        _ clock: any SimulationClock, _ tls: TLSContext?, _ greeter: (any ConnectionGreeter)?,
        _ mailbox: LoopMailbox<ServerMessage>, _ connectionCount: ConnectionCount
    ) {
        let loop: EventLoop
        do {
            loop = try EventLoop(configuration.poller)
        } catch {
            // No descriptor left for epoll itself: nothing can be served.
            close(descriptor)
            return
        }
        let server = ServerLoop(
            loop, configuration, handler, clock, tls, greeter, mailbox, connectionCount)
        server.run(descriptor)
    }

    private init(
        _ loop: EventLoop, _ configuration: ServerConfiguration, _ handler: Handler,
        _ clock: any SimulationClock, _ tls: TLSContext?, _ greeter: (any ConnectionGreeter)?,
        _ mailbox: LoopMailbox<ServerMessage>, _ connectionCount: ConnectionCount
    ) {
        self.loop = loop
        self.configuration = configuration
        self.handler = handler
        self.clock = clock
        self.tls = tls
        self.greeter = greeter
        self.mailbox = mailbox
        self.connectionCount = connectionCount
    }

    private func run(_ descriptor: Int32) {
        let listener = ListenerChannel(self, descriptor)
        listener.token = loop.register(descriptor, listener, interest: .read)
        self.listener = listener
        mailbox.attach(to: loop) { [unowned self] message in receive(message) }
        scheduleSweep()
        loop.run()
        // Listener and connections refer to the loop as it does to them: both ties end here.
        listener.close()
        self.listener = nil
        for connection in Array(connections.values) { connection.close() }
        for descriptor in waiting { close(descriptor) }
        _ = mailbox.seal()
    }

    /// The text of the `Date` field: the clock is read once per turn, the text made once per
    /// simulated second.
    func date() -> [UInt8] {
        guard dateTurn != loop.now else { return dateText }
        dateTurn = loop.now
        let now = clock.now
        if now.seconds != dateSecond {
            dateSecond = now.seconds
            dateText = Array(now.httpDate.utf8)
        }
        return dateText
    }

    /// Whether this turn's one costly request may be handled now; it is then counted.
    func takesCostlyRequest() -> Bool {
        guard costlyTurn != loop.now else { return false }
        costlyTurn = loop.now
        return true
    }

    /// Takes a new connection; one too many is answered 503 (TLS: closed).
    func accepted(_ descriptor: Int32, from address: String) {
        guard connectionCount.take() else {
            refuse(descriptor)
            return
        }
        sim_no_delay(descriptor)
        guard let tls else { return open(descriptor, from: address, nil) }
        switch greeter?.greeting(for: address) ?? .ordinary {
        case .ordinary: open(descriptor, from: address, tls)
        case .showing(let other): open(descriptor, from: address, other)
        case .reset:
            Descriptor.reset(descriptor)
            connectionCount.giveBack()
        case .silence:
            wait(configuration.requestTimeout, descriptor) { [unowned self] in
                close(descriptor)
                connectionCount.giveBack()
            }
        case .late(let delay):
            wait(delay, descriptor) { [unowned self] in open(descriptor, from: address, tls) }
        }
    }

    private func open(_ descriptor: Int32, from address: String, _ tls: TLSContext?) {
        do {
            let session = try tls.map { context throws(CryptoError) in
                try TLSConnection(server: context)
            }
            let connection = ServerConnection(self, descriptor, address, session)
            connections[connection.token] = connection
        } catch {
            // OpenSSL has no memory for one more connection.
            connectionCount.giveBack()
            close(descriptor)
        }
    }

    private func wait(
        _ delay: Duration, _ descriptor: Int32, then act: @escaping () -> Void
    ) {
        waiting.insert(descriptor)
        loop.schedule(after: delay) { [unowned self] in
            if waiting.remove(descriptor) != nil { act() }
        }
    }

    func closed(_ token: EventLoop.Token) {
        guard connections.removeValue(forKey: token) != nil else { return }
        connectionCount.giveBack()
        endWhenEmpty()
    }

    private func refuse(_ descriptor: Int32) {
        if tls == nil {
            var bytes: [UInt8] = []
            let response = HTTPResponse(
                status: 503, headers: ["Retry-After": "1"],
                body: Array("too many connections\n".utf8))
            // Our own literal fields are sendable.
            try? HTTPSerializer.append(response, to: &bytes, date: date(), persistence: .close)
            _ = Descriptor.send(descriptor, bytes, from: 0)
        }
        close(descriptor)
    }

    private func receive(_ message: ServerMessage) {
        switch message {
        case .reply(let token, let sequence, let response):
            connections[token]?.answer(sequence, response)
        case .stop(let grace):
            stop(grace)
        }
    }

    private func stop(_ grace: Duration) {
        if !isStopping {
            isStopping = true
            listener?.close()
            for connection in Array(connections.values) { connection.closeWhenAnswered() }
            endWhenEmpty()
        }
        loop.schedule(after: grace) { [unowned self] in loop.stop() }
    }

    private func endWhenEmpty() {
        if isStopping, connections.isEmpty { loop.stop() }
    }

    /// Looks for connections past their deadline at a quarter of the shortest timeout: the request
    /// path then only stores a time.
    private func scheduleSweep() {
        let shortest = min(
            configuration.idleTimeout, configuration.requestTimeout, configuration.writeTimeout)
        let interval = max(.milliseconds(5), min(.seconds(1), shortest / 4))
        loop.schedule(after: interval) { [unowned self] in
            for connection in Array(connections.values) where connection.deadline <= loop.now {
                connection.expire()
            }
            scheduleSweep()
        }
    }
}

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
