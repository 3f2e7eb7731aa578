import SimHTTP
import Testing

@Suite("A request is refused — RFC 9112")
struct RequestRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let expected: HTTPProtocolError

        init(_ name: String, _ text: String, _ expected: HTTPProtocolError) {
            testDescription = name
            self.text = text
            self.expected = expected
        }

        /// A row about one header line of an otherwise good request.
        init(_ name: String, header: String, _ expected: HTTPProtocolError) {
            self.init(name, "POST / HTTP/1.1\r\nHost: h\r\n\(header)\r\n\r\n", expected)
        }
    }

    static let startLine = [
        Row("TLS on a plain port, at its first byte", "\u{16}", .malformedRequestLine),
        Row("two empty lines first", "\r\n\r\n", .malformedRequestLine),
        Row("no version", "GET /\r\n", .malformedRequestLine),
        Row("two spaces", "GET  / HTTP/1.1\r\n", .malformedRequestLine),
        Row("text after the version", "GET / HTTP/1.1 \r\n", .malformedRequestLine),
        Row("lower-case protocol name", "GET / http/1.1\r\n", .malformedRequestLine),
        Row("method that is no token", "G(T / HTTP/1.1\r\n", .malformedRequestLine),
        Row("HTTP/2", "GET / HTTP/2.0\r\n", .unsupportedVersion),
        Row("HTTP/0.9 by number", "GET / HTTP/0.9\r\n", .unsupportedVersion),
        Row("space in the target", "GET /a b HTTP/1.1\r\n", .malformedRequestLine),
        Row("control character in the target", "GET /\u{1} HTTP/1.1\r\n", .invalidTarget),
        Row("fragment in the target", "GET /#a HTTP/1.1\r\n", .invalidTarget),
        Row("unescaped UTF-8 in the target", "GET /ü HTTP/1.1\r\n", .invalidTarget),
        Row("relative target", "GET a HTTP/1.1\r\n", .invalidTarget),
        Row("star for GET", "GET * HTTP/1.1\r\n", .invalidTarget),
        Row("other scheme", "GET ftp://h/ HTTP/1.1\r\n", .invalidTarget),
        Row("user in an absolute target", "GET http://a@h/ HTTP/1.1\r\n", .invalidTarget),
        Row("CONNECT", "CONNECT h:443 HTTP/1.1\r\n", .unsupportedMethod),
        Row("line feed alone", "GET / HTTP/1.1\n", .lineWithoutCarriageReturn),
        Row("carriage return inside", "GET /\r HTTP/1.1\r\n", .invalidTarget),
    ]

    static let fields = [
        Row("folded field — §5.2", header: "A: b\r\n c", .foldedHeaderField),
        Row("folded first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", .foldedHeaderField),
        Row("space before the colon — §5.1", header: "A : b", .whitespaceBeforeColon),
        Row("no colon", header: "A", .malformedHeaderField),
        Row("empty name", header: ": b", .malformedHeaderField),
        Row("name that is no token", header: "A(: b", .malformedHeaderField),
        Row("NUL in a value", header: "A: \0", .invalidHeaderValue),
        Row("bare CR in a value", header: "A: b\rc", .invalidHeaderValue),
        Row("line feed alone", header: "A: b\nC: d", .lineWithoutCarriageReturn),
        Row("no Host — §3.2", "GET / HTTP/1.1\r\n\r\n", .missingHost),
        Row("two Hosts, even equal", header: "host: h", .duplicateHost),
        Row("Host with a path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", .invalidHost),
        Row("Host with a word as port", "GET / HTTP/1.1\r\nHost: h:x\r\n\r\n", .invalidHost),
    ]

    static let framing = [
        Row("length that is no number — §6.3", header: "Content-Length: 1x", .invalidContentLength),
        Row("signed length", header: "Content-Length: +1", .invalidContentLength),
        Row("empty length", header: "Content-Length:", .invalidContentLength),
        Row("length list", header: "Content-Length: 1, 1", .invalidContentLength),
        Row(
            "length beyond 64 bits", header: "Content-Length: 99999999999999999999",
            .invalidContentLength),
        Row(
            "two lengths", header: "Content-Length: 1\r\nContent-Length: 2",
            .conflictingContentLengths),
        Row(
            "length and coding — §6.1", header: "Content-Length: 1\r\nTransfer-Encoding: chunked",
            .contentLengthWithTransferEncoding),
        Row("unknown coding", header: "Transfer-Encoding: gzip", .unsupportedTransferCoding),
        Row(
            "gzip inside chunked", header: "Transfer-Encoding: gzip, chunked",
            .unsupportedTransferCoding),
        Row(
            "chunked not last", header: "Transfer-Encoding: chunked, gzip",
            .transferEncodingNotChunkedLast),
        Row(
            "chunked twice", header: "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            .transferEncodingNotChunkedLast),
        Row("empty coding", header: "Transfer-Encoding:", .unsupportedTransferCoding),
        Row(
            "coding in HTTP/1.0", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
            .transferEncodingInHTTP10),
        Row("other expectation", header: "Expect: tea", .unknownExpectation),
        Row("too large before it is sent", header: "Content-Length: 10485761", .bodyTooLarge),
    ]

    @Test("its first line", arguments: startLine)
    func firstLine(_ row: Row) {
        #expect(throws: row.expected) { try parse(row.text) }
    }

    @Test("its header fields", arguments: fields)
    func headerFields(_ row: Row) {
        #expect(throws: row.expected) { try parse(row.text) }
    }

    @Test("the length of its body", arguments: framing)
    func bodyLength(_ row: Row) {
        #expect(throws: row.expected) { try parse(row.text) }
    }

    @Test(
        "its chunks — §7.1",
        arguments: [
            "x\r\n", "\r\n", "-1\r\n", "5 x\r\n", "5\nhello", "5\r\nhelloX", "5\r\nhello\n",
            "5;\u{1}\r\n", "1\r\na\rb",
        ])
    func chunks(_ text: String) {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(throws: HTTPProtocolError.self) { try parse(head + text) }
    }

    @Test("a second empty line before it, also when the lines come one by one — §2.2")
    func emptyLines() throws {
        var parser = HTTPRequestParser()
        parser.append(Array("\r\n".utf8))
        #expect(try parser.next() == .needsMoreBytes)
        parser.append(Array("\r\n".utf8))
        #expect(throws: HTTPProtocolError.malformedRequestLine) { try parser.next() }
    }

    @Test("and stays refused whatever follows")
    func staysRefused() {
        var parser = HTTPRequestParser()
        parser.append(Array("BAD\r\n".utf8))
        #expect(throws: HTTPProtocolError.malformedRequestLine) { try parser.next() }
        parser.append(Array("GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8))
        #expect(throws: HTTPProtocolError.malformedRequestLine) { try parser.next() }
    }

    @Test(
        "of two faults for the one that comes first",
        arguments: [
            ("GET /# HTTP/9.9\r\n", HTTPProtocolError.invalidTarget),
            ("GET / HTTP/1.1\r\nA : b\r\nHost: /\r\n\r\n", .whitespaceBeforeColon),
            (
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                .missingHost
            ),
        ])
    func twoFaults(_ text: String, _ expected: HTTPProtocolError) {
        #expect(throws: expected) { try parse(text) }
    }
}
