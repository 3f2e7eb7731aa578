import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Token lifetime policies — identity-platform.md §3.4")
struct TokenLifetimeTests {
    private let browser = Browser()

    private func policy(_ app: String, _ lifetime: Duration) throws {
        let id = TokenLifetimePolicyID(Fixture.id("policy \(app)"))
        var policies = browser.tenant.snapshot().policies
        policies.tokenLifetimes.append(
            .init(id: id, displayName: app, accessTokenLifetime: lifetime))
        var principal = try #require(
            browser.tenant.snapshot().servicePrincipal(appID: Fixture.app(app)))
        principal.tokenLifetimePolicy = id
        try browser.tenant.append(
            [.policiesChanged(policies), .servicePrincipalChanged(principal)], at: browser.now)
    }

    private func life(_ claims: JSONObject) -> Int64? {
        guard let end = claims["exp"]?.intValue, let start = claims["iat"]?.intValue else {
            return nil
        }
        return end - start - 300
    }

    @Test("an access token lives as its API's policy says, an ID token as its client's")
    func policies() throws {
        try policy("api", .minutes(10))
        try policy("web", .hours(4))
        let body = try browser.tokens(changing: ["scope": "openid api://orders/read"])
        #expect(try life(body.claims("access_token")) == 600)
        #expect(body["expires_in"] == 599)
        #expect(try life(body.claims("id_token")) == 4 * 3_600)
        let app = try browser.post(
            browser.tokenTarget,
            [
                "grant_type": "client_credentials", "scope": "api://orders/.default",
                "client_id": Fixture.app("daemon").description, "client_secret": "daemon-secret",
            ]
        ).json
        #expect(try life(app.claims("access_token")) == 600)
    }

    @Test("without a policy a person's tokens live 60 to 90 minutes, an app's and an ID token 60")
    func defaults() throws {
        let body = try browser.tokens(changing: ["scope": "openid api://orders/read"])
        let lifetime = try #require(try life(body.claims("access_token")))
        #expect((3_600...5_400).contains(lifetime))
        #expect(body["refresh_in"] == nil)
        #expect(try life(body.claims("id_token")) == 3_600)
    }

    @Test(
        "from 7200 seconds of expires_in on a token says when to renew it, half way — §3.2",
        arguments: [(7_199, nil), (7_200, 3_600), (7_201, 3_600)])
    func refreshThreshold(expiresIn: Int, refreshIn: Int64?) throws {
        // `expires_in` is a second less than the life.
        try policy("api", .seconds(expiresIn + 1))
        let body = try browser.tokens(changing: ["scope": "openid api://orders/read"])
        #expect(body["expires_in"]?.intValue == Int64(expiresIn))
        #expect(body["refresh_in"]?.intValue == refreshIn)
    }

    @Test("refresh_in stands behind the other numbers, and rounds down")
    func refreshIn() throws {
        try policy("api", .days(1))
        let body = try browser.tokens(changing: ["scope": "openid api://orders/read"])
        #expect(body["expires_in"] == 86_399)
        #expect(body["refresh_in"] == 43_199)
        #expect(
            body.names.prefix(5) == [
                "token_type", "scope", "expires_in", "ext_expires_in", "refresh_in",
            ])
    }
}
