/// The parts of a request line. RFC 9112 §3.
struct RequestLine: Sendable {
    private(set) var method = HTTPMethod.get
    /// Origin form (or `*`), as on the wire.
    private(set) var target = "/"
    /// The authority of an absolute-form target; nil for the other forms.
    private(set) var authority: String?
    private(set) var minorVersion = 1

    init() {}

    init(_ input: InputBuffer, _ line: Range<Int>) throws(HTTPProtocolError) {
        let parts = try Self.split(input.bytes.span, line)
        minorVersion = try Self.minorVersion(input.bytes.span, parts.version)
        method = Self.method(input, parts.method)
        // CONNECT asks for a tunnel, the one thing no origin server has. RFC 9110 §9.3.6.
        guard method.rawValue != "CONNECT" else { throw .unsupportedMethod }
        try read(target: input.text(parts.target))
    }

    /// The commonest one is not made into a text.
    private static func method(_ input: borrowing InputBuffer, _ range: Range<Int>) -> HTTPMethod {
        let bytes = input.bytes.span
        let isGet =
            range.count == 3 && bytes[range.lowerBound] == UInt8(ascii: "G")
            && bytes[range.lowerBound + 1] == UInt8(ascii: "E")
            && bytes[range.lowerBound + 2] == UInt8(ascii: "T")
        return isGet ? .get : HTTPMethod(rawValue: input.text(range))
    }

    private typealias Parts = (method: Range<Int>, target: Range<Int>, version: Range<Int>)

    private static func split(
        _ bytes: Span<UInt8>, _ line: Range<Int>
    ) throws(HTTPProtocolError) -> Parts {
        var index = line.lowerBound
        while index < line.upperBound, HTTPGrammar.isToken(bytes[index]) { index += 1 }
        let method = line.lowerBound..<index
        guard index < line.upperBound, bytes[index] == 0x20 else { throw .malformedRequestLine }
        index += 1
        let start = index
        while index < line.upperBound, HTTPGrammar.isTarget(bytes[index]) { index += 1 }
        guard index < line.upperBound, bytes[index] == 0x20 else {
            // Without the version it is HTTP/0.9; any other byte is none a target may have.
            throw index == line.upperBound ? .malformedRequestLine : .invalidTarget
        }
        guard index > start else { throw .malformedRequestLine }
        return (method, start..<index, index + 1..<line.upperBound)
    }

    /// `HTTP/1.0` gives 0, every later `HTTP/1.x` gives 1. RFC 9110 §2.5.
    private static func minorVersion(
        _ bytes: Span<UInt8>, _ range: Range<Int>
    ) throws(HTTPProtocolError) -> Int {
        guard range.count == 8,
            bytes[range.lowerBound] == UInt8(ascii: "H"),
            bytes[range.lowerBound + 1] == UInt8(ascii: "T"),
            bytes[range.lowerBound + 2] == UInt8(ascii: "T"),
            bytes[range.lowerBound + 3] == UInt8(ascii: "P"),
            bytes[range.lowerBound + 4] == UInt8(ascii: "/"),
            HTTPGrammar.isDigit(bytes[range.lowerBound + 5]),
            bytes[range.lowerBound + 6] == UInt8(ascii: "."),
            HTTPGrammar.isDigit(bytes[range.lowerBound + 7])
        else { throw .malformedRequestLine }
        guard bytes[range.lowerBound + 5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        return bytes[range.lowerBound + 7] == UInt8(ascii: "0") ? 0 : 1
    }

    /// Origin form is kept, absolute form is reduced to it. RFC 9112 §3.2.1, §3.2.2, §3.2.4.
    private mutating func read(target text: String) throws(HTTPProtocolError) {
        if text.utf8.first == UInt8(ascii: "/") {
            target = text
            return
        }
        if text == "*" {
            guard method == .options else { throw .invalidTarget }
            target = text
            return
        }
        let lowered = text.prefix(8).lowercased()
        let schemeLength = lowered.hasPrefix("http://") ? 7 : lowered == "https://" ? 8 : 0
        guard schemeLength > 0 else { throw .invalidTarget }
        let rest = text.utf8.dropFirst(schemeLength)
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        let host = String(Substring(rest[..<(end ?? rest.endIndex)]))
        guard !host.isEmpty, HTTPGrammar.isHost(host) else { throw .invalidTarget }
        authority = host
        let path = end.map { String(Substring(rest[$0...])) } ?? ""
        target = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    }
}
