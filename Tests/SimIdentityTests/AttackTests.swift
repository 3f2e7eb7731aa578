import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Replay, tampering and mix-up are refused — RFC 9700 §2, §4")
struct AttackTests {
    private static let script = #""'><script>alert(1)</script><img src=x onerror=a>"#

    static let parameters = [
        "client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "response_mode",
        "prompt", "login_hint", "domain_hint", "whr", "claims", "code_challenge",
        "code_challenge_method", "max_age", "sid", "request", "request_uri", "resource",
    ]

    @Test(
        "markup in a parameter never becomes a part of a page, and no header is split",
        arguments: parameters, [script, "a\r\nSet-Cookie: x=y", "\u{0}", "javascript:alert(1)"])
    func markup(parameter: String, value: String) throws {
        let browser = Browser()
        for mode in ["query", "fragment", "form_post"] {
            let target = browser.authorizeTarget(
                changing: ["response_mode": mode].merging([parameter: value]) { $1 })
            let response = try browser.get(target)
            #expect(!response.text.contains("<script>alert"))
            #expect(!response.text.contains("<img src=x"))
            #expect(!response.text.contains("href=\"javascript:"))
            for field in response.headers.fields {
                #expect(!field.value.contains { $0.isNewline || $0 == "\u{0}" })
            }
            if let location = response.headers["Location"] {
                #expect(location.hasPrefix(Fixture.callback))
            }
        }
    }

    @Test("markup as a sign-in name is shown as text")
    func signInName() throws {
        let browser = Browser()
        for name in [Self.script, Self.script + "@fabrikam.example"] {
            let page = try browser.enterUserName(name, at: browser.authorizeTarget())
            #expect(!page.text.contains("<script>alert"))
            #expect(page.text.contains("&lt;script&gt;"))
        }
    }

    @Test("a state comes back as one value, whatever it looks like")
    func state() throws {
        let state = "x&code=stolen#&error=none;%26code%3Da\r\nLocation: y"
        for mode in ["query", "fragment"] {
            let browser = Browser()
            let answer = try browser.signIn(
                at: browser.authorizeTarget(changing: ["state": state, "response_mode": mode]))
            let fields = try #require(answer.redirected)
            #expect(fields["state"] == state)
            #expect(fields.fields.filter { $0.name == "code" }.count == 1)
            #expect(fields["code"] != "stolen")
            #expect(fields["error"] == nil)
        }
    }

    @Test("consent cannot be given from another site, by another browser or by skipping pages")
    func consentForgery() throws {
        let browser = Browser()
        let page = try browser.signIn(
            at: browser.authorizeTarget(changing: ["scope": "api://orders/write"]))
        let (action, fields) = try page.form()
        let accepted = FormFields(fields.fields + [.init("ucaccept", "1")])
        // The attacker's browser has the page but not the cookie; the victim's the reverse.
        #expect(try Browser().post(action, accepted).refusedWith == 165_000)
        #expect(
            try browser.post(action, FormFields([.init("ucaccept", "1")])).refusedWith == 165_000)
        let attacker = Browser()
        // Both draw from one seed: a page more, and the attacker's cookie is another.
        _ = try attacker.get(attacker.authorizeTarget())
        attacker.forgetCookies()
        let theirs = try attacker.signIn(
            at: attacker.authorizeTarget(changing: ["scope": "api://orders/write"]))
        let (_, foreign) = try theirs.form()
        #expect(
            try browser.post(action, FormFields(foreign.fields + [.init("ucaccept", "1")]))
                .refusedWith == 165_000)
        let grants = browser.tenant.snapshot().grants(of: Fixture.principal("web"))
        #expect(!grants.contains { $0.scopes.contains("write") })
        #expect(try browser.post(action, accepted).redirected?["code"] != nil)
    }

    @Test("a code is good once, for its client, address and verifier")
    func mixUp() throws {
        let browser = Browser()
        let code = try browser.code()
        #expect(try browser.redeem(code, app: "multi").refusedWith == 700_007)
        #expect(
            try browser.redeem(code, changing: ["redirect_uri": "https://evil.example/"])
                .refusedWith == 50_011)
        #expect(try browser.redeem(code, changing: ["code_verifier": nil]).refusedWith == 50_148)
        let guess = String(repeating: "g", count: 43)
        #expect(
            try browser.redeem(code, changing: ["code_verifier": guess]).refusedWith == 501_481)
        // What failed has not used the code up; what succeeded has.
        #expect(try browser.redeem(code).status == 200)
        #expect(try browser.redeem(code).refusedWith == 54_005)
    }

    @Test("a code for an address the service chose is not redeemed for an unregistered one")
    func chosenAddress() throws {
        let browser = Browser()
        let code = try browser.code("web", ["redirect_uri": nil])
        #expect(
            try browser.redeem(code, changing: ["redirect_uri": "https://evil.example/"])
                .refusedWith == 50_011)
        #expect(try browser.redeem(code).status == 200)
    }

    @Test("a verifier for a code without a challenge is a downgrade")
    func downgrade() throws {
        let browser = Browser()
        let code = try browser.code(
            "web", ["code_challenge": nil, "code_challenge_method": nil])
        #expect(try browser.redeem(code).refusedWith == 501_481)
    }

    @Test(
        "below a registered address an administrator's consent never walks up again",
        arguments: [
            "/..", "/../x", "/%2e%2e/x", "/.%2E/x", "/a/%2e./%2E%2e/x", "/.", "/\\..\\x", "/a\\b",
        ])
    func consentAddress(path: String) throws {
        let browser = Browser()
        let target = browser.adminConsentTarget(
            v1: true, changing: ["redirect_uri": Fixture.callback + path])
        #expect(try browser.get(target).refusedWith == 50_011)
    }

    @Test(
        "below a registered address there is room for other segments",
        arguments: ["/a", "/a/b", "/...", "/..a", "/%2e%2ea", "/a?b=/../c"])
    func consentSegments(path: String) throws {
        let browser = Browser()
        let target = browser.adminConsentTarget(
            v1: true, changing: ["redirect_uri": Fixture.callback + path])
        #expect(try browser.get(target).text.contains("name=\"login\""))
    }

    @Test("a grant is judged by its client: somebody else's says nothing about this one")
    func foreignGrant() throws {
        let browser = Browser()
        // Issued to a public client, presented by a confidential one with its secret, and the
        // reverse: the answer is whose it is, not how the other client proves itself.
        let theirs = try browser.request("token", PasswordGrantTests.values).json
        let token = try #require(theirs["refresh_token"]?.stringValue)
        #expect(try browser.refresh(token).refusedWith == 700_007)
        #expect(try browser.refresh(token, ["client_secret": nil]).refusedWith == 7_000_218)
        let mine = try browser.refreshToken()
        #expect(
            try browser.refresh(mine, ["client_secret": nil], app: "console").refusedWith
                == 700_007)
        #expect(try browser.refresh(mine, app: "console").refusedWith == 700_025)
        let spa: HTTPHeaders = ["Origin": "https://spa.example"]
        #expect(
            try browser.refresh(mine, ["client_secret": nil], app: "spa", headers: spa)
                .refusedWith == 700_007)
    }

    @Test("only names that no other server shares are told to use HTTPS for a year")
    func strictTransport() throws {
        let browser = Browser()
        func told(_ host: String?) throws -> Bool {
            var headers = HTTPHeaders()
            if let host { headers.append("Host", host) }
            let path = "/\(Fixture.tenant)/v2.0/.well-known/openid-configuration"
            let value = try browser.get(path, headers).headers["Strict-Transport-Security"]
            #expect([nil, "max-age=31536000; includeSubDomains"].contains(value))
            return value != nil
        }
        for host in ["localhost:8443", "localhost", "127.0.0.1:8443", "[::1]:8443", "a.localhost"] {
            #expect(try !told(host))
        }
        for host in ["login.microsoftonline.com", "sim.example:8443", "mylocalhost"] {
            #expect(try told(host))
        }
    }

    @Test("a refresh token of another application is refused, and stays the owner's")
    func foreignRefresh() throws {
        let browser = Browser()
        let token = try browser.refreshToken()
        #expect(try browser.refresh(token, app: "multi").refusedWith == 700_007)
        #expect(try browser.refresh(token).status == 200)
    }

    @Test("two faults at once: aadsts.md §5.1 decides")
    func order() throws {
        let browser = Browser()
        // Row 2 before row 3, row 3 before 4, 7 before 9, 9 before 11.
        #expect(try browser.post("/nowhere.example/oauth2/token", [:]).refusedWith == 90_121)
        #expect(
            try browser.daemon(["grant_type": nil], tenant: "nowhere.example").refusedWith
                == 90_002)
        #expect(
            try browser.refresh("garbage", ["client_secret": "guess"]).refusedWith == 9_002_313)
        let code = try browser.code()
        #expect(
            try browser.refresh(code, ["client_secret": "guess"]).refusedWith == 7_000_215)
        #expect(try browser.refresh(code).refusedWith == 70_000)
        #expect(
            try browser.proveByKey(
                bits: 1_024, from: Fixture.start - .days(9), until: Fixture.start - .days(1)
            ).refusedWith == 50_032)
    }
}
