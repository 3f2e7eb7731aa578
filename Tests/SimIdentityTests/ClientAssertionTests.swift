import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Client assertions — RFC 7523, identity-platform.md §3.1")
struct ClientAssertionTests {
    private static let audience = "\(Fixture.origin)/\(Fixture.tenant)/oauth2/v2.0/token"
    private static let now = Fixture.start.seconds

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var header: [String: JSONValue?] = [:]
        var claims: [String: JSONValue?] = [:]
        var signer = Fixture.clientKey
        /// nil when it is accepted.
        let code: Int?

        init(
            _ name: String, header: [String: JSONValue?] = [:],
            claims: [String: JSONValue?] = [:], signer: SigningKey = Fixture.clientKey,
            _ code: Int?
        ) {
            testDescription = name
            self.header = header
            self.claims = claims
            self.signer = signer
            self.code = code
        }
    }

    private static let sha256 = Base64.urlEncode(Fixture.clientKey.certificate.sha256Thumbprint)
    private static let sha1 = Fixture.clientKey.kid

    static let rows: [Row] = [
        Row("RS256 by x5t", nil),
        Row("RS256 by padded x5t", header: ["x5t": .string(sha1 + "=")], nil),
        Row(
            "PS256 by padded x5t#S256",
            header: ["alg": "PS256", "x5t": nil, "x5t#S256": .string(sha256 + "=")], nil),
        Row(
            "dates as fractions",
            claims: [
                "exp": .double(Double(now) + 599.5), "nbf": .double(Double(now) - 0.25),
            ], nil),
        Row("no typ", header: ["typ": nil], nil),
        Row(
            "audience: the issuer",
            claims: ["aud": .string("\(Fixture.origin)/\(Fixture.tenant)/v2.0")], nil),
        Row(
            "audience: the v1 token address, by domain",
            claims: ["aud": .string("\(Fixture.origin)/fabrikam.example/oauth2/token")], nil),
        Row("typ wrong", header: ["typ": "at+jwt"], 5_002_727),
        Row("no thumbprint", header: ["x5t": nil], 5_002_723),
        Row("alg none", header: ["alg": "none"], 5_002_730),
        Row("alg HS256", header: ["alg": "HS256"], 5_002_730),
        Row(
            "iss is another client", claims: ["iss": .string(Fixture.app("web").description)],
            700_021),
        Row("sub is not iss", claims: ["sub": "someone"], 50_048),
        Row("aud is elsewhere", claims: ["aud": "https://login.example/token"], 700_023),
        Row("expired beyond the skew", claims: ["exp": .int(now - 301)], 700_024),
        Row("not yet valid beyond the skew", claims: ["nbf": .int(now + 301)], 700_024),
        Row("within the skew", claims: ["nbf": .int(now + 299)], nil),
        Row(
            "key not registered", header: ["x5t": .string(Fixture.strangerKey.kid)],
            signer: Fixture.strangerKey, 700_027),
        Row("registered name, stranger's signature", signer: Fixture.strangerKey, 700_027),
        // Two faults.
        Row("type before audience", header: ["typ": "x"], claims: ["aud": "x"], 5_002_727),
        Row("issuer before subject", claims: ["iss": "x", "sub": "y"], 700_021),
        Row("audience before time", claims: ["aud": "x", "exp": .int(now - 400)], 700_023),
        Row(
            "time before signature", claims: ["exp": .int(now - 400)],
            signer: Fixture.strangerKey, 700_024),
    ]

    private func assertion(_ row: Row) throws -> String {
        let id = JSONValue.string(Fixture.app("daemon").description)
        var header: JSONObject = ["alg": "RS256", "typ": "JWT", "x5t": .string(Self.sha1)]
        var claims: JSONObject = [
            "aud": .string(Self.audience), "iss": id, "sub": id, "jti": "1",
            "nbf": .int(Self.now), "exp": .int(Self.now + 600),
        ]
        for (name, value) in row.header { header[name] = value }
        for (name, value) in row.claims { claims[name] = value }
        guard header["alg"] == "PS256" else {
            return try row.signer.signToken(header: .custom(header), claims: claims)
        }
        let input =
            Base64.urlEncode(header.serialized) + "." + Base64.urlEncode(claims.serialized)
        let signature = try row.signer.privateKey.signPS256(Array(input.utf8))
        return input + "." + Base64.urlEncode(signature)
    }

    private func send(_ assertion: String, type: String = ClientCredential.assertionType) throws
        -> HTTPResponse
    {
        let browser = Browser()
        return try browser.post(
            browser.tokenTarget,
            [
                "grant_type": "client_credentials", "scope": "api://orders/.default",
                "client_id": Fixture.app("daemon").description, "client_assertion_type": type,
                "client_assertion": assertion,
            ])
    }

    @Test("are judged in order", arguments: rows)
    func judged(_ row: Row) throws {
        let response = try send(try assertion(row))
        #expect(response.refusedWith == row.code)
        if row.code == nil {
            #expect(try response.json.claims("access_token")["azpacr"] == "2")
        }
    }

    @Test("that are no JWT are refused with 50027, and a wrong type is named")
    func malformed() throws {
        for text in ["x", "a.b", "..", "e30.e30.=="] {
            #expect(try send(text).refusedWith == 50_027)
        }
        #expect(try send("a.b.c").refusedWith == 50_120)
        #expect(try send("x", type: "saml").refusedWith == 900_144)
    }

    @Test("name the thumbprint of an unknown key in upper-case hexadecimal")
    func thumbprint() throws {
        let row = Row("", header: ["x5t": "AQID"], signer: Fixture.strangerKey, 700_027)
        let text = try send(try assertion(row)).json["error_description"]?.stringValue
        #expect(text?.contains("Thumbprint of key used by client: '010203'") == true)
    }
}
