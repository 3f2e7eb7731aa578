/// Reads the field lines of one header section, and remembers what decides about the body.
struct HeaderFieldReader: Sendable {
    private var fields: [HTTPHeaders.Field] = []
    private(set) var contentLength: Int?
    private(set) var hostCount = 0
    private(set) var closes = false
    private(set) var keepsAlive = false
    /// The transfer codings in order, lower case; empty without the field.
    private(set) var transferCodings: [String] = []
    private(set) var expectation: String?
    private var sectionBytes = 0

    var headers: HTTPHeaders { HTTPHeaders(fields) }

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
            guard fields.count < limits.headerFieldCount else {
                throw .tooManyHeaderFields
            }
            let (name, value) = try Self.split(input.bytes.span, line)
            try note(input.text(name), input.text(value))
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

    private mutating func note(_ name: String, _ value: String) throws(HTTPProtocolError) {
        if fields.isEmpty { fields.reserveCapacity(8) }
        fields.append(HTTPHeaders.Field(name, value))
        switch name.utf8.count {
        case 4 where HTTPHeaders.isSame(name, "Host"):
            hostCount += 1
            guard hostCount == 1 else { throw .duplicateHost }
            guard HTTPGrammar.isHost(value) else { throw .invalidHost }
        case 6 where HTTPHeaders.isSame(name, "Expect"):
            expectation = value
        case 10 where HTTPHeaders.isSame(name, "Connection"):
            for option in HTTPGrammar.listElements(value) {
                if option == "close" { closes = true }
                if option == "keep-alive" { keepsAlive = true }
            }
        case 14 where HTTPHeaders.isSame(name, "Content-Length"):
            // RFC 9112 §6.3: an invalid or differing repeated length is unrecoverable.
            guard let length = HTTPGrammar.contentLength(value) else { throw .invalidContentLength }
            guard contentLength == nil || contentLength == length else {
                throw .conflictingContentLengths
            }
            contentLength = length
        case 17 where HTTPHeaders.isSame(name, "Transfer-Encoding"):
            transferCodings += HTTPGrammar.listElements(value)
            if transferCodings.isEmpty { throw .unsupportedTransferCoding }
        default:
            break
        }
    }

    mutating func replaceHost(_ host: String) {
        if let index = fields.firstIndex(where: { HTTPHeaders.isSame($0.name, "Host") }) {
            fields[index] = HTTPHeaders.Field(fields[index].name, host)
        } else {
            fields.append(HTTPHeaders.Field("Host", host))
        }
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
