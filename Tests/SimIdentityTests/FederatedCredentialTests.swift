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

        func key(of issuer: String, id: String?) -> IssuerKey {
            guard issuer == Self.name else { return .unreachable }
            let key = Fixture.strangerKey
            return id == key.kid ? .found(key.privateKey.publicKey) : .notFound
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

    private func fields(
        _ browser: Browser, _ changes: [String: JSONValue], _ key: SigningKey
    ) throws -> KeyValuePairs<String, String> {
        var claims: [String: JSONValue] = [
            "iss": .string(Issuer.name), "sub": .string(Self.subject),
            "aud": "api://AzureADTokenExchange",
            "exp": .int((browser.now + .minutes(5)).seconds),
            "nbf": .int(browser.now.seconds),
        ]
        claims.merge(changes) { $1 }
        let object = JSONObject(
            claims.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
        return [
            "grant_type": "client_credentials", "scope": "api://orders/.default",
            "client_id": Fixture.app("daemon").description,
            "client_assertion_type": ClientCredential.assertionType,
            "client_assertion": try key.signToken(header: .v2, claims: object),
        ]
    }

    private func request(
        _ browser: Browser, _ changes: [String: JSONValue]
    ) throws -> HTTPRequest {
        let form = FormFields(try fields(browser, changes, Fixture.strangerKey))
        return HTTPRequest(
            method: .post, target: browser.tokenTarget, body: Array(form.encoded().utf8))
    }

    private func sent(
        _ browser: Browser, _ changes: [String: JSONValue] = [:],
        signedBy key: SigningKey = Fixture.strangerKey
    ) throws -> HTTPResponse {
        try browser.post(browser.tokenTarget, try fields(browser, changes, key))
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

    @Test("an issuer whose documents cannot be read is 50166, invalid_request, once all else fits")
    func unreachable() throws {
        let browser = try browser(trusting: [
            .init(name: "far", issuer: "https://far.example", subject: Self.subject)
        ])
        let refused = try sent(browser, ["iss": "https://far.example"])
        #expect(refused.refusedWith == 50_166)
        #expect(refused.status == 400)
        let body = try refused.json
        #expect(body["error"] == "invalid_request")
        #expect(
            body["error_description"]?.stringValue?.contains(
                "50166: Request to External OIDC endpoint failed. Trace ID:") == true)
        let wrong: [String: JSONValue] = ["iss": "https://far.example", "sub": "other"]
        #expect(try sent(browser, wrong).refusedWith == 700_213)
    }

    @Test("the key a request needs is asked for when its client trusts the issuer, else not")
    func question() throws {
        func question(
            _ browser: Browser, _ changes: [String: JSONValue] = [:]
        ) throws -> IssuerQuestion? {
            browser.platform.issuerQuestion(try request(browser, changes))
        }
        let browser = try browser(trusting: [Self.trust])
        #expect(
            try question(browser)
                == IssuerQuestion(issuer: Issuer.name, keyID: Fixture.strangerKey.kid))
        #expect(try question(browser, ["iss": "https://other.example"]) == nil)
        #expect(try question(try self.browser(trusting: [])) == nil)
        let own = "\(Fixture.origin)/\(Fixture.tenant)/v2.0"
        #expect(try question(browser, ["iss": .string(own)]) == nil)
        let plain = HTTPRequest(
            method: .post, target: browser.tokenTarget, body: Array("grant_type=x".utf8))
        #expect(browser.platform.issuerQuestion(plain) == nil)
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        guard let range = range(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
