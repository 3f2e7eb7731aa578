import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Continuous access evaluation — identity-platform.md §8.4, §8.6")
struct ContinuousAccessTests {
    private let browser = Browser()
    private static let capable = #"{"access_token":{"xms_cc":{"values":["CP1"]}}}"#

    private func token(_ user: String = "ada", capable: Bool = true) throws -> JSONObject {
        browser.forgetCookies()
        return try browser.tokens(
            user, changing: ["claims": capable ? Self.capable : nil, "scope": "openid profile"])
    }

    private func userInfo(_ token: JSONObject) throws -> HTTPResponse {
        let text = try #require(token["access_token"]?.stringValue)
        return try browser.get("/oidc/userinfo", ["Authorization": "Bearer \(text)"])
    }

    /// `nbf` of the claims challenge; nil when there is none.
    private func challenge(_ response: HTTPResponse) throws -> String? {
        guard response.status == 401, let header = response.headers["WWW-Authenticate"],
            let mark = header.range(of: "claims=\"")
        else { return nil }
        #expect(header.hasPrefix(#"Bearer realm="", authorization_uri=""#))
        #expect(header.contains(#"error="insufficient_claims""#))
        let text = header[mark.upperBound...].prefix { $0 != "\"" }
        let claims = try JSONValue(parsing: try #require(Base64.decode(String(text))))
        #expect(claims["access_token"]?["nbf"]?["essential"] == true)
        return claims["access_token"]?["nbf"]?["value"]?.stringValue
    }

    @Test("a client that says cp1 gets a token of 20 to 28 hours; others an hour or so")
    func lifetime() throws {
        for seed in 0..<4 {
            browser.now = Fixture.start + .seconds(seed)
            let seconds = try #require(try token()["expires_in"]?.intValue)
            #expect((71_999...100_799).contains(seconds))
            let ordinary = try #require(try token(capable: false)["expires_in"]?.intValue)
            #expect(ordinary <= 5_400)
        }
        browser.settings.variesTokenLifetime = false
        #expect(try token()["expires_in"] == 86_399)
        let daemon = try browser.daemon([
            "scope": "https://graph.microsoft.com/.default", "claims": Self.capable,
        ])
        #expect(try daemon.json["expires_in"] == 86_399)
        // An API of one's own does not watch for events, so its tokens stay short.
        let own = try browser.daemon(["claims": Self.capable])
        #expect(try own.json["expires_in"] == 3_599)
    }

    @Test("a token lifetime policy does not reach it, the setting for every token does")
    func policies() throws {
        try browser.decide {
            $0.tokenLifetimes = [
                TokenLifetimePolicy(
                    id: TokenLifetimePolicyID(Fixture.id("short")), displayName: "short",
                    accessTokenLifetime: .minutes(10), isOrganizationDefault: true)
            ]
        }
        browser.settings.variesTokenLifetime = false
        #expect(try token()["expires_in"] == 86_399)
        #expect(try token(capable: false)["expires_in"] == 599)
        browser.settings.accessTokenLifetime = .minutes(20)
        #expect(try token()["expires_in"] == 1_199)
    }

    @Test("revoked sessions are heard of at once, and a new sign-in helps")
    func revoked() throws {
        let first = try token()
        let old = try token(capable: false)
        #expect(try userInfo(first).status == 200)
        browser.now = browser.now + .seconds(60)
        try browser.append(.userSessionsRevoked(Fixture.user("ada")))
        let refused = try userInfo(first)
        #expect(try challenge(refused) == String(browser.now.seconds))
        let message = try refused.json["error"]?["message"]?.stringValue
        #expect(message?.hasSuffix("code: TokenIssuedBeforeRevocationTimestamp") == true)
        // Who cannot handle a challenge keeps a token that holds to its end.
        #expect(try userInfo(old).status == 200)
        #expect(try userInfo(try token()).status == 200)
    }

    @Test("so is a password that the person changed")
    func changedPassword() throws {
        let first = try token()
        browser.now = browser.now + .seconds(60)
        var credential = UserCredential(password: "pw-ada")
        credential.changedAt = browser.now
        try browser.append(.userCredentialChanged(Fixture.user("ada"), credential))
        #expect(try challenge(try userInfo(first)) == String(browser.now.seconds))
        #expect(try userInfo(try token()).status == 200)
    }

    @Test("getMemberObjects asks the same question")
    func memberObjects() throws {
        let text = try #require(try token()["access_token"]?.stringValue)
        func ask() throws -> HTTPResponse {
            try browser.send(
                HTTPRequest(
                    method: .post,
                    target: "/v1.0/users/\(Fixture.user("ada"))/getMemberObjects",
                    headers: ["Authorization": "Bearer \(text)"],
                    body: Array(#"{"securityEnabledOnly":false}"#.utf8)))
        }
        #expect(try ask().status == 200)
        browser.now = browser.now + .seconds(1)
        try browser.append(.userSessionsRevoked(Fixture.user("ada")))
        #expect(try challenge(try ask()) != nil)
    }

    struct Event: Sendable, CustomTestStringConvertible {
        let text: String
        let code: String
        let happen: @Sendable (Browser) throws -> Void
        var testDescription: String { text }
    }

    static let events: [Event] = [
        Event(text: "the account is disabled", code: "UserDisabled") {
            try $0.set("ada", "accountEnabled", false)
        },
        Event(text: "the account is deleted", code: "UserDisabled") {
            try $0.append(.userDeleted(Fixture.user("ada")))
        },
        Event(text: "a second factor is demanded", code: "TokenCreatedWithOutdatedPolicies") {
            var credential = UserCredential(password: "pw-ada")
            credential.requiresMFA = true
            try $0.append(.userCredentialChanged(Fixture.user("ada"), credential))
        },
        Event(text: "the account is at high risk", code: "UserAtRisk") {
            try $0.situate("ada", [.userRisk: "high"])
        },
    ]

    @Test("every critical event ends in a challenge", arguments: events)
    func critical(_ event: Event) throws {
        let token = try token()
        browser.now = browser.now + .seconds(1)
        try event.happen(browser)
        let refused = try userInfo(token)
        #expect(try challenge(refused) == String(browser.now.seconds))
        #expect(
            try refused.json["error"]?["message"]?.stringValue?.hasSuffix("code: \(event.code)")
                == true)
    }
}
