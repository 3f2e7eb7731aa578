import CLinux
import Glibc
import SimCore
import SimCrypto
import SimHTTP

/// One loop of a server: its listening socket, its connections and what they share.
/// Confined to its thread.
final class ServerLoop<Handler: RequestHandler> {
    /// What a loop is given when it begins.
    struct Setting: Sendable {
        let configuration: ServerConfiguration
        let handler: Handler
        let clock: any SimulationClock
        let tls: TLSContext?
        let greeter: (any ConnectionGreeter)?
        let peers: ServerPeers
        /// Among the loops of its role.
        let number: Int
        let connectionCount: ConnectionCount
    }

    let loop: EventLoop
    let configuration: ServerConfiguration
    let handler: Handler
    let mailbox: LoopMailbox<ServerMessage>
    let tls: TLSContext?
    let role: LoopRole
    let peers: ServerPeers
    let number: Int
    private let greeter: (any ConnectionGreeter)?
    /// Connections that are met later, or with silence.
    private var waiting: Set<Int32> = []
    /// One buffer of each kind serves all connections of the loop, made with the first of them.
    var scratch: [UInt8] = []
    var plaintext: [UInt8] = []
    var ciphertext: [UInt8] = []
    var output: [UInt8] = []
    /// Asked for until there is one.
    private var foundQuickAnswers: Handler.Quick?
    private(set) var isStopping = false
    private let clock: any SimulationClock
    private let connectionCount: ConnectionCount
    private var connections: [EventLoop.Token: ServerConnection<Handler>] = [:]
    private var listener: ListenerChannel<Handler>?
    private var look: LoopLook
    private var dateTurn = MonotonicTime.never
    private var dateSecond = Int64.min
    private var dateText: [UInt8] = []

    /// Runs a loop to its end on the calling thread.
    ///
    /// - Parameter descriptor: the listening socket, owned from now on; nil for a loop that gets
    ///   its connections from others.
    static func serve(
        _ descriptor: Int32?, _ setting: Setting, _ role: LoopRole,
        _ mailbox: LoopMailbox<ServerMessage>
    ) {
        let loop: EventLoop
        do {
            loop = try EventLoop(setting.configuration.poller)
        } catch {
            // No descriptor left for epoll itself: nothing can be served.
            if let descriptor { close(descriptor) }
            _ = mailbox.seal()
            return
        }
        ServerLoop(loop, setting, role, mailbox).run(descriptor)
    }

    private init(
        _ loop: EventLoop, _ setting: Setting, _ role: LoopRole,
        _ mailbox: LoopMailbox<ServerMessage>
    ) {
        self.loop = loop
        self.role = role
        self.mailbox = mailbox
        configuration = setting.configuration
        handler = setting.handler
        clock = setting.clock
        tls = setting.tls
        greeter = setting.greeter
        peers = setting.peers
        number = setting.number
        connectionCount = setting.connectionCount
        look = LoopLook(setting.peers.seats, number: number, configuration.balance)
    }

    private func run(_ descriptor: Int32?) {
        let listener = descriptor.map { ListenerChannel(self, $0) }
        if let listener, let descriptor {
            listener.token = loop.register(descriptor, listener, interest: .read)
        }
        self.listener = listener
        if role == .quick { peers.seats[number].take() }
        mailbox.attach(to: loop) { [unowned self] message in receive(message) }
        scheduleSweep()
        loop.run()
        // Listener and connections refer to the loop as it does to them: both ties end here.
        listener?.close()
        self.listener = nil
        for connection in Array(connections.values) { connection.close() }
        for descriptor in waiting { close(descriptor) }
        for case .adopt(let handover) in mailbox.seal() { abandon(handover) }
    }

    /// What answers plain requests here; nil where nobody does.
    var quickAnswers: Handler.Quick? {
        if let foundQuickAnswers { return foundQuickAnswers }
        guard role == .quick else { return nil }
        foundQuickAnswers = handler.quickAnswers(loop: number)
        return foundQuickAnswers
    }

    // MARK: Moving connections

    /// Goes on with a connection that another loop has given away.
    private func adopt(_ handover: ConnectionHandover, staysHere: Bool = false) {
        let connection = ServerConnection(self, handover, staysHere: staysHere)
        keep(connection)
        connection.begin(handover)
    }

    /// The quick loop that should go on with a connection of this one.
    func betterLoop(for connection: ServerConnection<Handler>) -> Int? {
        guard role == .quick else { return nil }
        if look.isDue(loop.now) { look.look(loop.now, connections: connections.count) }
        switch look.advice {
        case .stay: return nil
        case .give(let target):
            look.hasGiven()
            return target
        case .follow:
            guard connection.lookCount != look.count else { return nil }
            connection.lookCount = look.count
            return look.loop(on: Int(sim_arrival_core(connection.descriptor)))
        }
    }

    /// Gives a connection to another quick loop.
    func give(_ handover: ConnectionHandover, leaving token: EventLoop.Token, to target: Int) {
        connections.removeValue(forKey: token)
        if !peers.quick[target].post(.adopt(handover)) { adopt(handover, staysHere: true) }
    }

    /// Gives a connection away that has been forgotten here; a peer that has ended does not take
    /// it, and it goes on where it was.
    func give(_ handover: ConnectionHandover, leaving token: EventLoop.Token) {
        connections.removeValue(forKey: token)
        switch role {
        case .quick:
            let target = peers.takeWorkLoop()
            if peers.work[target].post(.adopt(handover)) { return }
            peers.leaveWorkLoop(target)
        case .work:
            if peers.quick[handover.home].post(.adopt(handover)) {
                peers.leaveWorkLoop(number)
                return
            }
        }
        adopt(handover, staysHere: true)
    }

    /// The loop ends before it has seen this one.
    private func abandon(_ handover: ConnectionHandover) {
        close(handover.descriptor)
        connectionCount.giveBack()
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
            keep(connection)
        } catch {
            // OpenSSL has no memory for one more connection.
            connectionCount.giveBack()
            close(descriptor)
        }
    }

    private func keep(_ connection: ServerConnection<Handler>) {
        if scratch.isEmpty { scratch = [UInt8](repeating: 0, count: 64 * 1_024) }
        connections[connection.token] = connection
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
        if role == .work { peers.leaveWorkLoop(number) }
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
        case .adopt(let handover):
            adopt(handover)
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
