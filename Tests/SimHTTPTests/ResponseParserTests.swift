import SimHTTP
import Testing

@Suite("An answer is read — RFC 9112 §6.3")
struct ResponseParserTests {
    typealias Received = HTTPResponseParser.ReceivedResponse

    /// Everything in `text`, then the end of the connection.
    private func read(
        _ text: String, _ method: HTTPMethod = .get, limits: HTTPLimits = .standard
    ) throws(HTTPProtocolError) -> [Received] {
        var parser = HTTPResponseParser(limits: limits)
        parser.expect(method)
        parser.append(Array(text.utf8))
        var all: [Received] = []
        while let received = try parser.next() { all.append(received) }
        if let received = try parser.finish() { all.append(received) }
        return all
    }

    static let samples = [
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 404\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1\r\na\r\n2\r\nbc\r\n0\r\nX: y\r\n\r\n",
        "HTTP/1.0 200 OK\r\nA: b\r\n\r\nto the end",
    ]

    @Test("the same however its bytes are split", arguments: samples)
    func splits(_ text: String) throws {
        let whole = try read(text)
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var parser = HTTPResponseParser()
            var all: [Received] = []
            for part in [bytes[..<cut], bytes[cut...]] {
                parser.append(part)
                while let received = try parser.next() { all.append(received) }
            }
            if let received = try parser.finish() { all.append(received) }
            #expect(all == whole, "cut at \(cut)")
        }
    }

    @Test(
        "without a body where none may be",
        arguments: [
            ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", HTTPMethod.get),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", .get),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", .head),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .head),
        ])
    func bodyless(_ text: String, _ method: HTTPMethod) throws {
        let received = try #require(read(text, method).first)
        #expect(received.response.body.isEmpty)
        #expect(received.keepsAlive)
    }

    @Test(
        "and says whether the connection can be used again",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", true),
            ("HTTP/1.1 200 OK\r\n\r\n", false),
        ])
    func persistence(_ text: String, _ expected: Bool) throws {
        #expect(try read(text).first?.keepsAlive == expected)
    }

    @Test(
        "or is malformed",
        arguments: [
            ("SSH-2.0-x", HTTPProtocolError.malformedStatusLine),
            ("HTTP/2 200 OK\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 20 OK\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 2000\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 099 OK\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 101 Switching Protocols\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 200 OK\n\n", .lineWithoutCarriageReturn),
            ("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", .whitespaceBeforeColon),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", .unexpectedEnd),
            ("HTTP/1.1 200 OK\r\nContent-Le", .unexpectedEnd),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc", .unexpectedEnd),
            ("HTTP/1.1 100 Continue\r\n\r\n", .unexpectedEnd),
            ("H", .unexpectedEnd),
        ])
    func malformed(_ text: String, _ expected: HTTPProtocolError) {
        #expect(throws: expected) { try read(text) }
    }

    @Test("nothing at all is no answer and no error")
    func nothing() throws {
        #expect(try read("") == [])
    }

    @Test("a body at its limit, and one byte more, counted, chunked or unending")
    func limit() throws {
        let limits = HTTPLimits(bodyBytes: 3)
        #expect(
            try read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", limits: limits).count == 1)
        #expect(try read("HTTP/1.1 200 OK\r\n\r\nabc", limits: limits).count == 1)
        for text in [
            "Content-Length: 4\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n4\r\n", "\r\nabcd",
        ] {
            #expect(throws: HTTPProtocolError.bodyTooLarge) {
                try read("HTTP/1.1 200 OK\r\n" + text, limits: limits)
            }
        }
    }
}
