import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Federated credentials — identity-platform.md §3.1, aadsts.md §6.1")
struct FederatedCredentialTests {
    /// One issuer with one key, as a shell would have fetched it.
    struct Issuer: TrustedIssuerKeys {
        static let name = "https://ci.example"

        func publicKey(issuer: String, keyID: String?) -> RSAPublicKey? {
            let key = Fixture.strangerKey
            return issuer == Self.name && keyID == key.kid ? key.privateKey.publicKey : nil
        }
    }

    static let subject = "repo:fabrikam/app:ref:refs/heads/main"

    private func browser(trusting trusts: [AppRegistration.FederatedCredential]) throws -> Browser {
        let browser = Browser()
        browser.issuerKeys = Issuer()
        var app = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app("daemon")))
        app.federatedCredentials = trusts
        try browser.tenant.append([.applicationChanged(app)], at: browser.now)
        return browser
    }

    private static let trust = AppRegistration.FederatedCredential(
        name: "ci", issuer: Issuer.name, subject: subject)

    private func sent(
        _ browser: Browser, _ changes: [String: JSONValue] = [:],
        signedBy key: SigningKey = Fixture.strangerKey
    ) throws -> HTTPResponse {
        var claims: [String: JSONValue] = [
            "iss": .string(Issuer.name), "sub": .string(Self.subject),
            "aud": "api://AzureADTokenExchange",
            "exp": .int((browser.now + .minutes(5)).seconds),
            "nbf": .int(browser.now.seconds),
        ]
        claims.merge(changes) { $1 }
        let object = JSONObject(
            claims.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
        return try browser.request(
            "token",
            [
                "grant_type": "client_credentials", "scope": "api://orders/.default",
                "client_id": Fixture.app("daemon").description,
                "client_assertion_type": ClientCredential.assertionType,
                "client_assertion": try key.signToken(header: .v2, claims: object),
            ])
    }

    @Test("a trusted issuer's token proves the client like a certificate")
    func accepted() throws {
        let body = try sent(try browser(trusting: [Self.trust])).json
        #expect(try body.claims("access_token")["azpacr"] == "2")
    }

    @Test("a token of one of our own tenants is trusted by its address")
    func ownTenant() throws {
        let own = "\(Fixture.origin)/\(Fixture.tenant)/v2.0"
        let browser = try browser(trusting: [
            .init(name: "own", issuer: "{origin}/\(Fixture.tenant)/v2.0", subject: Self.subject)
        ])
        #expect(
            try sent(browser, ["iss": .string(own)], signedBy: Fixture.signingKey).status == 200)
    }

    @Test("issuer, then subject, then audience: the first that differs is named")
    func order() throws {
        let browser = try browser(trusting: [Self.trust])
        let all: [String: JSONValue] = [
            "iss": "https://other.example", "sub": "other", "aud": "other",
        ]
        let issuer = try sent(browser, all)
        #expect(issuer.refusedWith == 700_211)
        #expect(issuer.status == 401)
        #expect(try issuer.json["error"] == "invalid_client")
        #expect(
            try sent(browser, all.merging(["iss": .string(Issuer.name)]) { $1 }).refusedWith
                == 700_213)
        #expect(try sent(browser, ["aud": "other"]).refusedWith == 700_212)
        let spelled = Self.subject.replacing("main", with: "Main")
        #expect(try sent(browser, ["sub": .string(spelled)]).refusedWith == 700_213)
        #expect(try sent(browser, ["iss": "https://ci.example/"]).refusedWith == 700_211)
    }

    @Test("nothing configured is 70025; too old is 700024; another key is 50013")
    func rest() throws {
        #expect(try sent(try browser(trusting: [])).refusedWith == 70_025)
        let browser = try browser(trusting: [Self.trust])
        let past = JSONValue.int((browser.now - .minutes(5)).seconds)
        #expect(try sent(browser, ["exp": past, "nbf": past]).refusedWith == 700_024)
        #expect(try sent(browser, signedBy: Fixture.clientKey).refusedWith == 50_013)
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        guard let range = range(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
