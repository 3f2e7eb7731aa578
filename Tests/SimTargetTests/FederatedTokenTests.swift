import SimCore
import SimHTTP
import SimTarget
import Testing

@Suite("Another issuer's token in place of a secret — RFC 7523 §3, RFC 8693; provisioning.md §10.2")
struct FederatedTokenTests {
    @Test("as client assertion and as subject of an exchange it gives a token that SCIM takes")
    func token() throws {
        let app = try TokenApp()
        let assertion = try TokenApp.assertion()
        let first = app.post(TokenApp.presenting(assertion))
        #expect(first.status == 200)
        #expect(first.json["issued_token_type"] == nil)
        #expect(app.scim(try #require(first.json["access_token"]?.stringValue)).status == 200)
        // Its issuer puts no `jti` in: while it lasts it may be presented again.
        let second = app.post(TokenApp.exchanging(assertion))
        #expect(second.status == 200)
        #expect(
            second.json["issued_token_type"]
                == "urn:ietf:params:oauth:token-type:access_token")
        #expect(app.scim(try #require(second.json["access_token"]?.stringValue)).status == 200)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var algorithm = "RS256"
        var keyID: String? = TokenApp.keyID
        let says: String
        let change: @Sendable (inout JSONObject) -> Void

        init(
            _ name: String, algorithm: String = "RS256", keyID: String? = TokenApp.keyID,
            says: String, _ change: @escaping @Sendable (inout JSONObject) -> Void = { _ in }
        ) {
            testDescription = name
            self.algorithm = algorithm
            self.keyID = keyID
            self.says = says
            self.change = change
        }
    }

    private static let now = TestApp.start.seconds

    static let rows: [Row] = [
        Row("alg none", algorithm: "none", says: "RS256 or PS256"),
        Row("alg HS256 with the public key", algorithm: "HS256", says: "RS256 or PS256"),
        Row("alg RS512", algorithm: "RS512", says: "RS256 or PS256"),
        Row("another issuer", says: "issuer is not trusted") {
            $0["iss"] = "https://evil.example/7c1f/v2.0"
        },
        Row("the issuer with a slash more", says: "issuer is not trusted") {
            $0["iss"] = .string(TokenApp.issuer + "/")
        },
        Row("no issuer", says: "issuer is not trusted") { $0["iss"] = nil },
        Row("another subject", says: "subject is not trusted") { $0["sub"] = "someone" },
        Row("another audience", says: "another audience") { $0["aud"] = "api://other" },
        Row("an audience list without it", says: "another audience") { $0["aud"] = ["a", "b"] },
        Row("expired in this second", says: "has expired") { $0["exp"] = .int(now) },
        Row("without an end", says: "no 'exp'") { $0["exp"] = nil },
        Row("valid from the next second on", says: "not valid yet") { $0["nbf"] = .int(now + 1) },
        Row("an unreadable beginning", says: "not valid yet") { $0["nbf"] = "soon" },
        Row("a key nobody publishes", keyID: "k2", says: "not published"),
        Row("no key named", keyID: nil, says: "not published"),
        Row("two faults, subject and end: the subject", says: "subject is not trusted") {
            $0["sub"] = "x"
            $0["exp"] = .int(now - 1)
        },
        Row("two faults, alg and issuer: the algorithm", algorithm: "none", says: "RS256") {
            $0["iss"] = "x"
        },
    ]

    @Test("is refused", arguments: rows)
    func refusal(_ row: Row) throws {
        let app = try TokenApp()
        let assertion = try TokenApp.assertion(
            algorithm: row.algorithm, keyID: row.keyID, row.change)
        let client = app.post(TokenApp.presenting(assertion))
        #expect(client.status == 401)
        #expect(client.json["error"] == "invalid_client")
        let exchange = app.post(TokenApp.exchanging(assertion))
        #expect(exchange.status == 400)
        #expect(exchange.json["error"] == "invalid_request")
        for answer in [client, exchange] {
            let text = answer.json["error_description"]?.stringValue ?? ""
            #expect(text.contains(row.says.replacing("'", with: "'")), "\(text)")
            #expect(!answer.text.contains(assertion))
        }
        #expect(app.app.snapshot.tokens.count == 0)
    }

    @Test("in its last second it is good")
    func lastSecond() throws {
        let app = try TokenApp()
        let assertion = try TokenApp.assertion {
            $0["exp"] = .int(Self.now + 1)
            $0["nbf"] = .int(Self.now)
            $0["aud"] = ["other", .string(TokenApp.audience)]
        }
        #expect(app.post(TokenApp.presenting(assertion)).status == 200)
    }

    @Test("one byte of claims or signature changed spoils it")
    func tampered() throws {
        let app = try TokenApp()
        let parts = try TokenApp.assertion().split(separator: ".").map(String.init)
        var claims = try #require(Base64.urlDecode(parts[1]))
        let place = try #require(claims.lastIndex(of: UInt8(ascii: "1")))
        claims[place] = UInt8(ascii: "2")
        var signature = try #require(Base64.urlDecode(parts[2]))
        signature[0] ^= 1
        let subject = Base64.urlEncode(claims)
        for text in [
            "\(parts[0]).\(subject).\(parts[2])",
            "\(parts[0]).\(parts[1]).\(Base64.urlEncode(signature))",
            "\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1])", "x.y.z", "x",
        ] {
            let answer = app.post(TokenApp.presenting(text))
            #expect(answer.status == 401, "\(text)")
        }
        let signed = app.post(
            TokenApp.presenting("\(parts[0]).\(parts[1]).\(Base64.urlEncode(signature))"))
        #expect(
            signed.json["error_description"] == "the assertion's signature is wrong")
    }

    @Test(
        "the form around it",
        arguments: [
            ("&client_assertion_type=", "&other=", 400, "invalid_request"),
            ("jwt-bearer", "saml2-bearer", 401, "invalid_client"),
            ("client_id=wi", "client_id=reader", 401, "invalid_client"),
            ("client_id=wi&", "", 200, ""),
            ("client_id=wi&", "client_id=wi&client_secret=x&", 400, "invalid_request"),
            ("client_assertion=", "client_assertion=&x=", 401, "invalid_client"),
            ("client_id=wi", "client_id=wi&scope=read", 400, "invalid_scope"),
        ])
    func form(_ good: String, _ bad: String, _ status: Int, _ error: String) throws {
        let app = try TokenApp()
        let form = TokenApp.presenting(try TokenApp.assertion())
        try #require(form.contains(good))
        let answer = app.post(form.replacing(good, with: bad))
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.json["error"]?.stringValue ?? "" == error)
    }

    @Test(
        "an exchange",
        arguments: [
            ("&subject_token_type=", "&other=", 400),
            ("token-type%3Ajwt", "token-type%3Asaml2", 400),
            ("token-type%3Ajwt", "token-type%3Aid_token", 200),
            ("&subject_token=", "&other=", 400),
        ])
    func exchange(_ good: String, _ bad: String, _ status: Int) throws {
        let app = try TokenApp()
        let form = TokenApp.exchanging(try TokenApp.assertion())
        try #require(form.contains(good))
        let answer = app.post(form.replacing(good, with: bad))
        #expect(answer.status == status, "\(answer.text)")
        if status != 200 { #expect(answer.json["error"] == "invalid_request") }
    }

    @Test("only access tokens are given out")
    func requestedType() throws {
        let app = try TokenApp()
        let assertion = try TokenApp.assertion()
        let type = "&requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3A"
        #expect(app.post(TokenApp.exchanging(assertion, type + "access_token")).status == 200)
        #expect(app.post(TokenApp.exchanging(assertion, type + "refresh_token")).status == 400)
    }

    @Test("an app that can reach no issuer believes nobody")
    func unreachable() throws {
        let app = try TokenApp()
        let request = HTTPRequest(
            method: .post, target: "/apps/demo/oauth2/token",
            headers: ["Host": "h", "Content-Type": "application/x-www-form-urlencoded"],
            body: Array(TokenApp.presenting(try TokenApp.assertion()).utf8))
        let answer = Answer(app.app.handle(request, now: TestApp.start, random: app.random))
        #expect(answer.status == 401)
    }
}
