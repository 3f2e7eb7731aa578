import SimHTTP
import Testing

@Suite("Plain requests, read from their bytes — RFC 9112")
struct PlainRequestTests {
    private static func request(_ target: String, _ fields: String) -> String {
        "GET \(target) HTTP/1.1\r\n\(fields)\r\n"
    }

    private static func find(_ text: String, from start: Int = 0) -> PlainRequest? {
        PlainRequest.find(in: Array(text.utf8).span, from: start)
    }

    private static func value(_ name: String, _ request: PlainRequest, _ bytes: [UInt8]) -> String?
    {
        request.value(of: name, in: bytes.span).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    private static func has(_ prefix: String, _ request: PlainRequest, _ bytes: [UInt8]) -> Bool {
        request.hasField(prefix: prefix, in: bytes.span)
    }

    @Test(
        "are found, and the parser reads the same",
        arguments: [
            request("/a/b", "Host: localhost\r\n"),
            request("/?q=1&r=%20", "host: h:80\r\nAccept: */*\r\nUser-Agent: a b/1 (c)\r\n"),
            request("/a", "X-One: 1\r\nHost: [::1]:8443\r\nx-two: ü\r\n"),
            request("/a", "Host: h\r\nConnection: Keep-Alive\r\n"),
            request("/a", "Host: h\r\nclient-request-id: 1b4e28ba-2fa1-11d2-883f-0016d3cca427\r\n"),
        ])
    func found(_ text: String) throws {
        let bytes = Array(text.utf8)
        let plain = try #require(Self.find(text + "GET /next"))
        var parser = HTTPRequestParser()
        parser.append(bytes)
        guard case .request(let received) = try parser.next() else {
            Issue.record("the parser wants more")
            return
        }
        #expect(received.keepsAlive)
        #expect(received.request.method == .get)
        #expect(received.request.target == String(decoding: bytes[plain.target], as: UTF8.self))
        #expect(received.request.headers.lines == Array(bytes[plain.fields]))
        #expect(plain.end == bytes.count)
        for field in received.request.headers.fields {
            #expect(Self.value(field.name.uppercased(), plain, bytes) == field.value)
        }
        #expect(Self.value("absent", plain, bytes) == nil)
    }

    @Test(
        "tell whether a cookie may come along",
        arguments: [
            ("Cookie: esctx=a", true), ("cookie: a=b; esctx=", true), ("Cookie: a=b;esctx=c", true),
            ("Cookie: a=b\r\nCOOKIE: c; esctx=d", true), ("Cookie: xesctx=a", true),
            ("Cookie: esctx", false), ("Cookie: ESCTX=a", false), ("Cookie: esctxs=a", false),
            ("Cookie: =", false), ("Cookie: sctx=", false), ("Cookies: esctx=a", false),
            ("Set-Cookie: esctx=a", false), ("Accept: */*", false),
        ])
    func cookies(_ fields: String, _ mayHave: Bool) throws {
        let text = Self.request("/a", "Host: h\r\n\(fields)\r\n")
        let plain = try #require(Self.find(text))
        #expect(plain.mayHaveCookie("esctx", in: Array(text.utf8).span) == mayHave)
    }

    @Test(
        "are left to the parser when they are something else",
        arguments: [
            "POST /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a HTTP/1.0\r\nHost: h\r\n\r\n",
            "GET /a HTTP/1.1\nHost: h\r\n\r\n", "GET  /a HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET http://h/a HTTP/1.1\r\nHost: h\r\n\r\n", "\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n",
            request("/a", ""), request("/a", "Host: h\r\nHost: h\r\n"),
            request("/a", "Host: a b\r\n"), request("/a", "Host: h\r\n folded\r\n"),
            request("/a", "Host: h\r\nA : b\r\n"), request("/a", "Host: h\r\nA:b\r\n"),
            request("/a", "Host: h\r\nA:  b\r\n"), request("/a", "Host: h\r\nA: b \r\n"),
            request("/a", "Host: h\r\nA: \r\n"), request("/a", "Host: h\r\nA: \u{1}\r\n"),
            request("/a", "Host: h\r\nConnection: close\r\n"),
            request("/a", "Host: h\r\nContent-Length: 0\r\n"),
            request("/a", "Host: h\r\nTransfer-Encoding: chunked\r\n"),
            request("/a", "Host: h\r\nExpect: 100-continue\r\n"),
            request("/a", "Host: h\r\nA: " + String(repeating: "b", count: 2_048) + "\r\n"),
            request("/a", "Host: h\r\n" + String(repeating: "A: b\r\n", count: 33)),
        ])
    func other(_ text: String) {
        #expect(Self.find(text) == nil)
    }

    @Test("are found when they are whole, not a byte before")
    func whole() {
        let text = Self.request("/a", "Host: h\r\nAccept: x\r\n")
        for count in 0..<text.utf8.count {
            #expect(Self.find(String(decoding: text.utf8.prefix(count), as: UTF8.self)) == nil)
        }
        #expect(Self.find(text) != nil)
    }

    @Test("follow each other where the one before ends")
    func pipelined() throws {
        let one = Self.request("/a", "Host: h\r\n")
        let two = Self.request("/b", "Host: h\r\nX-A: 1\r\n")
        let first = try #require(Self.find(one + two))
        let second = try #require(Self.find(one + two, from: first.end))
        #expect(!first.hasExtensions && second.hasExtensions)
        #expect(second.end == (one + two).utf8.count)
        let bytes = Array((one + two).utf8)
        #expect(Self.has("x-", second, bytes))
        #expect(!Self.has("x-b", second, bytes))
        #expect(!Self.has("x-", first, bytes))
    }
}

@Suite("Header fields as lines — RFC 9110 §5")
struct HeaderLineTests {
    @Test("stand as in a message, in order, duplicates kept")
    func lines() {
        var headers: HTTPHeaders = ["A": "1", "b": "", "a": "2: 3"]
        #expect(String(decoding: headers.lines, as: UTF8.self) == "A: 1\r\nb: \r\na: 2: 3\r\n")
        #expect(headers.fields.map(\.name) == ["A", "b", "a"])
        #expect(headers["B"]?.isEmpty == true)
        #expect(headers.values("a") == ["1", "2: 3"])
        #expect(headers.contains("A") && !headers.contains("c") && !headers.contains("aa"))
        headers.set("a", "4")
        #expect(headers.fields == [.init("b", ""), .init("a", "4")])
        headers.remove("B")
        headers.remove("A")
        #expect(headers.isEmpty)
    }

    @Test("a block made in advance is appended whole")
    func block() throws {
        var headers: HTTPHeaders = ["A": "1"]
        headers.append(contentsOf: ["Date": "x"] as HTTPHeaders)
        headers.append(prepared: "B: 2\r\nC: 3\r\n")
        #expect(headers.fields.map(\.value) == ["1", "x", "2", "3"])
        var out: [UInt8] = []
        try HTTPSerializer.append(
            HTTPResponse(status: 204, headers: headers), to: &out, date: Array("now".utf8))
        #expect(
            String(decoding: out, as: UTF8.self)
                == "HTTP/1.1 204 No Content\r\nA: 1\r\nDate: x\r\nB: 2\r\nC: 3\r\n\r\n")
    }

    @Test("a field that cannot be sent is sendable again once it is replaced")
    func replaced() throws {
        var headers: HTTPHeaders = ["Location": "/a\r\nb"]
        #expect(headers["Location"] == nil)
        headers.set("location", "/a")
        #expect(headers["Location"] == "/a")
        var out: [UInt8] = []
        try HTTPSerializer.append(
            HTTPResponse(status: 302, headers: headers), to: &out, date: nil)
        #expect(!out.isEmpty)
    }
}
