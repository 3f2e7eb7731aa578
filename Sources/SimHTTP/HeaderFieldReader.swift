/// Reads the field lines of one header section, and remembers what decides about the body.
struct HeaderFieldReader: Sendable {
    private(set) var headers = HTTPHeaders()
    private var count = 0
    private(set) var contentLength: Int?
    private(set) var hostCount = 0
    private(set) var closes = false
    private(set) var keepsAlive = false
    /// The transfer codings in order, lower case; empty without the field.
    private(set) var transferCodings: [String] = []
    private(set) var expectation: String?
    private var sectionBytes = 0

    /// Reads lines up to and including the empty one; false when more bytes are needed.
    mutating func read(
        from input: inout InputBuffer, limits: HTTPLimits
    ) throws(HTTPProtocolError) -> Bool {
        while let line = try input.takeLine(
            limit: limits.headerFieldBytes, tooLong: .headerFieldTooLong)
        {
            if line.isEmpty { return true }
            sectionBytes += line.count + 2
            guard sectionBytes <= limits.headerSectionBytes else { throw .headerSectionTooLarge }
            guard count < limits.headerFieldCount else { throw .tooManyHeaderFields }
            let (name, value) = try Self.split(input.bytes.span, line)
            if count == 0 { headers.reserve(bytes: input.bytes.count - line.lowerBound) }
            count += 1
            headers.append(received: input.bytes, name: name, value: value)
            try note(input, name, value)
        }
        return false
    }

    /// The ranges of name and value of a field line. RFC 9112 §5.
    private static func split(
        _ bytes: Span<UInt8>, _ line: Range<Int>
    ) throws(HTTPProtocolError) -> (name: Range<Int>, value: Range<Int>) {
        // RFC 9112 §5.2: obs-fold in a request is refused.
        let first = bytes[line.lowerBound]
        guard first != 0x20, first != 0x09 else { throw .foldedHeaderField }
        var colon = line.lowerBound
        while colon < line.upperBound, HTTPGrammar.isToken(bytes[colon]) { colon += 1 }
        guard colon < line.upperBound, colon > line.lowerBound else { throw .malformedHeaderField }
        guard bytes[colon] == UInt8(ascii: ":") else {
            // RFC 9112 §5.1: no white space between name and colon.
            let isSpace = bytes[colon] == 0x20 || bytes[colon] == 0x09
            throw isSpace ? .whitespaceBeforeColon : .malformedHeaderField
        }
        var start = colon + 1
        var end = line.upperBound
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        var index = start
        while index < end {
            // RFC 9110 §5.5: CR, LF and NUL in a value are refused, and so is any control.
            guard HTTPGrammar.isFieldValue(bytes[index]) else { throw .invalidHeaderValue }
            index += 1
        }
        return (line.lowerBound..<colon, start..<end)
    }

    private mutating func note(
        _ input: borrowing InputBuffer, _ name: Range<Int>, _ value: Range<Int>
    ) throws(HTTPProtocolError) {
        func isNamed(_ wanted: String) -> Bool {
            HTTPHeaders.isName(wanted.utf8Span.span, in: input.bytes.span, at: name.lowerBound)
        }
        switch name.count {
        case 4 where isNamed("Host"):
            hostCount += 1
            guard hostCount == 1 else { throw .duplicateHost }
            guard HTTPGrammar.isHost(input.bytes.span, value) else { throw .invalidHost }
        case 6 where isNamed("Expect"):
            expectation = input.text(value)
        case 10 where isNamed("Connection"):
            for option in HTTPGrammar.listElements(input.text(value)) {
                if option == "close" { closes = true }
                if option == "keep-alive" { keepsAlive = true }
            }
        case 14 where isNamed("Content-Length"):
            // RFC 9112 §6.3: an invalid or differing repeated length is unrecoverable.
            guard let length = HTTPGrammar.contentLength(input.text(value)) else {
                throw .invalidContentLength
            }
            guard contentLength == nil || contentLength == length else {
                throw .conflictingContentLengths
            }
            contentLength = length
        case 17 where isNamed("Transfer-Encoding"):
            transferCodings += HTTPGrammar.listElements(input.text(value))
            if transferCodings.isEmpty { throw .unsupportedTransferCoding }
        default:
            break
        }
    }

    mutating func replaceHost(_ host: String) {
        headers.replaceFirst("Host", host)
    }

    /// True when the body comes in chunks. RFC 9112 §6.1, §6.3.
    func isChunked(minorVersion: Int) throws(HTTPProtocolError) -> Bool {
        guard let last = transferCodings.last else { return false }
        guard minorVersion >= 1 else { throw .transferEncodingInHTTP10 }
        guard contentLength == nil else { throw .contentLengthWithTransferEncoding }
        if transferCodings == ["chunked"] { return true }
        guard transferCodings.filter({ $0 == "chunked" }).count <= 1,
            !transferCodings.contains("chunked") || last == "chunked"
        else { throw .transferEncodingNotChunkedLast }
        throw .unsupportedTransferCoding
    }
}
