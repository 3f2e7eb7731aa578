import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("refresh_token grant — RFC 6749 §6, aadsts.md §6.3")
struct RefreshGrantTests {
    private func refresh(
        _ browser: Browser, _ token: String, app: String = "web", scope: String? = nil,
        secret: String? = Fixture.webSecret, _ headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        var fields = FormFields([
            .init("grant_type", "refresh_token"), .init("refresh_token", token),
            .init("client_id", Fixture.app(app).description),
        ])
        if let secret { fields.append("client_secret", secret) }
        if let scope { fields.append("scope", scope) }
        return try browser.post(browser.tokenTarget, fields, headers)
    }

    private func token(_ browser: Browser, _ user: String = "ada") throws -> String {
        try #require(try browser.tokens(user)["refresh_token"]?.stringValue)
    }

    @Test("gives newer tokens, leaves the old one valid, and may name another resource")
    func rotation() throws {
        let browser = Browser()
        let first = try token(browser)
        let body = try refresh(browser, first).json
        let second = try #require(body["refresh_token"]?.stringValue)
        #expect(first != second)
        #expect(try refresh(browser, first).status == 200)
        let other = try refresh(browser, second, scope: "api://orders/read offline_access").json
        #expect(
            try other.claims("access_token")["aud"]?.stringValue == Fixture.app("api").description)
        #expect(other["id_token"] == nil)
        let both = try refresh(browser, second, scope: "api://orders/read User.Read").json
        #expect(both["scope"] == "api://orders/read")
    }

    @Test("lives 90 days from its last use and not a second longer")
    func inactivity() throws {
        let browser = Browser()
        let first = try token(browser)
        browser.now = browser.now + .days(90) - .seconds(1)
        let second = try #require(try refresh(browser, first).json["refresh_token"]?.stringValue)
        browser.now = browser.now + .seconds(1)
        let late = try refresh(browser, first)
        #expect(late.refusedWith == 700_082)
        #expect(try late.json["suberror"] == "bad_token")
        #expect(try refresh(browser, second).status == 200)
    }

    @Test("is refused when it is not ours, another client's, or without the secret")
    func refusals() throws {
        let browser = Browser()
        let mine = try token(browser)
        let garbage = try refresh(browser, "1.AAAA.BBBB")
        #expect(garbage.refusedWith == 9_002_313)
        #expect(try garbage.json["suberror"] == "bad_token")
        #expect(try refresh(browser, mine, app: "multi").refusedWith == 700_007)
        #expect(try refresh(browser, mine, secret: nil).refusedWith == 7_000_218)
        #expect(try refresh(browser, mine, scope: "api://orders/write").refusedWith == 65_001)
        let consent = try refresh(browser, mine, scope: "api://orders/write").json
        #expect(consent["suberror"] == "consent_required")
        #expect(consent["error_uri"] == nil)
    }

    @Test("ends with the person's sessions, account, or assignment")
    func person() throws {
        let browser = Browser()
        let mine = try token(browser)
        browser.now = browser.now + .minutes(5)
        try browser.tenant.append([.userSessionsRevoked(Fixture.user("ada"))], at: browser.now)
        let revoked = try refresh(browser, mine)
        #expect(revoked.refusedWith == 50_173)
        #expect(
            try revoked.json["error_description"]?.stringValue?.contains(
                "issued on '2026-01-05T08:00:00.0000000Z'") == true)
        let disabled = AttributeChange("accountEnabled", false)
        let other = Browser()
        let theirs = try token(other)
        try other.tenant.append(
            [.userChanged(Fixture.user("ada"), [disabled])], at: other.now)
        #expect(try refresh(other, theirs).refusedWith == 50_057)
        // What was revoked stays revoked, whatever else became of the person: row 11 before 12.
        try browser.tenant.append(
            [.userChanged(Fixture.user("ada"), [disabled])], at: browser.now)
        #expect(try refresh(browser, mine).refusedWith == 50_173)
    }

    @Test("asks for the second factor that became necessary — 50076 with claims")
    func secondFactor() throws {
        let browser = Browser()
        let mine = try token(browser, "ben")
        var credential = UserCredential(password: "pw-ben")
        credential.requiresMFA = true
        try browser.tenant.append(
            [.userCredentialChanged(Fixture.user("ben"), credential)], at: browser.now)
        let response = try refresh(browser, mine)
        #expect(response.refusedWith == 50_076)
        let body = try response.json
        #expect(body["suberror"] == "basic_action")
        #expect(body["claims"]?.stringValue?.hasPrefix(#"{"access_token":{"capolids":"#) == true)
    }

    @Test("single-page apps: Origin needed, no secret, one day in all — §1.3")
    func singlePage() throws {
        let browser = Browser()
        let origin: HTTPHeaders = ["Origin": "https://spa.example"]
        let target = browser.authorizeTarget(
            "spa", changing: ["redirect_uri": "https://spa.example/"])
        let spa: [String: String?] = [
            "client_secret": nil, "redirect_uri": "https://spa.example/",
        ]
        func code() throws -> String {
            try #require(try browser.signIn(at: target).redirected?["code"])
        }
        #expect(try browser.redeem(try code(), app: "spa", changing: spa).refusedWith == 9_002_327)
        #expect(
            try browser.redeem(
                try code(), app: "spa", changing: spa.merging(["client_secret": "x"]) { $1 }
            )
            .refusedWith == 700_025)
        #expect(
            try browser.redeem(
                try code(), app: "spa", changing: spa.merging(["code_verifier": nil]) { $1 },
                headers: origin
            ).refusedWith == 9_002_325)
        let answer = try browser.redeem(try code(), app: "spa", changing: spa, headers: origin)
        #expect(answer.headers["Access-Control-Allow-Origin"] == "*")
        let body = try answer.json
        #expect(body["refresh_token_expires_in"] == 86_399)
        let first = try #require(body["refresh_token"]?.stringValue)
        browser.now = browser.now + .hours(23)
        let second = try #require(
            try refresh(browser, first, app: "spa", secret: nil, origin).json["refresh_token"]?
                .stringValue)
        browser.now = browser.now + .hours(1)
        #expect(
            try refresh(browser, second, app: "spa", secret: nil, origin).refusedWith == 700_084)
    }

    @Test("a browser may not redeem a web application's code — 9002326")
    func crossOrigin() throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        let response = try browser.redeem(code, headers: ["Origin": "https://web.example"])
        #expect(response.refusedWith == 9_002_326)
    }

    @Test("a preflight is answered without looking at anything")
    func preflight() throws {
        let response = try Browser().send(
            HTTPRequest(
                method: .options, target: "/nowhere.example/oauth2/v2.0/token",
                headers: ["Origin": "https://spa.example"]))
        #expect(response.status == 200)
        #expect(response.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS")
    }
}
