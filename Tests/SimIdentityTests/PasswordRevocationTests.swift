import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("What a changed password ends — identity-platform.md §3.4, table of revocations")
struct PasswordRevocationTests {
    private let browser = Browser()
    private static let native: [String: String?] = [
        "redirect_uri": "http://localhost", "client_secret": nil,
    ]

    private func expire() throws {
        browser.now = browser.now + .seconds(1)
        var expired = UserCredential(password: "pw-ada")
        expired.isExpired = true
        try browser.append(.userCredentialChanged(Fixture.user("ada"), expired))
    }

    /// The expired password is replaced on the page of another browser.
    private func changeElsewhere(after time: Duration = .seconds(1)) throws {
        let cookies = browser.cookies
        browser.forgetCookies()
        browser.now = browser.now + time
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        let next = try browser.submit(
            page, ["oldpasswd": "pw-ada", "newpasswd": "long enough", "confirm": "long enough"])
        #expect(try browser.finish(next).redirected?["code"] != nil)
        // Who has just chosen it is signed in there.
        #expect(try silently().redirected?["code"] != nil)
        browser.forgetCookies()
        for cookie in cookies { browser.setCookie(cookie.name, cookie.value) }
    }

    private func silently() throws -> HTTPResponse {
        try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
    }

    private func refresh(_ token: String, isConfidential: Bool) throws -> HTTPResponse {
        var fields = FormFields([
            .init("grant_type", "refresh_token"), .init("refresh_token", token),
            .init("client_id", Fixture.app("web").description),
        ])
        if isConfidential { fields.append("client_secret", Fixture.webSecret) }
        return try browser.post(browser.tokenTarget, fields)
    }

    @Test("sessions of other browsers are over, silently 50132; expiry alone ends none")
    func sessions() throws {
        #expect(try browser.signIn("ada").redirected?["code"] != nil)
        try expire()
        #expect(try silently().redirected?["code"] != nil)
        try changeElsewhere()
        #expect(try silently().refusedWith == 50_132)
        let page = try browser.get(browser.authorizeTarget())
        #expect(page.text.contains("name=\"login\""))
    }

    @Test("refresh tokens of public clients are 50173; confidential clients keep theirs")
    func refreshTokens() throws {
        let mine = try #require(try browser.tokens()["refresh_token"]?.stringValue)
        let target = browser.authorizeTarget(changing: ["redirect_uri": "http://localhost"])
        let code = try #require(try browser.signIn(at: target).redirected?["code"])
        let native = try browser.redeem(code, changing: Self.native).json
        let theirs = try #require(native["refresh_token"]?.stringValue)
        try expire()
        #expect(try refresh(theirs, isConfidential: false).status == 200)
        try changeElsewhere()
        let refused = try refresh(theirs, isConfidential: false)
        #expect(refused.refusedWith == 50_173)
        #expect(try refused.json["suberror"] == "bad_token")
        #expect(try refresh(mine, isConfidential: true).status == 200)
        // Ended sessions end both.
        browser.now = browser.now + .seconds(1)
        try browser.append(.userSessionsRevoked(Fixture.user("ada")))
        #expect(try refresh(mine, isConfidential: true).refusedWith == 50_173)
    }

    @Test("a session by a proof without password stays")
    func withoutPassword() throws {
        let user = try #require(browser.tenant.snapshot().user(Fixture.user("ada")))
        var changed = user
        changed.credential.changedAt = browser.now + .seconds(1)
        let later = browser.now + .seconds(2)
        func since(_ methods: [String], at now: Timestamp) -> Timestamp {
            changed.sessionsCount(
                of: SignIn(
                    user: user.id, authenticatedAt: browser.now, methods: methods,
                    sessionID: .zero),
                at: now)
        }
        #expect(since(["pwd", "mfa"], at: later) == browser.now + .seconds(1) + User.instant)
        #expect(since(["fido", "mfa"], at: later) == user.sessionsValidFrom)
        // What a fixture dates ahead has not happened yet.
        #expect(since(["pwd"], at: browser.now) == user.sessionsValidFrom)
        #expect(
            since(["pwd"], at: browser.now + .seconds(1))
                == browser.now + .seconds(1) + User.instant)
    }

    @Test("while the clock stands still what came first counts: a sign-in, its end, the next")
    func standingClock() throws {
        let first = try #require(try browser.tokens()["refresh_token"]?.stringValue)
        for _ in 0..<3 {
            try browser.append(.userSessionsRevoked(Fixture.user("ada")))
            #expect(try silently().refusedWith == 50_133)
            #expect(try refresh(first, isConfidential: true).refusedWith == 50_173)
            let next = try #require(try browser.tokens()["refresh_token"]?.stringValue)
            #expect(try silently().redirected?["code"] != nil)
            #expect(try refresh(next, isConfidential: true).status == 200)
        }
        var expired = UserCredential(password: "pw-ada")
        expired.isExpired = true
        try browser.append(.userCredentialChanged(Fixture.user("ada"), expired))
        try changeElsewhere(after: .zero)
        #expect(try silently().refusedWith == 50_132)
    }
}
