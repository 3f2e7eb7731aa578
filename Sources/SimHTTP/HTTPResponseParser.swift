/// Turns received bytes into the answers of requests sent one after another on a connection.
///
/// Call `expect` when a request is sent, feed with `append`, ask `next` until it gives nil, and say
/// `finish` when the peer closed: a body without length ends there. RFC 9112 §6.3.
package struct HTTPResponseParser: ~Copyable, Sendable {
    /// An answer and what its framing says about the connection.
    package struct ReceivedResponse: Hashable, Sendable {
        package let response: HTTPResponse
        /// Whether another request may follow on this connection.
        package let keepsAlive: Bool
    }

    private enum Phase: Sendable {
        case statusLine
        case headers
        case body
        case failed(HTTPProtocolError)
    }

    private let limits: HTTPLimits
    private var input = InputBuffer()
    private var phase = Phase.statusLine
    private var method = HTTPMethod.get
    private var status = 0
    private var minorVersion = 1
    private var fields = HeaderFieldReader()
    private var body = BodyReader.empty
    /// Interim answers skipped for the current request; bounded so that a peer cannot send them
    /// without end.
    private var interimCount = 0
    private static let interimLimit = 16

    package init(limits: HTTPLimits = .standard) {
        self.limits = limits
    }

    /// True when nothing of the expected answer has arrived.
    package var isBetweenResponses: Bool {
        if case .statusLine = phase { return input.available == 0 && interimCount == 0 }
        return false
    }

    /// The method decides whether the answer has a body. RFC 9110 §9.3.2.
    package mutating func expect(_ method: HTTPMethod) {
        self.method = method
    }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        input.append(bytes)
    }

    package mutating func append(_ bytes: [UInt8]) {
        input.append(bytes[...])
    }

    /// The next complete answer; nil when more bytes are needed.
    package mutating func next() throws(HTTPProtocolError) -> ReceivedResponse? {
        do throws(HTTPProtocolError) {
            return try advance()
        } catch {
            phase = .failed(error)
            throw error
        }
    }

    /// The peer closed: completes a close-delimited body; nil when nothing was under way.
    package mutating func finish() throws(HTTPProtocolError) -> ReceivedResponse? {
        switch phase {
        case .failed(let error): throw error
        case .statusLine where input.available == 0 && interimCount == 0: return nil
        case .body where body.endsAtClose: return complete(keepsAlive: false)
        case .statusLine, .headers, .body: throw .unexpectedEnd
        }
    }

    private mutating func advance() throws(HTTPProtocolError) -> ReceivedResponse? {
        while true {
            switch phase {
            case .failed(let error):
                throw error
            case .statusLine:
                guard try readStatusLine() else { return nil }
                phase = .headers
            case .headers:
                guard try fields.read(from: &input, limits: limits) else { return nil }
                // RFC 9110 §15.2: interim answers precede the answer. 101 would end HTTP.
                if status >= 100, status < 200 {
                    interimCount += 1
                    guard status != 101, interimCount <= Self.interimLimit else {
                        throw .malformedStatusLine
                    }
                    fields = HeaderFieldReader()
                    phase = .statusLine
                    continue
                }
                try prepareBody()
                phase = .body
            case .body:
                guard try body.read(from: &input, limits: limits) else { return nil }
                let persists = minorVersion >= 1 || fields.keepsAlive
                return complete(keepsAlive: persists && !fields.closes)
            }
        }
    }

    /// `HTTP/1.1 200 OK`; the reason, and the space before it, may be missing. RFC 9112 §4.
    private mutating func readStatusLine() throws(HTTPProtocolError) -> Bool {
        let found = try input.takeLine(limit: limits.startLineBytes, tooLong: .startLineTooLong)
        guard let found else {
            // A peer that speaks something else is recognised by its first byte.
            guard input.firstByte == nil || input.firstByte == UInt8(ascii: "H") else {
                throw .malformedStatusLine
            }
            return false
        }
        let line = input.bytes[found]
        let start = found.lowerBound
        guard line.count >= 12, line.prefix(7).elementsEqual("HTTP/1.".utf8),
            HTTPGrammar.isDigit(line[start + 7]), line[start + 8] == 0x20,
            line[start + 9...start + 11].allSatisfy(HTTPGrammar.isDigit),
            line.count == 12 || line[start + 12] == 0x20
        else { throw .malformedStatusLine }
        minorVersion = line[start + 7] == UInt8(ascii: "0") ? 0 : 1
        status = line[start + 9...start + 11].reduce(0) { $0 * 10 + Int($1 - 48) }
        guard status >= 100 else { throw .malformedStatusLine }
        return true
    }

    private mutating func prepareBody() throws(HTTPProtocolError) {
        if method == .head || status == 204 || status == 304 {
            body = .empty
        } else if try fields.isChunked(minorVersion: minorVersion) {
            body = .chunked
        } else if let length = fields.contentLength {
            guard length <= limits.bodyBytes else { throw .bodyTooLarge }
            body = .counted(length)
        } else {
            body = .untilClose
        }
    }

    private mutating func complete(keepsAlive: Bool) -> ReceivedResponse {
        let received = ReceivedResponse(
            response: HTTPResponse(status: status, headers: fields.headers, body: body.body),
            keepsAlive: keepsAlive)
        phase = .statusLine
        fields = HeaderFieldReader()
        body = .empty
        interimCount = 0
        input.release()
        return received
    }
}
