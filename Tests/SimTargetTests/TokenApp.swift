import SimCore
import SimCrypto
import SimHTTP
import SimTarget
import Testing

/// A sample app with a token endpoint, and an issuer it trusts.
struct TokenApp {
    static let issuer = "https://localhost:8443/7c1f/v2.0"
    static let subject = "4f5b2a10-0000-4000-8000-000000000001"
    static let audience = "4f5b2a10-0000-4000-8000-000000000002"
    static let keyID = "k1"

    let app: SampleApp
    let random = SeededRandom(seed: 3)
    let issuers: IssuerDocuments

    init(minutes: Int = 60, journal: (any SampleAppJournal)? = nil) throws {
        app = SampleApp(
            try SampleAppConfiguration(
                name: "demo", file: "demo.json", bytes: Array(Self.fixture(minutes).utf8)),
            random: random, journal: journal)
        issuers = try Self.documents()
    }

    static func fixture(_ minutes: Int = 60) -> String {
        TestApp.fixture.replacing(
            #""roles":{"#,
            with: #"""
                "oauth":{"tokenPath":"/oauth2/token","lifetimeMinutes":\#(minutes),
                  "clients":[
                    {"name":"Entra","clientId":"prov:1","clientSecret":"s3 cret&x","scopes":["scim.full","read"]},
                    {"name":"Reader","clientId":"reader","clientSecret":"r3ad","scopes":["read"]}],
                  "federated":[
                    {"name":"Entra","clientId":"wi","issuer":"{origin}/7c1f/v2.0",
                     "subject":"\#(subject)","audience":"\#(audience)","scopes":["scim.full"]}]},
                "roles":{
                """#, maxReplacements: 1)
    }

    // MARK: The issuer

    /// One key for all tests: making it takes a third of a second.
    private static let made = Result { try RSAPrivateKey.generate() }

    static func key() throws -> RSAPrivateKey { try made.get() }

    private static func documents() throws -> IssuerDocuments {
        let key = try key().publicKey
        let jwk: JSONValue = [
            "kty": "RSA", "use": "sig", "kid": .string(keyID),
            "n": .string(Base64.urlEncode(key.modulus)),
            "e": .string(Base64.urlEncode(key.exponent)),
        ]
        let documents: [String: JSONValue] = [
            issuer + "/.well-known/openid-configuration": [
                "issuer": .string(issuer), "jwks_uri": "https://localhost:8443/keys",
            ],
            "https://localhost:8443/keys": ["keys": [jwk]],
        ]
        return IssuerDocuments(origin: "https://localhost:8443") { url in
            documents[url].map { HTTPResponse(json: $0) }
        }
    }

    /// An assertion as the simulator issues it; `change` spoils its claims.
    static func assertion(
        algorithm: String = "RS256", keyID: String? = keyID,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> String {
        let now = TestApp.start.seconds
        var claims: JSONObject = [
            "aud": .string(audience), "iss": .string(issuer), "iat": .int(now - 300),
            "nbf": .int(now - 300), "exp": .int(now + 3_600), "sub": .string(subject),
        ]
        change(&claims)
        var header: JSONObject = ["typ": "JWT", "alg": .string(algorithm)]
        header.appendIfPresent("kid", keyID)
        let input =
            Base64.urlEncode(header.serialized) + "." + Base64.urlEncode(claims.serialized)
        let signature: [UInt8]
        switch algorithm {
        case "none": signature = []
        case "HS256":
            // A key every client can read, as in the attack this must not fall for.
            signature = SHA256.digest(try key().publicKey.modulus + Array(input.utf8))
        default: signature = try key().signRS256(Array(input.utf8))
        }
        return input + "." + Base64.urlEncode(signature)
    }

    // MARK: Requests

    func post(
        _ form: String, headers: HTTPHeaders = [:], method: HTTPMethod = .post,
        type: String? = "application/x-www-form-urlencoded", at now: Timestamp = TestApp.start
    ) -> Answer {
        var request = HTTPRequest(
            method: method, target: "/apps/demo/oauth2/token", headers: ["Host": "h"],
            body: Array(form.utf8))
        if let type { request.headers.append("Content-Type", type) }
        for field in headers.fields { request.headers.append(field.name, field.value) }
        return Answer(app.handle(request, now: now, random: random, issuers: issuers))
    }

    func scim(_ token: String, at now: Timestamp = TestApp.start) -> Answer {
        Answer(
            app.handle(
                HTTPRequest(
                    method: .get, target: "/apps/demo/scim/v2/Users",
                    headers: ["Host": "h", "Authorization": "Bearer \(token)"]),
                now: now, random: random))
    }

    static func basic(_ pair: String) -> HTTPHeaders {
        ["Authorization": "Basic " + Base64.encode(Array(pair.utf8))]
    }

    static let good = "grant_type=client_credentials&client_id=prov%3A1&client_secret=s3+cret%26x"
    static let basicForm = "grant_type=client_credentials"
    static let basicPair = "prov%3A1:s3+cret%26x"

    /// The form that presents an assertion.
    static func presenting(_ assertion: String) -> String {
        "grant_type=client_credentials&client_id=wi&client_assertion=\(assertion)"
            + "&client_assertion_type="
            + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
    }

    /// The form that exchanges one.
    static func exchanging(_ assertion: String, _ more: String = "") -> String {
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
            + "&subject_token=\(assertion)"
            + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt\(more)"
    }
}
