import CLinux
import Glibc
import SimCrypto
import SimHTTP

/// One connection to an origin: resolves, connects, shakes hands, then one request at a time.
/// Confined to the client's loop.
final class ClientConnection: LoopChannel {
    private enum State {
        case resolving
        /// The failure is that of an address tried before, `unreachable` when there is none.
        case connecting(remaining: [SocketAddress], firstFailure: ConnectionFailure)
        case handshaking
        case idle
        case waitingForResponse
        case closed
    }

    private let client: ClientLoop
    private let pool: OriginPool
    private var state = State.resolving
    private var descriptor: Int32 = -1
    private var token: EventLoop.Token = 0
    private var tls: TLSConnection?
    private var parser: HTTPResponseParser
    /// The request this connection serves; nil when idle.
    private var call: ClientCall?
    private var mayRetry: Bool
    private var hasServed = false
    private var hasReceived = false
    private var unsent: [UInt8] = []
    private var unsentStart = 0
    private var interest: Interest = []
    private var deadline = MonotonicTime.never
    private var timer: EventLoop.TimerID?
    private var timerDeadline = MonotonicTime.never

    init(_ client: ClientLoop, _ pool: OriginPool, _ call: ClientCall, mayRetry: Bool) {
        self.client = client
        self.pool = pool
        self.call = call
        self.mayRetry = mayRetry
        parser = HTTPResponseParser(limits: client.configuration.limits)
    }

    var isIdle: Bool {
        if case .idle = state { return true }
        return false
    }

    var currentCall: UInt64? { call?.id }

    // MARK: Opening

    func open() {
        guard let call else { return }
        client.makeScratch()
        setDeadline(call.timeouts.connect)
        client.resolve(call.origin.host) { [weak self] addresses in
            guard let self, case .resolving = state else { return }
            guard !addresses.isEmpty else {
                fail(.nameNotResolved(host: pool.key.origin.host))
                return
            }
            connect(addresses[...], lastFailure: .unreachable)
        }
    }

    /// Tries the addresses in turn until one connects or begins to.
    private func connect(_ addresses: ArraySlice<SocketAddress>, lastFailure: ConnectionFailure) {
        var failure = lastFailure
        var rest = addresses
        while let address = rest.popFirst() {
            var storage = address.storage
            sim_set_port(&storage, Int32(pool.key.origin.port))
            let socket = sim_socket(address.family)
            guard socket >= 0 else {
                failure = Self.failure(sim_errno())
                continue
            }
            sim_no_delay(socket)
            let status = sim_connect(socket, &storage, address.length)
            let code = status == 0 ? 0 : sim_errno()
            guard code == 0 || code == EINPROGRESS else {
                Glibc.close(socket)
                if failure == .unreachable { failure = Self.failure(code) }
                continue
            }
            descriptor = socket
            state = .connecting(remaining: Array(rest), firstFailure: failure)
            interest = .write
            token = client.loop.register(socket, self, interest: .write)
            return
        }
        fail(failure)
    }

    private func connected(_ remaining: [SocketAddress], _ firstFailure: ConnectionFailure) {
        let code = sim_socket_error(descriptor)
        guard code == 0 else {
            client.loop.unregister(token)
            Glibc.close(descriptor)
            descriptor = -1
            // `localhost` without IPv6 is refused, not unreachable.
            let found = Self.failure(code)
            connect(
                remaining[...], lastFailure: firstFailure == .unreachable ? found : firstFailure)
            return
        }
        setInterest(.read)
        switch pool.key.origin.scheme {
        case .http: sendRequest()
        case .https: startHandshake()
        }
    }

    private func startHandshake() {
        guard let call else { return }
        state = .handshaking
        setDeadline(call.timeouts.tlsHandshake)
        do throws(CryptoError) {
            let session = try TLSConnection(
                client: client.context(for: call.trust), serverName: call.origin.host,
                verifyingAt: call.verificationTime)
            tls = session
            sendCiphertext()
        } catch {
            fail(.tlsFailed(reason: error.description))
        }
    }

    // MARK: Sending

    /// Sends another request; only for an idle connection.
    func send(_ call: ClientCall, mayRetry: Bool) {
        self.call = call
        self.mayRetry = mayRetry
        sendRequest()
    }

    private func sendRequest() {
        guard let call else { return }
        state = .waitingForResponse
        hasReceived = false
        setDeadline(call.timeouts.response)
        do throws(UnsendableHeader) {
            let bytes = try HTTPSerializer.bytes(
                of: call.request, host: call.origin.hostHeader)
            parser.expect(call.request.method)
            transmit(plaintext: bytes)
        } catch {
            fail(.malformedResponse(reason: "not sent: '\(error.name)' has a forbidden character"))
        }
    }

    private func transmit(plaintext bytes: [UInt8]) {
        guard let tls else {
            transmit(bytes)
            return
        }
        do throws(TLSFailure) {
            try tls.write(bytes)
        } catch {
            fail(Self.failure(error))
            return
        }
        sendCiphertext()
    }

    private func sendCiphertext() {
        guard let tls, tls.hasCiphertext, descriptor >= 0 else { return }
        var ciphertext: [UInt8] = []
        tls.takeCiphertext(into: &ciphertext)
        transmit(ciphertext)
    }

    private func transmit(_ bytes: [UInt8]) {
        if unsentStart < unsent.count {
            unsent.append(contentsOf: bytes)
            return
        }
        // A peer that closed its reading side may have answered before: reading decides.
        let sent = Descriptor.send(descriptor, bytes, from: 0) ?? bytes.count
        guard sent < bytes.count else { return }
        unsent = Array(bytes[sent...])
        unsentStart = 0
        setInterest([.read, .write])
    }

    private func flush() {
        guard unsentStart < unsent.count else { return }
        unsentStart +=
            Descriptor.send(descriptor, unsent, from: unsentStart) ?? (unsent.count - unsentStart)
        guard unsentStart == unsent.count else { return }
        unsent = []
        unsentStart = 0
        setInterest(.read)
    }

    // MARK: Receiving

    func becameReady(_ readiness: Readiness) {
        switch state {
        case .connecting(let remaining, let firstFailure):
            connected(remaining, firstFailure)
        case .handshaking, .idle, .waitingForResponse:
            if readiness.contains(.writable) { flush() }
            // A pending error is reported by the read.
            if readiness.contains(.readable) || readiness.contains(.closed) { receive() }
        case .resolving, .closed:
            break
        }
    }

    func resume() {}

    private func receive() {
        switch Descriptor.receive(descriptor, into: &client.scratch) {
        case .wouldBlock:
            return
        case .failed(let code):
            ended(Self.failure(code))
        case .end:
            ended(nil)
        case .bytes(let count):
            received(count)
        }
    }

    private func received(_ count: Int) {
        if let tls {
            client.scratch.withUnsafeBytes {
                tls.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            readPlaintext(tls)
        } else {
            deliver(client.scratch[..<count], endsThere: false)
        }
    }

    private func readPlaintext(_ tls: TLSConnection) {
        client.plaintext.removeAll(keepingCapacity: true)
        var isClosed = false
        do throws(TLSFailure) {
            reading: while true {
                switch try tls.readPlaintext(into: &client.plaintext) {
                case .progress: continue
                case .needsMore: break reading
                case .closed:
                    isClosed = true
                    break reading
                }
            }
        } catch {
            sendCiphertext()
            fail(Self.failure(error))
            return
        }
        sendCiphertext()
        if case .handshaking = state, tls.isHandshakeComplete { sendRequest() }
        let bytes = client.plaintext
        deliver(bytes[...], endsThere: isClosed)
    }

    private func deliver(_ bytes: ArraySlice<UInt8>, endsThere: Bool) {
        switch state {
        case .waitingForResponse: break
        case .handshaking where !endsThere: return
        case .resolving, .connecting, .closed: return
        case .idle, .handshaking:
            // Bytes nobody asked for, or the peer's goodbye. Session tickets have no plaintext.
            if !bytes.isEmpty || endsThere { ended(nil) }
            return
        }
        if !bytes.isEmpty {
            hasReceived = true
            parser.append(bytes)
        }
        do throws(HTTPProtocolError) {
            if let received = try parser.next() {
                finish(received.response, keepsAlive: received.keepsAlive && !endsThere)
            } else if endsThere {
                ended(nil)
            }
        } catch {
            fail(failure(error))
        }
    }

    /// The peer has closed, or the connection broke with `failure`.
    private func ended(_ failure: ConnectionFailure?) {
        switch state {
        case .resolving, .connecting, .closed: return
        case .idle: close()
        case .handshaking:
            fail(failure ?? .tlsFailed(reason: "the peer closed during the handshake"))
        case .waitingForResponse:
            if !hasReceived {
                lost(failure ?? .reset)
                return
            }
            if let failure {
                fail(failure)
                return
            }
            do throws(HTTPProtocolError) {
                guard let received = try parser.finish() else {
                    fail(.reset)
                    return
                }
                finish(received.response, keepsAlive: false)
            } catch {
                fail(self.failure(error))
            }
        }
    }

    /// No byte of the answer came. A pooled connection that the peer had closed in the meantime
    /// is no verdict about the request. RFC 9112 §9.3.1.
    private func lost(_ failure: ConnectionFailure) {
        guard hasServed, mayRetry, let call, call.isIdempotent else {
            fail(failure)
            return
        }
        self.call = nil
        // First the retry, then the end: an empty pool would be dropped in between.
        pool.retry(call)
        close()
    }

    private func finish(_ response: HTTPResponse, keepsAlive: Bool) {
        guard let call else { return }
        self.call = nil
        hasServed = true
        let wantsClose = call.request.headers["Connection"].map {
            HTTPHeaders.isSame($0, "close")
        }
        if keepsAlive, wantsClose != true, unsentStart == unsent.count, parser.isBetweenResponses {
            state = .idle
            setDeadline(client.configuration.idleTimeout)
            call.completion(.success(response))
            if isIdle { pool.becameIdle(self) }
        } else {
            close()
            call.completion(.success(response))
        }
    }

    // MARK: Ending

    /// Closes and reports `failure` to the request under way.
    func fail(_ failure: ConnectionFailure) {
        let call = call
        self.call = nil
        close()
        call?.completion(.failure(failure))
    }

    private func close() {
        if case .closed = state { return }
        if case .idle = state {
            tls?.shutdown()
            sendCiphertext()
        }
        state = .closed
        if let timer { client.loop.cancel(timer) }
        if descriptor >= 0 {
            client.loop.unregister(token)
            Glibc.close(descriptor)
            descriptor = -1
        }
        pool.closed(self)
    }

    private func setInterest(_ wanted: Interest) {
        guard wanted != interest else { return }
        interest = wanted
        client.loop.update(token, interest: wanted)
    }

    /// One timer per connection: it looks when it fires whether the deadline has moved on.
    private func setDeadline(_ delay: Duration) {
        deadline = MonotonicTime.current + delay
        if timer != nil, timerDeadline <= deadline { return }
        if let timer { client.loop.cancel(timer) }
        startTimer(delay)
    }

    private func startTimer(_ delay: Duration) {
        timerDeadline = deadline
        timer = client.loop.schedule(after: delay) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        timer = nil
        let now = MonotonicTime.current
        guard deadline <= now else {
            startTimer(.nanoseconds(deadline.nanoseconds - now.nanoseconds))
            return
        }
        switch state {
        case .resolving, .connecting: fail(.timedOut(.connect))
        case .handshaking: fail(.timedOut(.tlsHandshake))
        case .waitingForResponse: fail(.timedOut(.response))
        case .idle: close()
        case .closed: break
        }
    }

    // MARK: Failures by name

    private static func failure(_ code: Int32) -> ConnectionFailure {
        switch code {
        case ECONNREFUSED: .refused
        case ETIMEDOUT: .timedOut(.connect)
        case ECONNRESET, EPIPE: .reset
        default: .unreachable
        }
    }

    private static func failure(_ failure: TLSFailure) -> ConnectionFailure {
        switch failure {
        case .untrusted(let code, let reason): .tlsUntrusted(code: code, reason: reason)
        case .failed(let reason): .tlsFailed(reason: reason)
        }
    }

    private func failure(_ error: HTTPProtocolError) -> ConnectionFailure {
        error == .bodyTooLarge
            ? .responseTooLarge(limit: client.configuration.limits.bodyBytes)
            : .malformedResponse(reason: error.reason)
    }
}
