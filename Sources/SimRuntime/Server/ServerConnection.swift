import Glibc
import SimCrypto
import SimHTTP

/// One client's connection: bytes to requests to the handler, answers in order to bytes.
/// Confined to its loop's thread.
final class ServerConnection<Handler: RequestHandler>: LoopChannel {
    private enum State {
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
    private enum Wait {
        /// A handler's answer: the deadline is the handler's business.
        case nothing
        case handshake
        case nextRequest
        case request
        case write
        case linger
    }

    /// How long a lingering connection waits for the client to close.
    private static var lingerTime: Duration { .seconds(1) }

    private let server: ServerLoop<Handler>
    private let descriptor: Int32
    private let remoteAddress: String
    private let tls: TLSConnection?
    /// Number of the quick loop that accepted it.
    private let home: Int
    /// Does not move to another loop.
    private var staysHere = false
    private(set) var token: EventLoop.Token = 0
    private(set) var deadline: MonotonicTime
    private var state = State.open
    private var parser: HTTPRequestParser
    private var replies = ReplyQueue()
    /// An answer that leaves by a plan; those after it wait.
    private var delivery: Delivery?
    private var nextSequence: UInt64 = 0
    private var unsent: [UInt8] = []
    private var unsentStart = 0
    private var interest: Interest = .read
    /// The client will send no more.
    private var isAtEnd = false
    private var lingers = false
    /// More requests are buffered than one turn may handle.
    private var waitsForTurn = false
    private var wait: Wait

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
        handleRequests(first: handover.request)
        if server.isStopping { closeWhenAnswered() }
        settle()
    }

    func becameReady(_ readiness: Readiness) {
        if readiness.contains(.writable) { flush() }
        if state == .closed { return }
        if readiness.contains(.readable), interest.contains(.read), !waitsForTurn {
            receive()
        } else if readiness.contains(.closed) {
            close()
        }
        settle()
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

    // MARK: Receiving

    private func receive() {
        switch Descriptor.receive(descriptor, into: &server.scratch) {
        case .wouldBlock: return
        case .failed: close()
        case .end:
            // A client may shut its side and still wait for the answers.
            isAtEnd = true
            if state == .lingering { close() }
        case .bytes(let count):
            guard state == .open else { return }
            if let tls {
                receive(tls, count)
            } else {
                let answered = answerPlain(server.scratch, count)
                if answered < count { parser.append(server.scratch[answered..<count]) }
            }
            handleRequests()
        }
    }

    private func receive(_ tls: TLSConnection, _ count: Int) {
        server.scratch.withUnsafeBytes {
            tls.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        server.plaintext.removeAll(keepingCapacity: true)
        do throws(TLSFailure) {
            reading: while true {
                switch try tls.readPlaintext(into: &server.plaintext) {
                case .progress: continue
                case .needsMore: break reading
                case .closed:
                    isAtEnd = true
                    break reading
                }
            }
        } catch {
            // The alert, where there is one, still goes out.
            sendCiphertext()
            close()
            return
        }
        sendCiphertext()
        guard !server.plaintext.isEmpty else { return }
        let answered = answerPlain(server.plaintext, server.plaintext.count)
        parser.append(server.plaintext[answered...])
    }

    /// Answers the plain requests at the beginning of what was received; how many bytes those are.
    private func answerPlain(_ bytes: [UInt8], _ count: Int) -> Int {
        guard canHandle, server.role == .quick, !server.isStopping, replies.isEmpty,
            unsentCount == 0, !parser.isMidRequest
        else { return 0 }
        let received = bytes.span.extracting(..<count)
        var output = server.output
        server.output = []
        var answered = 0
        var share = server.configuration.requestsPerTurn
        while share > 0, output.count <= server.configuration.outputByteLimit,
            let request = PlainRequest.find(in: received, from: answered),
            server.handler.answer(
                request, in: received, from: remoteAddress, loop: server.number, into: &output)
        {
            answered = request.end
            share -= 1
        }
        sendAndKeep(&output)
        return answered
    }

    // MARK: Answering

    private var canHandle: Bool {
        state == .open && delivery == nil
            && replies.count < server.configuration.pipelineDepth
            && unsentCount <= server.configuration.outputByteLimit
    }

    /// Handles what is buffered, up to the turn's share, and sends the answers in one go.
    ///
    /// - Parameter first: a request that was read before those buffered.
    private func handleRequests(first: HTTPRequestParser.ReceivedRequest? = nil) {
        guard first != nil || canHandle && parser.isMidRequest else { return }
        var output = server.output
        server.output = []
        // Those who wait for a signature take turns.
        var share = server.role == .work ? 1 : server.configuration.requestsPerTurn
        var moving: HTTPRequestParser.ReceivedRequest?
        if let first {
            handle(first, &output)
            share -= 1
        }
        do throws(HTTPProtocolError) {
            handling: while canHandle, output.count <= server.configuration.outputByteLimit {
                guard share > 0 else {
                    if parser.isMidRequest { waitForTurn() }
                    break
                }
                switch try parser.next() {
                case .needsMoreBytes: break handling
                case .continueExpected:
                    if replies.isEmpty { output.append(contentsOf: HTTPSerializer.continueLine) }
                case .request(let received) where belongsElsewhere(received.request):
                    moving = received
                    break handling
                case .request(let received):
                    handle(received, &output)
                    share -= 1
                }
            }
        } catch {
            refuse(error, &output)
        }
        let wasCut = output.count > server.configuration.outputByteLimit
        sendAndKeep(&output)
        if let moving { return move(with: moving) }
        // The requests behind a large answer must not lie: no further byte may come to wake them.
        if wasCut, canHandle { waitForTurn() }
    }

    /// Sends what one call has written, and gives the buffer back to the loop.
    private func sendAndKeep(_ output: inout [UInt8]) {
        send(output)
        output.removeAll(keepingCapacity: output.capacity <= 1 << 20)
        server.output = output
        output = []
    }

    // MARK: Moving

    /// Whether a request is one for the loops of the other role, and nothing keeps the connection:
    /// no answer under way, no plan carried out, no end of either side.
    private func belongsElsewhere(_ request: HTTPRequest) -> Bool {
        guard !staysHere, !isAtEnd, !server.isStopping, replies.isEmpty, unsentCount == 0 else {
            return false
        }
        let isCostly = server.handler.isCostly(request)
        switch server.role {
        case .quick: return isCostly
        case .work: return !isCostly
        }
    }

    /// Leaves this loop for one of the other role, with a request not yet handled. What was
    /// answered before has been sent, or lies unsent and keeps the connection here.
    private func move(with request: HTTPRequestParser.ReceivedRequest) {
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

    /// Goes on handling in the next turn, after the connections that are ready then.
    private func waitForTurn() {
        if waitsForTurn { return }
        waitsForTurn = true
        server.loop.resumeNextTurn(token)
    }

    private func handle(
        _ received: HTTPRequestParser.ReceivedRequest, _ output: inout [UInt8]
    ) {
        let form = ReplyQueue.Form(
            keepsAlive: received.keepsAlive, isHTTP10: received.minorVersion == 0,
            isHead: received.request.method == .head)
        let sequence = nextSequence
        nextSequence += 1
        let reply = ServerReply(mailbox: server.mailbox, connection: token, sequence: sequence)
        let response = server.handler.handle(received.request, reply: reply)
        if let response, replies.isEmpty, response.delivery.isEmpty {
            append(response, form, to: &output)
        } else {
            replies.append(sequence, form, response)
            appendReadyReplies(to: &output)
        }
        // A client that asked to close gets no further request read.
        if !received.keepsAlive, state == .open { state = .finishing }
    }

    private func refuse(_ error: HTTPProtocolError, _ output: inout [UInt8]) {
        let response = HTTPResponse(
            status: error.status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array("\(error.reason)\n".utf8))
        state = .finishing
        lingers = true
        replies.append(
            nextSequence, .init(keepsAlive: false, isHTTP10: false, isHead: false), response)
        nextSequence += 1
        appendReadyReplies(to: &output)
    }

    private func appendReadyReplies(to output: inout [UInt8]) {
        while delivery == nil, let (response, form) = replies.popReady() {
            if response.delivery.isEmpty {
                append(response, form, to: &output)
            } else {
                plan(response, form)
            }
        }
    }

    private func append(
        _ response: HTTPResponse, _ form: ReplyQueue.Form, to output: inout [UInt8]
    ) {
        var closes = !form.keepsAlive || server.isStopping
        if let connection = response.headers["Connection"],
            HTTPHeaders.isSame(connection, "close")
        {
            closes = true
        }
        let persistence: HTTPSerializer.Persistence =
            closes ? .close : form.isHTTP10 ? .keepAlive : .implied
        let start = output.count
        do throws(UnsendableHeader) {
            try HTTPSerializer.append(
                response, to: &output, date: server.date(), persistence: persistence,
                isHead: form.isHead)
        } catch {
            output.removeSubrange(start...)
            let text = "the answer's header field '\(error.name)' cannot be sent\n"
            let failure = HTTPResponse(status: 500, body: Array(text.utf8))
            // The replacement has no field of its own.
            try? HTTPSerializer.append(
                failure, to: &output, date: server.date(), persistence: persistence,
                isHead: form.isHead)
        }
        if closes {
            // Requests pipelined after this one are not answered. RFC 9112 §9.6.
            state = .finishing
            lingers = lingers || parser.isMidRequest
            replies.removeAll()
        }
    }

    // MARK: Delivering by a plan

    private func plan(_ response: HTTPResponse, _ form: ReplyQueue.Form) {
        // Timers of the loop may refer to this connection from now on.
        staysHere = true
        var bytes: [UInt8] = []
        append(response, form, to: &bytes)
        delivery = Delivery(of: response, as: bytes, isHead: form.isHead)
    }

    /// Carries out the plan's steps up to the next wait.
    private func deliver() {
        while let step = delivery?.next(), state != .closed {
            switch step {
            case .send(let bytes): send(bytes)
            case .wait(let time, let turn):
                server.loop.schedule(after: time) { [weak self] in self?.goOn(turn) }
            case .reset: reset()
            case .hang:
                // A client that gives up is noticed: what it still sends is read and dropped.
                state = .finishing
                server.loop.schedule(after: DeliveryPlan.hangLimit) { [weak self] in
                    self?.close()
                }
            case .close:
                state = .finishing
                delivery = nil
            case .finished: delivery = nil
            }
        }
    }

    /// Goes on with the plan; when it is through, with the answers and requests after it.
    private func carryOut() {
        while delivery != nil, state != .closed {
            if delivery?.isHanging == true {
                if isAtEnd { close() }
                return
            }
            if delivery?.isWaiting == true { return }
            deliver()
            guard delivery == nil, state != .closed else { continue }
            var output: [UInt8] = []
            appendReadyReplies(to: &output)
            send(output)
            handleRequests()
        }
    }

    private func reset() {
        guard state != .closed else { return }
        Descriptor.resetOnClose(descriptor)
        close()
    }

    // MARK: Sending

    private var unsentCount: Int { unsent.count - unsentStart }

    private func send(_ output: [UInt8]) {
        guard !output.isEmpty, state != .closed else { return }
        guard let tls else {
            transmit(output)
            return
        }
        do throws(TLSFailure) {
            try tls.write(output)
        } catch {
            close()
            return
        }
        sendCiphertext()
    }

    private func sendCiphertext() {
        guard let tls, tls.hasCiphertext, state != .closed else { return }
        let keeps = server.ciphertext.capacity <= 1 << 20
        server.ciphertext.removeAll(keepingCapacity: keeps)
        tls.takeCiphertext(into: &server.ciphertext)
        transmit(server.ciphertext)
    }

    private func transmit(_ bytes: [UInt8]) {
        guard unsentCount == 0 else {
            unsent.append(contentsOf: bytes)
            return
        }
        guard let sent = Descriptor.send(descriptor, bytes, from: 0) else {
            close()
            return
        }
        if sent < bytes.count {
            unsent = Array(bytes[sent...])
            unsentStart = 0
        }
    }

    private func flush() {
        guard unsentCount > 0 else { return }
        guard let sent = Descriptor.send(descriptor, unsent, from: unsentStart) else {
            close()
            return
        }
        unsentStart += sent
        if sent > 0 { deadline = server.loop.now + server.configuration.writeTimeout }
        if unsentCount == 0 {
            unsent = []
            unsentStart = 0
            handleRequests()
        }
    }

    private func farewell() {
        tls?.shutdown()
        sendCiphertext()
    }

    // MARK: After each event

    /// Closes what is done, and says what is waited for and until when.
    private func settle() {
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

    private func updateInterest() {
        var wanted: Interest = []
        let wantsMore =
            state == .lingering || state == .open && canHandle || delivery?.isHanging == true
        if !isAtEnd, wantsMore { wanted.insert(.read) }
        if unsentCount > 0 { wanted.insert(.write) }
        guard wanted != interest else { return }
        interest = wanted
        server.loop.update(token, interest: wanted)
    }

    private func updateDeadline() {
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

    private var currentWait: Wait {
        if state == .lingering { return .linger }
        if unsentCount > 0 { return .write }
        if !replies.isEmpty || waitsForTurn || delivery != nil { return .nothing }
        if parser.isMidRequest { return .request }
        return tls?.isHandshakeComplete ?? true ? .nextRequest : .handshake
    }
}
