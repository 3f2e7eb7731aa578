import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("authorization_code grant — RFC 6749 §4.1.3, aadsts.md §6.2")
struct CodeGrantTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let changes: [String: String?]
        let code: Int
        let error: String
        var status = 400
        var age: Duration = .seconds(1)
        var before: (@Sendable (Browser) throws -> Void)?
        var testDescription: String { name }

        init(
            _ name: String, _ changes: [String: String?] = [:], age: Duration = .seconds(1),
            _ code: Int, _ error: String, status: Int = 400,
            before: (@Sendable (Browser) throws -> Void)? = nil
        ) {
            self.name = name
            self.changes = changes
            self.code = code
            self.error = error
            self.status = status
            self.age = age
            self.before = before
        }
    }

    private static func change(_ event: TenantEvent) -> @Sendable (Browser) throws -> Void {
        { browser in try browser.tenant.append([event], at: browser.now) }
    }

    static let rows: [Row] = [
        Row("900144, no code", ["code": nil], 900_144, "invalid_request"),
        Row("900144, no redirect_uri", ["redirect_uri": nil], 900_144, "invalid_request"),
        Row(
            "9002313, garbage code, even with a wrong secret",
            ["code": "garbage", "client_secret": "guess"], 9_002_313, "invalid_grant"),
        Row(
            "7000218, no secret", ["client_secret": nil], 7_000_218, "invalid_client",
            status: 401),
        Row(
            "7000215, wrong secret", ["client_secret": "guess"], 7_000_215, "invalid_client",
            status: 401),
        Row(
            "700007, code of another client",
            ["client_id": Fixture.app("multi").description], 700_007, "invalid_grant"),
        Row(
            "500112, another registered address",
            ["redirect_uri": "https://web.example/other"], 500_112, "invalid_client",
            status: 401),
        Row(
            "50011, an unregistered address", ["redirect_uri": "https://evil.example/"], 50_011,
            "invalid_client", status: 401),
        Row(
            "501481, wrong verifier", ["code_verifier": String(repeating: "x", count: 43)],
            501_481, "invalid_grant"),
        Row("50148, no verifier", ["code_verifier": nil], 50_148, "invalid_grant"),
        Row("70008, one second late", [:], age: .seconds(601), 70_008, "invalid_grant"),
        Row(
            "70003, grant unknown", ["grant_type": "password2"], 70_003,
            "unsupported_grant_type"),
        Row(
            "28000, two resources", ["scope": "api://orders/read User.Read"], 28_000,
            "invalid_grant"),
        Row(
            "65001, scope without consent", ["scope": "api://orders/write"], 65_001,
            "invalid_grant"),
        Row(
            "70011, scope the resource does not have", ["scope": "api://orders/fly"], 70_011,
            "invalid_scope"),
        Row(
            "500011, unknown resource", ["scope": "api://nothing/read"], 500_011,
            "invalid_resource"),
        Row(
            "50057, user disabled meanwhile", [:], 50_057, "invalid_grant",
            before: change(
                .userChanged(Fixture.user("ada"), [AttributeChange("accountEnabled", false)]))),
        Row(
            "51004, user deleted meanwhile", [:], 51_004, "invalid_grant",
            before: change(.userDeleted(Fixture.user("ada")))),
        Row(
            "50173, sessions revoked meanwhile", [:], 50_173, "invalid_grant",
            before: change(.userSessionsRevoked(Fixture.user("ada")))),
        // Two faults.
        Row(
            "secret before verifier", ["client_secret": "guess", "code_verifier": nil], 7_000_215,
            "invalid_client", status: 401),
        Row(
            "redirect address before verifier",
            ["redirect_uri": "https://web.example/other", "code_verifier": nil], 500_112,
            "invalid_client", status: 401),
        Row(
            "verifier before expiry", ["code_verifier": nil], age: .seconds(601), 50_148,
            "invalid_grant"),
    ]

    @Test("is refused with", arguments: rows)
    func refused(_ row: Row) throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        browser.now = browser.now + row.age
        try row.before?(browser)
        let response = try browser.redeem(code, changing: row.changes)
        #expect(response.refusedWith == row.code)
        #expect(response.status == row.status)
        #expect(try response.json["error"]?.stringValue == row.error)
    }

    @Test("still works in the last second")
    func lastSecond() throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        browser.now = browser.now + .seconds(600)
        #expect(try browser.redeem(code).status == 200)
    }

    @Test("answers 54005 to a second use, even when also expired")
    func replay() throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        #expect(try browser.redeem(code).status == 200)
        #expect(try browser.redeem(code).refusedWith == 54_005)
        browser.now = browser.now + .seconds(601)
        #expect(try browser.redeem(code).refusedWith == 54_005)
    }

    @Test("answers 54005 when the log refuses the redemption")
    func race() throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        browser.refusesNextCommit = true
        #expect(try browser.redeem(code).refusedWith == 54_005)
    }

    @Test("answers 9002313 to every changed byte of a code")
    func tampered() throws {
        let browser = Browser()
        let code = try #require(try browser.signIn().redirected?["code"])
        #expect(code.hasPrefix("1.AUcA"))
        #expect(code.split(separator: ".")[2].hasPrefix("AgAB"))
        let start =
            (code.lastIndex(of: ".").map { code.distance(from: code.startIndex, to: $0) } ?? 0) + 5
        for offset in stride(from: start, to: code.count, by: 37) {
            var characters = Array(code)
            characters[offset] = characters[offset] == "A" ? "B" : "A"
            #expect(try browser.redeem(String(characters)).refusedWith == 9_002_313)
        }
        // A refresh token is no code, though the same key sealed it.
        let body = try browser.redeem(code).json
        let refresh = try #require(body["refresh_token"]?.stringValue)
        #expect(try browser.redeem(refresh).refusedWith == 9_002_313)
    }

    @Test("answers 700005 to a code of another tenant")
    func otherTenant() throws {
        let browser = Browser()
        let code = try #require(
            try browser.signIn(at: browser.authorizeTarget("multi")).redirected?["code"])
        try browser.other.append(
            [
                .servicePrincipalCreated(
                    ServicePrincipal(
                        id: Fixture.principal("multi there"), appID: Fixture.app("multi"),
                        displayName: "Multi", createdAt: Fixture.start))
            ], at: browser.now)
        let response = try browser.redeem(
            code, app: "multi", tenant: Fixture.otherTenant.description)
        #expect(response.refusedWith == 700_005)
    }

    @Test("plain and absent challenges: a downgrade is refused")
    func challenges() throws {
        let browser = Browser()
        let plain = try browser.signIn(
            at: browser.authorizeTarget(changing: [
                "code_challenge": Browser.verifier, "code_challenge_method": nil,
            ]))
        #expect(try browser.redeem(try #require(plain.redirected?["code"])).status == 200)
        browser.forgetCookies()
        let none = try browser.signIn(
            at: browser.authorizeTarget(changing: [
                "code_challenge": nil, "code_challenge_method": nil,
            ]))
        let code = try #require(none.redirected?["code"])
        #expect(try browser.redeem(code).refusedWith == 501_481)
        #expect(try browser.redeem(code, changing: ["code_verifier": nil]).status == 200)
    }
}

@Suite("Tokens of a person — identity-platform.md §3.2, §4, §11.5")
struct UserTokenTests {
    @Test("the answer has the reference's members in order, numbers as numbers")
    func answer() throws {
        let body = try Browser().tokens(changing: [
            "scope": "openid profile offline_access api://orders/read"
        ]
        )
        #expect(
            body.names == [
                "token_type", "scope", "expires_in", "ext_expires_in", "access_token",
                "refresh_token", "id_token", "client_info",
            ])
        #expect(body["scope"] == "api://orders/read")
        let lifetime = try #require(body["expires_in"]?.intValue)
        #expect((3_599...5_399).contains(lifetime))
        let claims = try body.claims("access_token")
        #expect(
            claims.names == [
                "aud", "iss", "iat", "nbf", "exp", "aio", "azp", "azpacr", "name", "oid",
                "preferred_username", "rh", "scp", "sid", "sub", "tid", "uti", "ver", "xms_ftd",
            ])
        #expect(claims["scp"] == "read")
        #expect(claims["exp"]?.intValue == Fixture.start.seconds + lifetime + 1)
        let info = try #require(body["client_info"]?.stringValue.flatMap { Base64.urlDecode($0) })
        #expect(
            String(decoding: info, as: UTF8.self)
                == #"{"uid":"\#(Fixture.user("ada"))","utid":"\#(Fixture.tenant)"}"#)
    }

    @Test("the ID token repeats nonce and has roles, in the reference's order")
    func identity() throws {
        let claims = try Browser().tokens().claims("id_token")
        #expect(
            claims.names == [
                "aud", "iss", "iat", "nbf", "exp", "aio", "name", "nonce", "oid",
                "preferred_username", "rh", "roles", "sid", "sub", "tid", "uti", "ver",
            ])
        #expect(claims["nonce"] == "nonce-1")
        #expect(claims["roles"] == ["reader"])
        #expect(claims["sub"]?.stringValue?.count == 43)
        #expect(claims["aud"]?.stringValue == Fixture.app("web").description)
        #expect(claims["exp"]?.intValue == (claims["iat"]?.intValue ?? 0) + 3_900)
    }

    @Test("auth_time is there when max_age was sent, email when it was asked for")
    func onRequest() throws {
        let claims = try Browser().tokens(changing: ["max_age": "100", "scope": "openid email"])
            .claims("id_token")
        #expect(claims["auth_time"]?.intValue == Fixture.start.seconds)
        #expect(claims["email"] == "ada@fabrikam.example")
        #expect(claims["name"] == nil)
    }

    @Test("OpenID scopes alone give a v1 token for Graph")
    func graph() throws {
        let body = try Browser().tokens()
        #expect(body["scope"] == "openid profile")
        let claims = try body.claims("access_token")
        #expect(
            claims.names == [
                "aud", "iss", "iat", "nbf", "exp", "acr", "aio", "amr", "app_displayname", "appid",
                "appidacr", "family_name", "given_name", "ipaddr", "name", "oid", "puid", "rh",
                "scp", "sid", "sub", "tid", "unique_name", "upn", "uti", "ver", "xms_act_fct",
                "xms_ftd", "xms_idrel", "xms_rd", "xms_st", "xms_sub_fct", "xms_tcdt",
                "xms_tnt_fct",
            ])
        #expect(claims["aud"] == "00000003-0000-0000-c000-000000000000")
        #expect(claims["amr"] == ["pwd"])
        #expect(claims["scp"] == "openid profile")
    }

    @Test("subjects differ per application and stay the same per person")
    func pairwise() throws {
        let browser = Browser()
        let body = try browser.tokens(changing: ["scope": "openid api://orders/read"])
        let again = try browser.tokens(changing: ["scope": "openid"])
        #expect(try body.claims("id_token")["sub"] != body.claims("access_token")["sub"])
        #expect(try body.claims("id_token")["sub"] == again.claims("id_token")["sub"])
    }

    @Test("without offline_access and openid there are no such tokens")
    func fewer() throws {
        let body = try Browser().tokens(changing: ["scope": "api://orders/read"])
        #expect(body["refresh_token"] == nil)
        #expect(body["id_token"] == nil)
    }

    @Test("groups are named transitively, and replaced by a source beyond 200 — §4.5")
    func groups() throws {
        let browser = Browser()
        let web = try #require(browser.tenant.snapshot().application(appID: Fixture.app("web")))
        var changed = web
        changed.groupMembershipClaims = "SecurityGroup"
        try browser.tenant.append([.applicationChanged(changed)], at: browser.now)
        #expect(
            try browser.tokens().claims("id_token")["groups"]
                == JSONValue(strings: [
                    Fixture.id("group staff").description,
                    Fixture.id("group everyone").description,
                ]))
        let many = (0..<199).flatMap { number -> [TenantEvent] in
            let group = GroupID(Fixture.id("group \(number)"))
            return [
                .groupCreated(
                    Group(
                        id: group, displayName: "G\(number)", mailNickname: "g\(number)",
                        createdAt: Fixture.start)),
                .memberAdded(group, .user(Fixture.user("ada"))),
            ]
        }
        try browser.tenant.append(Array(many.dropLast(2)), at: browser.now)
        #expect(try browser.tokens().claims("id_token")["groups"]?.arrayValue?.count == 200)
        try browser.tenant.append(Array(many.suffix(2)), at: browser.now)
        let claims = try browser.tokens().claims("id_token")
        #expect(claims["groups"] == nil)
        #expect(claims["_claim_names"] == ["groups": "src1"])
    }

    @Test("v1 endpoints answer with text numbers, a v1 ID token and always a refresh token")
    func v1() throws {
        let browser = Browser()
        let answer = try browser.signIn(
            at: browser.authorizeTarget(
                v1: true, changing: ["resource": "api://orders", "scope": "openid"]))
        let body = try browser.redeem(try #require(answer.redirected?["code"]), v1: true).json
        #expect(
            body.names == [
                "token_type", "scope", "expires_in", "ext_expires_in", "expires_on", "not_before",
                "resource", "access_token", "refresh_token", "id_token", "client_info",
            ])
        #expect(body["scope"] == "read")
        #expect(body["resource"] == "api://orders")
        let claims = try body.claims("id_token")
        #expect(claims["ver"] == "1.0")
        #expect(claims["iss"]?.stringValue == "\(Fixture.origin)/\(Fixture.tenant)/")
        #expect(claims["upn"] == "ada@fabrikam.example")
    }
}
