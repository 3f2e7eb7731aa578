import SimCore
import SimHTTP
import Testing

@Suite("A message is written — RFC 9112")
struct SerializerTests {
    private func text(
        _ response: HTTPResponse, date: String? = nil,
        _ persistence: HTTPSerializer.Persistence = .implied, isHead: Bool = false
    ) throws -> String {
        var out: [UInt8] = []
        try HTTPSerializer.append(
            response, to: &out, date: date.map { Array($0.utf8) }, persistence: persistence,
            isHead: isHead)
        return String(decoding: out, as: UTF8.self)
    }

    @Test("an answer's fields in the order given, length last")
    func order() throws {
        let response = HTTPResponse(
            status: 401, headers: ["B": "1", "a": "2", "B": "3"], body: Array("no".utf8))
        #expect(
            try text(response, date: "D", .close)
                == "HTTP/1.1 401 Unauthorized\r\nDate: D\r\nB: 1\r\na: 2\r\nB: 3\r\n"
                + "Content-Length: 2\r\nConnection: close\r\n\r\nno")
    }

    @Test("nothing twice that the answer brings itself")
    func ownFields() throws {
        let response = HTTPResponse(
            status: 200,
            headers: ["date": "own", "content-length": "7", "connection": "close"])
        #expect(
            try text(response, date: "D", .close, isHead: true)
                == "HTTP/1.1 200 OK\r\ndate: own\r\ncontent-length: 7\r\nconnection: close\r\n\r\n")
    }

    @Test("no length and no body for 204 and 304 — RFC 9110 §8.6", arguments: [204, 304])
    func bodyless(_ status: Int) throws {
        let written = try text(HTTPResponse(status: status, body: [1]))
        #expect(!written.contains("Content-Length"))
        #expect(written.hasSuffix("\r\n\r\n"))
    }

    @Test("a request as one segment: Host first, length last")
    func request() throws {
        let request = HTTPRequest(
            method: .post, target: "/a?b", headers: ["X-B": "1", "X-A": "2"],
            body: Array("{}".utf8))
        #expect(
            String(decoding: try HTTPSerializer.bytes(of: request, host: "h:1"), as: UTF8.self)
                == "POST /a?b HTTP/1.1\r\nHost: h:1\r\nX-B: 1\r\nX-A: 2\r\nContent-Length: 2\r\n\r\n{}"
        )
    }

    @Test("a request's own Host where it stands, no length for GET, one for an empty POST")
    func requestFields() throws {
        let get = HTTPRequest(method: .get, target: "/", headers: ["A": "1", "host": "own"])
        #expect(
            String(decoding: try HTTPSerializer.bytes(of: get, host: "h"), as: UTF8.self)
                == "GET / HTTP/1.1\r\nA: 1\r\nhost: own\r\n\r\n")
        let post = HTTPRequest(method: .post, target: "/")
        #expect(
            String(decoding: try HTTPSerializer.bytes(of: post, host: "h"), as: UTF8.self)
                .hasSuffix("\r\nContent-Length: 0\r\n\r\n"))
    }

    @Test(
        "never with a field that would split it",
        arguments: [("A", "b\r\nC: d"), ("A", "b\nc"), ("A", "\0"), ("A b", "c"), ("", "c")])
    func splitting(_ name: String, _ value: String) {
        let headers = HTTPHeaders([.init(name, value)])
        #expect(throws: UnsendableHeader.self) {
            try text(HTTPResponse(status: 200, headers: headers))
        }
        #expect(throws: UnsendableHeader.self) {
            try HTTPSerializer.bytes(
                of: HTTPRequest(method: .get, target: "/", headers: headers), host: "h")
        }
    }

    @Test("never with a target that would", arguments: ["/a b", "/\r\nX: y", "", "/#f", "/ü"])
    func target(_ target: String) {
        #expect(throws: UnsendableHeader.self) {
            try HTTPSerializer.bytes(of: HTTPRequest(method: .get, target: target), host: "h")
        }
    }
}

@Suite("Cookies — RFC 6265")
struct CookieTests {
    @Test("are read from every Cookie field in order")
    func parsing() {
        let request = HTTPRequest(
            method: .get, target: "/",
            headers: ["Cookie": "a=1; b=x=y ;c=\"q\";; broken; =n", "cookie": "a=2"])
        #expect(request.cookies.map(\.name) == ["a", "b", "c", "a"])
        #expect(request.cookie("b") == "x=y")
        #expect(request.cookie("c") == "q")
        #expect(request.cookie("a") == "1")
        #expect(request.cookie("A") == nil)
    }

    @Test("are written as the sign-in service writes them — identity-platform.md [W]")
    func writing() {
        let expiry = Timestamp(seconds: 1_767_600_000)
        #expect(
            SetCookie(name: "fpc", value: "A", expires: expiry).headerValue
                == "fpc=A; expires=Mon, 05-Jan-2026 08:00:00 GMT; path=/; secure; HttpOnly; "
                + "SameSite=None")
        #expect(
            SetCookie(name: "esctx", value: "B", domain: ".h").headerValue
                == "esctx=B; domain=.h; path=/; secure; HttpOnly; SameSite=None")
        #expect(
            SetCookie(name: "stsservicecookie", value: "estsfd", spelling: .gateway).headerValue
                == "stsservicecookie=estsfd; path=/; secure; samesite=none; httponly")
    }
}

@Suite("Origins — RFC 6454")
struct OriginTests {
    @Test(
        "are split from a URL",
        arguments: [
            ("http://h", "http", "h", 80, "/", "h"),
            ("HTTPS://H.Example/scim?a=b#c", "https", "h.example", 443, "/scim?a=b", "h.example"),
            ("https://h:8443?x", "https", "h", 8_443, "/?x", "h:8443"),
            ("http://[::1]:81/", "http", "::1", 81, "/", "[::1]:81"),
        ])
    func parsing(
        _ url: String, _ scheme: String, _ host: String, _ port: Int, _ target: String,
        _ header: String
    ) throws {
        let parsed = try #require(Origin.parse(url))
        #expect(parsed.origin.scheme.rawValue == scheme)
        #expect(parsed.origin.host == host)
        #expect(parsed.origin.port == port)
        #expect(parsed.target == target)
        #expect(parsed.origin.hostHeader == header)
    }

    @Test(
        "are refused",
        arguments: [
            "", "h", "ftp://h", "http://", "http:///x", "http://u@h", "http://h:0", "http://h:x",
            "http://h:65536", "http://h:", "http://a b",
        ])
    func refusal(_ url: String) {
        #expect(Origin.parse(url) == nil)
    }
}
