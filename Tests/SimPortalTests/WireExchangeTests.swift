import SimCore
import SimHTTP
import SimPortal
import Testing

@Suite("An exchange on the wire is shown without its secrets")
struct WireExchangeTests {
    private func shown(_ request: HTTPRequest, _ response: HTTPResponse? = nil) -> String {
        WireExchange(at: .epoch, request: request, origin: "https://t.test", response: response)
            .json.text
    }

    @Test("bearer tokens and cookies are redacted, the scheme stays")
    func headers() {
        let text = shown(
            HTTPRequest(
                method: .get, target: "/",
                headers: ["Authorization": "Bearer abc123", "Cookie": "s=abc123"]),
            HTTPResponse(status: 200, headers: ["Set-Cookie": "s=abc123"]))
        #expect(!text.contains("abc123"))
        #expect(text.contains("Bearer ‹redacted›"))
    }

    @Test("form fields, query values, fragments and JSON members with secret names are redacted")
    func bodies() {
        let form = shown(
            HTTPRequest(
                method: .post, target: "/token?code=abc123&state=keep",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array("grant_type=password&password=abc123".utf8)),
            HTTPResponse(
                status: 302, headers: ["Location": "https://a.test/cb#id_token=abc123&state=keep"]))
        #expect(!form.contains("abc123"))
        #expect(form.contains("state=keep"))
        let json = shown(
            HTTPRequest(method: .get, target: "/"),
            HTTPResponse(
                json: ["a": [["access_token": "abc123"]], "error": ["code": "invalidValue"]]))
        #expect(!json.contains("abc123"))
        #expect(json.contains("invalidValue"))
    }

    @Test("a page's hidden fields with secret names are redacted: form_post, the sign-in's state")
    func page() {
        let page = HTTPResponse(
            html: """
                <form><input type="hidden" name="code" value="abc123"><input type="hidden"
                name="state" value="keep"><INPUT name="x"><input value="abc123" name="flowtoken">
                """)
        let text = shown(HTTPRequest(method: .get, target: "/"), page)
        #expect(!text.contains("abc123"))
        #expect(text.contains("keep"))
    }

    @Test("JSON that was cut in the middle is searched for secrets all the same")
    func cut() {
        for body in [
            #"{"access_token" : "abc123","x":"keep","y":""#, #"{"x":"keep","id_token":"abc12\"3"#,
            #"{"x":"keep","refresh_token":"abc123", "code""#, #"["keep",{"password": "abc123"}"#,
        ] {
            let response = HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"], body: Array(body.utf8))
            let text = shown(HTTPRequest(method: .get, target: "/"), response)
            #expect(!text.contains("abc12"), "\(text)")
            #expect(text.contains("keep") && text.contains("‹redacted›"), "\(text)")
        }
    }

    @Test("what a job proves itself with is redacted wherever it stands")
    func jobCredentials() {
        for body in [
            "client_assertion=abc123", "subject_token=abc123&x=1", "client_secret=abc123",
        ] {
            let text = shown(
                HTTPRequest(
                    method: .post, target: "/oauth2/token",
                    headers: [
                        "Content-Type": "application/x-www-form-urlencoded",
                        "Authorization": "Basic abc123",
                    ], body: Array(body.utf8)))
            #expect(!text.contains("abc123"))
        }
        let json = shown(
            HTTPRequest(
                method: .patch, target: "/sim/v1/tenants/t/apps/A",
                headers: ["Content-Type": "application/json"],
                body: Array(
                    #"{"provisioning":{"authentication":{"clientSecret":"abc123"}}}"#.utf8)))
        #expect(!json.contains("abc123"))
    }

    @Test("a body one byte past the limit is cut, one at the limit is whole")
    func limit() {
        for (count, isCut) in [(16_384, false), (16_385, true)] {
            let body = [UInt8](repeating: UInt8(ascii: "x"), count: count)
            let text = shown(
                HTTPRequest(
                    method: .post, target: "/", headers: ["Content-Type": "text/plain"], body: body)
            )
            #expect(text.contains("(\(count) bytes)") == isCut)
        }
    }
}
