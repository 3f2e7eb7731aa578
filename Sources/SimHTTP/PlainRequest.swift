/// Where the parts of a plain request stand in received bytes: a whole `GET` without a body, whose
/// fields ask nothing special of the connection.
///
/// Who can answer it from these bytes alone spares making a request of them. Whatever is found here
/// with a target of visible ASCII, `HTTPRequestParser` reads too and with the same meaning;
/// everything else is left to it.
package struct PlainRequest: Hashable, Sendable {
    /// Longest head looked at; longer ones are read as ever.
    package static let byteLimit = 2_048
    private static let fieldLimit = 32

    /// Path and query as on the wire. Their characters are not judged: who knows the target does.
    package let target: Range<Int>
    /// The field lines, without the empty one.
    package let fields: Range<Int>
    /// Behind the empty line: where the next request begins.
    package let end: Int
    /// Whether some name begins with `x-`, in either case.
    package let hasExtensions: Bool
    /// Whether there is a `Cookie` field.
    package let hasCookies: Bool
    /// Where the request begins.
    package var start: Int { target.lowerBound - 4 }

    /// The request that begins at `start`; nil where it is not whole or not plain.
    package static func find(in bytes: Span<UInt8>, from start: Int) -> PlainRequest? {
        let limit = min(bytes.count, start + byteLimit)
        guard start + 4 < limit, bytes[start] == UInt8(ascii: "G"),
            bytes[start + 1] == UInt8(ascii: "E"), bytes[start + 2] == UInt8(ascii: "T"),
            bytes[start + 3] == 0x20, bytes[start + 4] == UInt8(ascii: "/")
        else { return nil }
        var index = start + 4
        while index < limit, bytes[index] > 0x20 { index += 1 }
        let target = start + 4..<index
        let version = " HTTP/1.1\r\n".utf8Span.span
        guard has(version, in: bytes, at: index, limit) else { return nil }
        index += version.count
        let first = index
        var hosts = 0
        var hasExtensions = false
        var hasCookies = false
        for _ in 0...fieldLimit {
            guard index + 1 < limit else { return nil }
            if bytes[index] == 13 {
                guard bytes[index + 1] == 10, hosts == 1 else { return nil }
                return PlainRequest(
                    target: target, fields: first..<index, end: index + 2,
                    hasExtensions: hasExtensions, hasCookies: hasCookies)
            }
            guard let line = line(in: bytes, from: index, limit) else { return nil }
            switch kind(of: line.name, in: bytes) {
            case .ordinary:
                if bytes[index] | 0x20 == UInt8(ascii: "x") { hasExtensions = true }
            case .host:
                hosts += 1
                guard HTTPGrammar.isHost(bytes, line.value) else { return nil }
            case .connection:
                guard line.value.count == 10,
                    HTTPHeaders.isName(
                        "keep-alive".utf8Span.span, in: bytes, at: line.value.lowerBound)
                else { return nil }
            case .cookie: hasCookies = true
            case .special: return nil
            }
            index = line.value.upperBound + 2
        }
        return nil
    }

    /// The value of the first field of that name.
    package func value(of name: String, in bytes: Span<UInt8>) -> Range<Int>? {
        let wanted = name.utf8Span.span
        return firstLine(in: bytes) { line in
            line.name.count == wanted.count
                && HTTPHeaders.isName(wanted, in: bytes, at: line.name.lowerBound)
        }?.value
    }

    /// Whether the name of some field begins like that.
    package func hasField(prefix: String, in bytes: Span<UInt8>) -> Bool {
        let wanted = prefix.utf8Span.span
        return firstLine(in: bytes) { line in
            line.name.count >= wanted.count
                && HTTPHeaders.isName(wanted, in: bytes, at: line.name.lowerBound)
        } != nil
    }

    /// Whether a cookie of that name seems to come along: it may also be the end of another's name.
    package func mayHaveCookie(_ name: String, in bytes: Span<UInt8>) -> Bool {
        guard hasCookies else { return false }
        let wanted = name.utf8Span.span
        return firstLine(in: bytes) { line in
            guard Self.kind(of: line.name, in: bytes) == .cookie else { return false }
            var end = line.value.lowerBound + wanted.count
            while end < line.value.upperBound {
                if bytes[end] == UInt8(ascii: "="),
                    Self.has(wanted, in: bytes, at: end - wanted.count, line.value.upperBound)
                {
                    return true
                }
                end += 1
            }
            return false
        } != nil
    }

    // MARK: Lines

    private struct Line {
        let name: Range<Int>
        let value: Range<Int>
    }

    private enum Kind {
        case ordinary, host, connection, cookie
        /// Says something about a body or an interim answer.
        case special
    }

    /// A field line in the one form nearly everybody sends: `Name: value`.
    private static func line(in bytes: Span<UInt8>, from start: Int, _ limit: Int) -> Line? {
        var index = start
        while index < limit, HTTPGrammar.isToken(bytes[index]) { index += 1 }
        let name = start..<index
        guard index > start, index + 2 < limit, bytes[index] == UInt8(ascii: ":"),
            bytes[index + 1] == 0x20
        else { return nil }
        let first = index + 2
        index = first
        while index < limit, HTTPGrammar.isFieldValue(bytes[index]) { index += 1 }
        guard index + 1 < limit, index > first, bytes[index] == 13, bytes[index + 1] == 10,
            bytes[first] > 0x20, bytes[index - 1] > 0x20
        else { return nil }
        return Line(name: name, value: first..<index)
    }

    private static func kind(of name: Range<Int>, in bytes: Span<UInt8>) -> Kind {
        func isSame(_ text: StaticString) -> Bool {
            HTTPHeaders.isName(text.description.utf8Span.span, in: bytes, at: name.lowerBound)
        }
        switch name.count {
        case 4: return isSame("Host") ? .host : .ordinary
        case 6: return isSame("Expect") ? .special : isSame("Cookie") ? .cookie : .ordinary
        case 10: return isSame("Connection") ? .connection : .ordinary
        case 14: return isSame("Content-Length") ? .special : .ordinary
        case 17: return isSame("Transfer-Encoding") ? .special : .ordinary
        default: return .ordinary
        }
    }

    private func firstLine(
        in bytes: Span<UInt8>, where isWanted: (Line) -> Bool
    ) -> Line? {
        var start = fields.lowerBound
        while start < fields.upperBound {
            guard let line = Self.line(in: bytes, from: start, end) else { return nil }
            if isWanted(line) { return line }
            start = line.value.upperBound + 2
        }
        return nil
    }

    private static func has(
        _ text: Span<UInt8>, in bytes: Span<UInt8>, at start: Int, _ limit: Int
    ) -> Bool {
        guard start + text.count <= limit else { return false }
        for index in text.indices where text[index] != bytes[start + index] { return false }
        return true
    }
}
