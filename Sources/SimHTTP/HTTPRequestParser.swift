/// Turns received bytes into requests: keep-alive, pipelining, counted and chunked bodies.
///
/// Feed with `append`, then call `next` until it wants more bytes. After an error the parser stays
/// failed: the connection answers with the error's status and closes. RFC 9112.
///
/// Not copyable: a parser belongs to one connection, and a hidden copy per request costs a tenth of
/// the server's throughput.
package struct HTTPRequestParser: ~Copyable, Sendable {
    package enum Event: Hashable, Sendable {
        case needsMoreBytes
        /// The client waits for `100 Continue` before it sends the body. RFC 9110 §10.1.1.
        case continueExpected
        case request(ReceivedRequest)
    }

    /// A request and what its framing says about the connection.
    package struct ReceivedRequest: Hashable, Sendable {
        package let request: HTTPRequest
        /// Whether the connection stays open after the answer. RFC 9112 §9.3.
        package let keepsAlive: Bool
        /// 0 or 1.
        package let minorVersion: Int
    }

    private enum Phase: Sendable {
        case requestLine
        case headers
        case body
        case failed(HTTPProtocolError)
    }

    private let limits: HTTPLimits
    private var input = InputBuffer()
    private var phase = Phase.requestLine
    /// One empty line before a request line is ignored, also when it comes alone. RFC 9112 §2.2.
    private var hasSkippedEmptyLine = false
    private var line = RequestLine()
    private var fields = HeaderFieldReader()
    private var body = BodyReader.empty

    private let remoteAddress: String

    /// - Parameter remoteAddress: given to every request read here.
    package init(limits: HTTPLimits = .standard, remoteAddress: String = "") {
        self.limits = limits
        self.remoteAddress = remoteAddress
    }

    /// True from the first byte of a request to its last.
    package var isMidRequest: Bool {
        if case .requestLine = phase { return input.available > 0 }
        if case .failed = phase { return false }
        return true
    }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        if case .failed = phase { return }
        input.append(bytes)
    }

    package mutating func append(_ bytes: [UInt8]) {
        append(bytes[...])
    }

    /// What has arrived behind the last request, for another parser to go on with; this one is
    /// then as new.
    package mutating func takeRest() -> [UInt8] {
        Array(input.take(input.available))
    }

    package mutating func next() throws(HTTPProtocolError) -> Event {
        do throws(HTTPProtocolError) {
            return try advance()
        } catch {
            phase = .failed(error)
            throw error
        }
    }

    private mutating func advance() throws(HTTPProtocolError) -> Event {
        switch phase {
        case .failed(let error):
            throw error
        case .requestLine:
            guard try readRequestLine() else { return .needsMoreBytes }
            phase = .headers
            return try advance()
        case .headers:
            guard try fields.read(from: &input, limits: limits) else { return .needsMoreBytes }
            try prepareBody()
            phase = .body
            let isComplete = try body.read(from: &input, limits: limits)
            if isComplete { return .request(finish()) }
            return mustContinue ? .continueExpected : .needsMoreBytes
        case .body:
            guard try body.read(from: &input, limits: limits) else { return .needsMoreBytes }
            return .request(finish())
        }
    }

    private mutating func readRequestLine() throws(HTTPProtocolError) -> Bool {
        while true {
            guard let first = input.firstByte else { return false }
            // Said at once, so that a TLS hello on a plain port does not wait for a line end.
            guard first == 13 || HTTPGrammar.isToken(first) else { throw .malformedRequestLine }
            let found = try input.takeLine(
                limit: limits.startLineBytes, tooLong: .startLineTooLong)
            guard let found else { return false }
            if !found.isEmpty {
                line = try RequestLine(input, found)
                hasSkippedEmptyLine = false
                return true
            }
            guard !hasSkippedEmptyLine else { throw .malformedRequestLine }
            hasSkippedEmptyLine = true
        }
    }

    /// Checks what the head says about host, expectation and body. RFC 9112 §3.2, §6.3.
    private mutating func prepareBody() throws(HTTPProtocolError) {
        guard line.minorVersion == 0 || fields.hostCount == 1 else { throw .missingHost }
        // RFC 9112 §3.2.2: the authority of an absolute target replaces Host.
        if let authority = line.authority { fields.replaceHost(authority) }
        if try fields.isChunked(minorVersion: line.minorVersion) {
            body = .chunked
        } else if let length = fields.contentLength {
            guard length <= limits.bodyBytes else { throw .bodyTooLarge }
            body = .counted(length)
        } else {
            body = .empty
        }
        if let expectation = fields.expectation, line.minorVersion >= 1,
            !HTTPHeaders.isSame(expectation, "100-continue")
        {
            throw .unknownExpectation
        }
    }

    private var mustContinue: Bool {
        fields.expectation != nil && line.minorVersion >= 1
    }

    private mutating func finish() -> ReceivedRequest {
        let keepsAlive = line.minorVersion >= 1 ? !fields.closes : fields.keepsAlive
        let received = ReceivedRequest(
            request: HTTPRequest(
                method: line.method, target: line.target, headers: fields.headers, body: body.body,
                remoteAddress: remoteAddress),
            keepsAlive: keepsAlive && !fields.closes, minorVersion: line.minorVersion)
        phase = .requestLine
        fields = HeaderFieldReader()
        body = .empty
        input.release()
        return received
    }
}
