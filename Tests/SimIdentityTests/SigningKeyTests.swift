import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// Four keys of the tenant and one of an application.
struct NumberedKeys: TokenSigningKeys {
    static let tenant = [Fixture.signingKey, Fixture.clientKey, Fixture.strangerKey]
    static let application = Fixture.makeKey("Microsoft Azure Federated SSO Certificate")

    var mayHaveChanged: Bool { true }

    func key(_ number: Int, of tenant: TenantID, app: AppID?) -> SigningKey {
        app == nil ? Self.tenant[min(number, 3) - 1] : Self.application
    }
}

@Suite("Rollover of signing keys — identity-platform.md §6")
struct SigningKeyTests {
    private let browser: Browser

    init() {
        browser = Browser()
        browser.keys = NumberedKeys()
    }

    private func published(_ query: String = "") throws -> [String] {
        let body = try browser.get("/\(Fixture.tenant)/discovery/v2.0/keys\(query)").json
        return body["keys"]?.arrayValue?.compactMap { $0["kid"]?.stringValue } ?? []
    }

    private func rotate(_ body: (inout SigningKeySchedule) -> Void) throws {
        var schedule = browser.tenant.snapshot().signingKeys
        body(&schedule)
        try browser.tenant.append([.signingKeysChanged(schedule)], at: browser.now)
    }

    private func kid(_ tokens: JSONObject, _ member: String = "id_token") throws -> String? {
        try tokens.header(member)["kid"]?.stringValue
    }

    private func token(_ scope: String = "openid") throws -> JSONObject {
        browser.forgetCookies()
        let answer = try browser.signIn(at: browser.authorizeTarget(changing: ["scope": scope]))
        return try browser.redeem(try #require(answer.redirected?["code"])).json
    }

    @Test("a token names the key that signs, and every published key is another one")
    func signing() throws {
        #expect(try kid(token()) == Fixture.signingKey.kid)
        #expect(try published() == [Fixture.signingKey.kid, Fixture.clientKey.kid])
        try rotate { $0.rotate(at: browser.now) }
        #expect(try kid(token()) == Fixture.clientKey.kid)
        #expect(
            try published() == [
                Fixture.clientKey.kid, Fixture.signingKey.kid, Fixture.strangerKey.kid,
            ])
    }

    @Test("a token signed before a rollover holds until its key is published no more")
    func overlap() throws {
        let tokens = try token("openid profile")
        let bearer: HTTPHeaders = [
            "Authorization": "Bearer \(try #require(tokens["access_token"]?.stringValue))"
        ]
        try rotate { $0.rotate(at: browser.now, keptAfter: .minutes(30)) }
        browser.now = browser.now + .minutes(30) - .seconds(1)
        #expect(try browser.get("/oidc/userinfo", bearer).status == 200)
        browser.now = browser.now + .seconds(1)
        #expect(try browser.get("/oidc/userinfo", bearer).status == 401)
    }

    @Test("after an emergency every older token is refused")
    func emergency() throws {
        let own = try token("openid profile")
        try rotate { $0.replaceAll(at: browser.now) }
        let bearer: HTTPHeaders = [
            "Authorization": "Bearer \(try #require(own["access_token"]?.stringValue))"
        ]
        #expect(try browser.get("/oidc/userinfo", bearer).status == 401)
    }

    @Test("an unpublished key signs, and no document holds it")
    func unpublished() throws {
        try rotate { $0.signUnpublished(at: browser.now) }
        let kid = try #require(try kid(token()))
        #expect(kid == Fixture.strangerKey.kid)
        #expect(try !published().contains(kid))
        try rotate { $0.publishSigningKey(at: browser.now) }
        #expect(try published().contains(kid))
    }

    @Test("an app's own key signs what is for it, and is found with ?appid= alone")
    func application() throws {
        let snapshot = browser.tenant.snapshot()
        var principal = try #require(snapshot.servicePrincipal(appID: Fixture.app("web")))
        principal.tokenSigningKeys = [1]
        try browser.tenant.append([.servicePrincipalChanged(principal)], at: browser.now)
        let tokens = try token("openid api://orders/read")
        #expect(try kid(tokens) == NumberedKeys.application.kid)
        #expect(try kid(tokens, "access_token") == Fixture.signingKey.kid)
        #expect(try !published().contains(NumberedKeys.application.kid))
        let query = "?appid=\(Fixture.app("web"))"
        #expect(
            try published(query) == [
                NumberedKeys.application.kid, Fixture.signingKey.kid, Fixture.clientKey.kid,
            ])
        #expect(try published("?appid=\(Fixture.app("spa"))") == (try published()))
        let discovery = try browser.get(
            "/\(Fixture.tenant)/v2.0/.well-known/openid-configuration\(query)"
        ).json
        #expect(discovery["jwks_uri"]?.stringValue?.hasSuffix("/keys\(query)") == true)
    }

    @Test("Graph's tokens carry a nonce and verify nowhere but here — §4.1")
    func sealedGraphTokens() throws {
        browser.settings.sealsGraphTokens = true
        let tokens = try token("openid profile")
        let text = try #require(tokens["access_token"]?.stringValue)
        let parsed = try JSONWebToken(parsing: text)
        #expect(parsed.header.names == ["typ", "nonce", "alg", "x5t", "kid"])
        #expect(!parsed.isSigned(by: Fixture.signingKey.privateKey.publicKey))
        let bearer: HTTPHeaders = ["Authorization": "Bearer \(text)"]
        #expect(try browser.get("/oidc/userinfo", bearer).status == 200)
        let groups = try browser.send(
            HTTPRequest(
                method: .post, target: "/v1.0/users/\(Fixture.user("ada"))/getMemberObjects",
                headers: bearer, body: Array(#"{"securityEnabledOnly":false}"#.utf8)))
        #expect(groups.status == 200)
        // With another nonce the digest under the signature is another one.
        var header = parsed.header
        header["nonce"] = "another"
        let forged = Base64.urlEncode(header.serialized) + text.drop { $0 != "." }
        #expect(
            try browser.get("/oidc/userinfo", ["Authorization": "Bearer \(forged)"]).status == 401)
        // Other APIs' tokens are as they were, and without the setting Graph's are too.
        let other = try token("openid api://orders/read")
        #expect(try other.header("access_token")["nonce"] == nil)
        browser.settings.sealsGraphTokens = false
        #expect(try token("openid profile").header("access_token")["nonce"] == nil)
    }
}
