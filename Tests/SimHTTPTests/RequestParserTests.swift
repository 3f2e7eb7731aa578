import SimCore
import SimHTTP
import Testing

/// What a parser made of a text.
func parse(
    _ text: String, limits: HTTPLimits = .standard
) throws(HTTPProtocolError) -> [HTTPRequestParser.Event] {
    var parser = HTTPRequestParser(limits: limits)
    parser.append(Array(text.utf8))
    return try drain(&parser)
}

func drain(
    _ parser: inout HTTPRequestParser
) throws(HTTPProtocolError) -> [HTTPRequestParser.Event] {
    var events: [HTTPRequestParser.Event] = []
    while true {
        let event = try parser.next()
        if event == .needsMoreBytes { return events }
        events.append(event)
    }
}

func requests(_ events: [HTTPRequestParser.Event]) -> [HTTPRequest] {
    events.compactMap { event in
        guard case .request(let received) = event else { return nil }
        return received.request
    }
}

@Suite("A request is read — RFC 9112")
struct RequestParserTests {
    static let samples = [
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\nPOST /t?a=%20 HTTP/1.1\r\nHost: h:80\r\nContent-Length: 5\r\n\r\nhello"
            + "GET /2 HTTP/1.1\r\nhost:h\r\nX-Empty:\r\n\r\n",
        "PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
            + "5;name=\"v\"\r\nhello\r\n6 \r\n world\r\n0\r\nTrailer: dropped\r\n\r\n",
        "GET http://other.example:81/x HTTP/1.0\r\n\r\n",
    ]

    @Test("the same however its bytes are split", arguments: samples)
    func splits(_ text: String) throws {
        let whole = try parse(text)
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var parser = HTTPRequestParser()
            parser.append(bytes[..<cut])
            var events = try drain(&parser)
            parser.append(bytes[cut...])
            events += try drain(&parser)
            #expect(events == whole, "cut at \(cut)")
        }
        var parser = HTTPRequestParser()
        var events: [HTTPRequestParser.Event] = []
        for byte in bytes {
            parser.append([byte])
            events += try drain(&parser)
        }
        #expect(events == whole)
        let isMidRequest = parser.isMidRequest
        #expect(!isMidRequest)
    }

    @Test("with its parts, header fields in order, duplicates kept")
    func parts() throws {
        let request = try #require(
            requests(
                parse(
                    "PATCH /a/b?c HTTP/1.1\r\nHost: h\r\nX-A:  1 \t\r\nx-a: 2\r\n"
                        + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}")
            ).first)
        #expect(request.method == .patch)
        #expect(request.target == "/a/b?c")
        #expect(request.headers.values("X-A") == ["1", "2"])
        #expect(request.headers.fields.map(\.name).prefix(3) == ["Host", "X-A", "x-a"])
        #expect(request.body == Array("{}".utf8))
    }

    @Test("in chunks, extensions and trailers dropped — §7.1")
    func chunks() throws {
        let request = try #require(requests(parse(Self.samples[2])).first)
        #expect(request.body == Array("hello world".utf8))
        #expect(request.headers["Trailer"] == nil)
    }

    @Test("in absolute form, whose authority replaces Host — §3.2.2")
    func absoluteForm() throws {
        let request = try #require(
            requests(parse("GET HTTP://new.example?q HTTP/1.1\r\nHost: old\r\n\r\n")).first)
        #expect(request.target == "/?q")
        #expect(request.headers.values("Host") == ["new.example"])
    }

    @Test(
        "and says whether the connection stays open — §9.3",
        arguments: [
            ("1.1", "", true), ("1.1", "Connection: close\r\n", false),
            ("1.1", "Connection: x, Close\r\n", false), ("1.0", "", false),
            ("1.0", "Connection: Keep-Alive\r\n", true),
            ("1.0", "Connection: keep-alive, close\r\n", false),
        ])
    func persistence(_ version: String, _ field: String, _ expected: Bool) throws {
        let events = try parse("GET / HTTP/\(version)\r\nHost: h\r\n\(field)\r\n")
        guard case .request(let received) = events.first else {
            Issue.record("no request")
            return
        }
        #expect(received.keepsAlive == expected)
    }

    @Test("100 Continue is asked for once, and not when the body is there — RFC 9110 §10.1.1")
    func expectation() throws {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n"
        #expect(try parse(head) == [.continueExpected])
        #expect(try parse(head + "o") == [.continueExpected])
        #expect(try requests(parse(head + "ok")).count == 1)
        #expect(try parse(head + "ok").count == 1)
        #expect(
            try parse("POST / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n") == [])
    }
}
