/// A header field that would break the message: its name is no token, or its value has a control
/// character. Refused rather than repaired; bad bytes on purpose go another way.
package struct UnsendableHeader: Error, Hashable, Sendable {
    package let name: String
}

/// Writes messages: head and body in one buffer, header fields in the order given.
package enum HTTPSerializer {
    /// What the `Connection` field of an answer says.
    package enum Persistence: Sendable {
        /// Nothing is said: HTTP/1.1 stays open.
        case implied
        /// `keep-alive`, which an HTTP/1.0 client waits for.
        case keepAlive
        case close
    }

    /// Appends an answer: status line, `Date`, the response's fields, `Content-Length`,
    /// `Connection`, body. A field the response brings itself is not written a second time.
    ///
    /// - Parameter date: the text of the `Date` field; nil writes none.
    /// - Throws: before anything is written.
    /// - Parameter isHead: the body is counted and left out. RFC 9110 §9.3.2.
    package static func append(
        _ response: HTTPResponse, to out: inout [UInt8], date: [UInt8]?,
        persistence: Persistence = .implied, isHead: Bool = false
    ) throws(UnsendableHeader) {
        if let name = response.headers.unsendable { throw UnsendableHeader(name: name) }
        let own = response.headers.own
        appendStatusLine(response.status, to: &out)
        if let date, !own.contains(.date) {
            out.append(contentsOf: "Date: ".utf8)
            out.append(contentsOf: date)
            appendLineEnd(to: &out)
        }
        out.append(contentsOf: response.headers.lines)
        // RFC 9110 §8.6: no length in 1xx and 204; a 304 has no content of its own.
        let hasBody = response.status >= 200 && response.status != 204 && response.status != 304
        if hasBody, !own.contains(.contentLength) { appendLength(response.body.count, to: &out) }
        if !own.contains(.connection) {
            switch persistence {
            case .implied: break
            case .keepAlive: out.append(contentsOf: "Connection: keep-alive\r\n".utf8)
            case .close: out.append(contentsOf: "Connection: close\r\n".utf8)
            }
        }
        appendLineEnd(to: &out)
        if hasBody, !isHead { out.append(contentsOf: response.body) }
    }

    /// A request as one segment: `Host` first unless given, the fields, `Content-Length` last.
    /// The length is written when there is a body, or when the method means to have one.
    package static func bytes(
        of request: HTTPRequest, host: String
    ) throws(UnsendableHeader) -> [UInt8] {
        if let name = request.headers.unsendable { throw UnsendableHeader(name: name) }
        let own = request.headers.own
        guard !request.method.rawValue.isEmpty,
            request.method.rawValue.utf8.allSatisfy(HTTPGrammar.isToken),
            !request.target.isEmpty, request.target.utf8.allSatisfy(HTTPGrammar.isTarget)
        else { throw UnsendableHeader(name: "\(request.method.rawValue) \(request.target)") }
        var out: [UInt8] = []
        out.reserveCapacity(
            128 + request.target.utf8.count + request.headers.lines.count + request.body.count)
        out.append(contentsOf: request.method.rawValue.utf8)
        out.append(0x20)
        out.append(contentsOf: request.target.utf8)
        out.append(contentsOf: " HTTP/1.1\r\n".utf8)
        if !own.contains(.host) {
            let field: HTTPHeaders = ["Host": host]
            if let name = field.unsendable { throw UnsendableHeader(name: name) }
            out.append(contentsOf: field.lines)
        }
        out.append(contentsOf: request.headers.lines)
        let meansBody =
            request.method == .post || request.method == .put || request.method == .patch
        if !own.contains(.contentLength), meansBody || !request.body.isEmpty {
            appendLength(request.body.count, to: &out)
        }
        appendLineEnd(to: &out)
        out.append(contentsOf: request.body)
        return out
    }

    /// `HTTP/1.1 100 Continue`, the whole message.
    package static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private static func appendStatusLine(_ status: Int, to out: inout [UInt8]) {
        if status == 200 {
            out.append(contentsOf: "HTTP/1.1 200 OK\r\n".utf8)
            return
        }
        out.append(contentsOf: "HTTP/1.1 ".utf8)
        appendNumber(status, to: &out)
        out.append(0x20)
        out.append(contentsOf: HTTPStatus.reason(status).utf8)
        appendLineEnd(to: &out)
    }

    private static func appendLength(_ length: Int, to out: inout [UInt8]) {
        out.append(contentsOf: "Content-Length: ".utf8)
        appendNumber(length, to: &out)
        appendLineEnd(to: &out)
    }

    private static func appendLineEnd(to out: inout [UInt8]) {
        out.append(13)
        out.append(10)
    }

    private static func appendNumber(_ number: Int, to out: inout [UInt8]) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            out.append(UInt8(truncatingIfNeeded: 48 + number / divisor % 10))
            divisor /= 10
        }
    }
}
