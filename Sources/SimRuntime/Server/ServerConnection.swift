import Glibc
import SimCrypto
import SimHTTP

/// One client's connection: bytes to requests to the handler, answers in order to bytes.
/// Confined to its loop's thread.
final class ServerConnection<Handler: RequestHandler>: LoopChannel {
    enum State {
        /// Requests are read and answered.
        case open
        /// No further request; closes when everything is answered and sent.
        case finishing
        /// Our side is shut; what still arrives is dropped, so that the last answer is not lost
        /// to a reset. RFC 9112 §9.6.
        case lingering
        case closed
    }

    /// What the deadline is for.
    enum Wait {
        /// A handler's answer: the deadline is the handler's business.
        case nothing
        case handshake
        case nextRequest
        case request
        case write
        case linger
    }

    /// How long a lingering connection waits for the client to close.
    static var lingerTime: Duration { .seconds(1) }

    let server: ServerLoop<Handler>
    let descriptor: Int32
    let remoteAddress: String
    let tls: TLSConnection?
    /// Number of the quick loop it belongs to.
    let home: Int
    /// Does not move to another loop.
    var staysHere = false
    private(set) var token: EventLoop.Token = 0
    var deadline: MonotonicTime
    var state = State.open
    var parser: HTTPRequestParser
    var replies = ReplyQueue()
    /// An answer that leaves by a plan; those after it wait.
    var delivery: Delivery?
    var nextSequence: UInt64 = 0
    var unsent: [UInt8] = []
    var unsentStart = 0
    var interest: Interest = .read
    /// The client will send no more.
    var isAtEnd = false
    var lingers = false
    /// More requests are buffered than one turn may handle.
    var waitsForTurn = false
    var wait: Wait
    /// The last look of the loop that this connection was asked at.
    var lookCount: UInt32 = 0

    /// A new connection.
    init(
        _ server: ServerLoop<Handler>, _ descriptor: Int32, _ remoteAddress: String,
        _ tls: TLSConnection?
    ) {
        self.server = server
        self.descriptor = descriptor
        self.remoteAddress = remoteAddress
        self.tls = tls
        home = server.number
        parser = HTTPRequestParser(
            limits: server.configuration.limits, remoteAddress: remoteAddress)
        wait = tls == nil ? .nextRequest : .handshake
        deadline =
            server.loop.now
            + (tls == nil
                ? server.configuration.idleTimeout : server.configuration.requestTimeout)
        token = server.loop.register(descriptor, self, interest: .read)
    }

    /// One that was another loop's until now; `begin` comes next.
    init(_ server: ServerLoop<Handler>, _ handover: ConnectionHandover, staysHere: Bool) {
        self.server = server
        self.staysHere = staysHere
        descriptor = handover.descriptor
        remoteAddress = handover.remoteAddress
        tls = handover.tls
        home = handover.home
        parser = HTTPRequestParser(
            limits: server.configuration.limits, remoteAddress: remoteAddress)
        parser.append(handover.input)
        wait = .nextRequest
        deadline = server.loop.now + server.configuration.idleTimeout
        token = server.loop.register(descriptor, self, interest: .read)
    }

    /// Answers the request that brought the connection here, and those behind it.
    func begin(_ handover: ConnectionHandover) {
        if let request = handover.request { handleRequests(first: request) }
        if server.isStopping { closeWhenAnswered() }
        settle()
    }

    func becameReady(_ readiness: Readiness) {
        if readiness.contains(.writable) { flush() }
        if state == .closed { return }
        if readiness.contains(.readable), interest.contains(.read), !waitsForTurn {
            if receive() { return }
        } else if readiness.contains(.closed) {
            close()
        }
        settle()
        moveIfAdvised()
    }

    func resume() {
        guard state != .closed else { return }
        waitsForTurn = false
        handleRequests()
        settle()
    }

    /// A deferred answer has come.
    func answer(_ sequence: UInt64, _ response: HTTPResponse) {
        guard state != .closed else { return }
        replies.answer(sequence, response)
        var output: [UInt8] = []
        appendReadyReplies(to: &output)
        send(output)
        handleRequests()
        settle()
    }

    /// A wait of the plan under way is over.
    func goOn(_ turn: UInt64) {
        guard state != .closed, delivery?.turn == turn else { return }
        delivery?.isWaiting = false
        settle()
    }

    /// The server stops: no request after those received.
    func closeWhenAnswered() {
        if delivery?.isHanging == true { close() }
        guard state == .open else { return }
        let isMidRequest = parser.isMidRequest
        if !isMidRequest, replies.isEmpty, unsentCount == 0, delivery == nil {
            farewell()
            close()
        } else {
            // What is being received is still answered; `persistence` says close then.
            if !isMidRequest { state = .finishing }
            settle()
        }
    }

    /// The deadline has passed.
    func expire() {
        if wait == .request, state == .open {
            var output: [UInt8] = []
            refuse(.requestTimeout, &output)
            send(output)
            settle()
        } else {
            close()
        }
    }

    func close() {
        guard state != .closed else { return }
        state = .closed
        server.loop.unregister(token)
        Glibc.close(descriptor)
        server.closed(token)
    }

    // MARK: After each event

    /// Closes what is done, and says what is waited for and until when.
    func settle() {
        guard state != .closed else { return }
        if delivery != nil { carryOut() }
        guard state != .closed else { return }
        let isDone =
            (state == .finishing || state == .open && isAtEnd)
            && replies.isEmpty && unsentCount == 0 && !waitsForTurn && delivery == nil
        if isDone {
            farewell()
            guard state != .closed else { return }
            if unsentCount == 0 {
                guard lingers, !isAtEnd else {
                    close()
                    return
                }
                shutdown(descriptor, Int32(SHUT_WR))
                state = .lingering
                deadline = server.loop.now + Self.lingerTime
            }
        }
        updateInterest()
        updateDeadline()
    }

    func updateInterest() {
        var wanted: Interest = []
        let wantsMore =
            state == .lingering || state == .open && canHandle || delivery?.isHanging == true
        if !isAtEnd, wantsMore { wanted.insert(.read) }
        if unsentCount > 0 { wanted.insert(.write) }
        guard wanted != interest else { return }
        interest = wanted
        server.loop.update(token, interest: wanted)
    }

    func updateDeadline() {
        let now = server.loop.now
        let before = wait
        wait = currentWait
        switch wait {
        case .nextRequest: deadline = now + server.configuration.idleTimeout
        case _ where before == wait: break
        case .nothing: deadline = .never
        case .request: deadline = now + server.configuration.requestTimeout
        case .write: deadline = now + server.configuration.writeTimeout
        case .handshake, .linger: break
        }
    }

    var currentWait: Wait {
        if state == .lingering { return .linger }
        if unsentCount > 0 { return .write }
        if !replies.isEmpty || waitsForTurn || delivery != nil { return .nothing }
        if parser.isMidRequest { return .request }
        return tls?.isHandshakeComplete ?? true ? .nextRequest : .handshake
    }
}
