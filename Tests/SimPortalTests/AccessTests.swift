import SimCore
import SimHTTP
import SimPortal
import Testing

@Suite("Who may use the control API")
struct AccessTests {
    @Test(
        "our names with and without port",
        arguments: [
            "localhost", "localhost:8443", "LOCALHOST:1", "127.0.0.1:8443", "[::1]", "[::1]:8443",
            "login.fabrikam.test", "login.fabrikam.test:443",
        ])
    func hosts(_ host: String) {
        #expect(refusal(request(.get, "/sim/v1/tenants", host: host)) == nil)
    }

    @Test(
        "nobody through a name that is not ours, even with the token",
        arguments: [
            "evil.test", "localhost.evil.test", "evil.test:8443", "localhost:x", "", ":8443",
            "127.0.0.2", "[::1", "[::1]x", "localhost:8443:8443", "fabrikam.test",
        ])
    func foreignHosts(_ host: String) {
        #expect(refusal(request(.get, "/sim/v1/tenants", host: host))?.status == 403)
    }

    @Test("nobody without a Host, or with two")
    func hostCount() {
        #expect(refusal(request(.get, "/sim/v1/tenants", host: nil))?.status == 403)
        var two = request(.get, "/sim/v1/tenants")
        two.headers.append("Host", "localhost")
        #expect(refusal(two)?.status == 403)
    }

    @Test(
        "a page only from our own origin",
        arguments: [
            ("https://localhost:8443", nil), ("https://login.fabrikam.test", nil),
            ("https://localhost:8444", 403), ("http://localhost:8443", 403), ("null", 403),
            ("https://evil.test", 403), ("", 403),
        ] as [(String, Int?)])
    func origins(_ origin: String, _ status: Int?) {
        #expect(refusal(request(.get, "/sim/v1/tenants", origin: origin))?.status == status)
    }

    @Test(
        "only the holder of the token",
        arguments: [
            (nil, 401), ("Bearer sesame-4711", nil), ("bearer sesame-4711", nil),
            ("Bearer sesame-4712", 401), ("Bearer sesame-471", 401), ("Bearer sesame-47111", 401),
            ("Bearer", 401), ("Bearer ", 401), ("Basic sesame-4711", 401), ("sesame-4711", 401),
            ("Bearer  sesame-4711", 401),
        ] as [(String?, Int?)])
    func tokens(_ authorization: String?, _ status: Int?) {
        let error = refusal(request(.get, "/sim/v1/tenants", authorization: authorization))
        #expect(error?.status == status)
        #expect((error?.response.headers["WWW-Authenticate"] != nil) == (status == 401))
    }

    @Test("an empty token opens nothing")
    func emptyToken() {
        let open = ControlRoutes(access: ControlAccess(token: "", origins: []))
        let result = open.route(request(.get, "/sim/v1/tenants", authorization: "Bearer "))
        #expect(throws: ControlError.self) { try result.get() }
    }

    @Test("a foreign host is refused before the token, the token before the path")
    func order() {
        let both = request(.get, "/sim/v1/tenants", host: "evil.test", authorization: nil)
        #expect(refusal(both)?.status == 403)
        #expect(refusal(request(.get, "/sim/v1/nowhere", authorization: nil))?.status == 401)
        #expect(refusal(request(.put, "/sim/v1/tenants", authorization: nil))?.status == 401)
    }

    @Test("no refusal repeats the token that was sent")
    func noEcho() {
        let error = refusal(request(.get, "/sim/v1/tenants", authorization: "Bearer almost-right"))
        let body = error.map { String(decoding: $0.response.body, as: UTF8.self) } ?? ""
        #expect(!body.contains("almost-right"))
        #expect(body.contains("hint"))
    }
}
