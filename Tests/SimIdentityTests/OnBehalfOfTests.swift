import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("on-behalf-of — identity-platform.md §3.7, aadsts.md §6.7")
struct OnBehalfOfTests {
    private static func values(_ assertion: String, api: String) -> [String: String?] {
        [
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "client_id": Fixture.app(api).description, "client_secret": Fixture.webSecret,
            "assertion": assertion, "requested_token_use": "on_behalf_of",
            "scope": "api://orders/.default openid profile offline_access",
        ]
    }

    /// The answer a person's client gets for calling `api`.
    private func called(
        _ browser: Browser, api: String, user: String = "ada", scope: String? = nil
    ) throws -> JSONObject {
        try browser.request(
            "token", PasswordGrantTests.values,
            [
                "username": "\(user)@fabrikam.example", "password": "pw-\(user)",
                "scope": scope ?? "api://\(api)/call openid",
            ]
        ).json
    }

    private func assertion(
        _ browser: Browser, api: String = "gateway", scope: String? = nil
    ) throws -> String {
        let body = try called(browser, api: api, scope: scope)
        return try #require(body["access_token"]?.stringValue)
    }

    static let rows: [RefusalRow] = [
        .init("no assertion", ["assertion": nil], 900_144, "invalid_request"),
        .init("no use", ["requested_token_use": nil], 900_144, "invalid_request"),
        .init("no scope", ["scope": nil], 900_144, "invalid_request"),
        .init("no JWT", ["assertion": "garbage"], 50_027, "invalid_request"),
        .init(
            "no secret", ["client_secret": nil], 7_000_218, "invalid_client", status: 401),
        .init(
            "wrong secret", ["client_secret": "x"], 7_000_215, "invalid_client", status: 401),
        .init(
            "a token for another API", ["client_id": Fixture.app("hub").description], 500_131,
            "invalid_grant"),
        .init(
            "expired", [:], 500_133, "invalid_grant", before: RefusalRow.after(.minutes(90))),
        .init("malformed scope", ["scope": "api://orders/"], 70_011, "invalid_scope"),
        .init(
            "not consented for the middle tier", ["scope": "api://orders/write"], 65_001,
            "invalid_grant", suberror: "consent_required"),
        .init(
            "unknown resource", ["scope": "api://x/.default"], 500_011, "invalid_resource"),
        .init(
            "person disabled meanwhile", [:], 50_057, "invalid_grant",
            before: RefusalRow.event(
                .userChanged(
                    Fixture.user("ada"), [AttributeChange("accountEnabled", false)]))),
        .init(
            "person deleted meanwhile", [:], 51_004, "invalid_grant", suberror: "bad_token",
            before: RefusalRow.event(.userDeleted(Fixture.user("ada")))),
        .init(
            "second factor meanwhile", [:], 50_076, "invalid_grant", suberror: "basic_action",
            before: RefusalRow.event(
                .userCredentialChanged(
                    Fixture.user("ada"),
                    UserCredential(password: "pw-ada", requiresMFA: true)))),
        .init(
            "of another tenant", [:], 700_016, "unauthorized_client",
            tenant: Fixture.otherTenant.description),
        // Two faults: the earlier check of aadsts.md §5.1 wins.
        .init(
            "form before client",
            ["assertion": "garbage", "client_id": Fixture.id("x").description], 50_027,
            "invalid_request"),
        .init(
            "secret before assertion", ["client_secret": "x"], 7_000_215, "invalid_client",
            status: 401, before: RefusalRow.after(.minutes(90))),
        .init(
            "audience before expiry", ["client_id": Fixture.app("hub").description], 500_131,
            "invalid_grant", before: RefusalRow.after(.minutes(90))),
        .init(
            "expiry before scope", ["scope": "api://x/.default"], 500_133, "invalid_grant",
            before: RefusalRow.after(.minutes(90))),
    ]

    @Test("is refused with", arguments: rows)
    func refused(_ row: RefusalRow) throws {
        let browser = Browser()
        let token = try assertion(browser)
        try row.before?(browser)
        try row.expect(
            try browser.request(
                "token", Self.values(token, api: "gateway"), row.changes, tenant: row.tenant))
    }

    @Test("an ID token is 240002, an app-only token 7000114, before their audience is looked at")
    func wrongKind() throws {
        let browser = Browser()
        let identity = try #require(
            try called(browser, api: "gateway")["id_token"]?.stringValue)
        #expect(
            try browser.request("token", Self.values(identity, api: "gateway")).refusedWith
                == 240_002)
        let appOnly = try #require(
            try browser.request(
                "token",
                [
                    "grant_type": "client_credentials",
                    "client_id": Fixture.app("daemon").description,
                    "client_secret": "daemon-secret", "scope": "api://gateway/.default",
                ]
            ).json["access_token"]?.stringValue)
        let body = try browser.request("token", Self.values(appOnly, api: "hub")).json
        #expect(body["error_codes"] == [7_000_114])
    }

    @Test("a changed token, an unsigned one and one of another key are 50013")
    func signature() throws {
        let browser = Browser()
        let token = try assertion(browser)
        let parts = token.split(separator: ".").map(String.init)
        let claims = try JSONWebToken(parsing: token).claims
        let header = try JSONWebToken(parsing: token).header
        func sent(_ text: String) throws -> JSONObject {
            try browser.request("token", Self.values(text, api: "gateway")).json
        }
        let stranger = try Fixture.strangerKey.signToken(header: .v1, claims: claims)
        let unknownKey = try sent(stranger)
        #expect(unknownKey["error_codes"] == [50_013])
        #expect(
            unknownKey["error_description"]?.stringValue?.contains("[Reason - The key was not")
                == true)
        func changed(_ object: JSONObject, _ name: String, _ value: JSONValue) -> [UInt8] {
            JSONObject(
                object.members.filter { $0.name != name } + [.init(name, value)]
            ).serialized
        }
        let tampered =
            parts[0] + "." + Base64.urlEncode(changed(claims, "scp", "call everything")) + "."
            + parts[2]
        #expect(try sent(tampered)["error_codes"] == [50_013])
        let unsigned = Base64.urlEncode(changed(header, "alg", "none"))
        #expect(try sent(unsigned + "." + parts[1] + ".")["error_codes"] == [50_013])
    }

    @Test(
        "the result names the middle tier and the person, for either token version",
        arguments: ["gateway", "hub"])
    func answer(_ api: String) throws {
        let browser = Browser()
        let token = try assertion(browser, api: api)
        let body = try browser.request("token", Self.values(token, api: api)).json
        #expect(
            body.members.map(\.name) == [
                "token_type", "scope", "expires_in", "ext_expires_in", "access_token",
                "refresh_token", "id_token",
            ])
        #expect(body["scope"] == "api://orders/read api://orders/.default")
        let claims = try body.claims("access_token")
        #expect(claims["azp"]?.stringValue == Fixture.app(api).description)
        #expect(claims["azpacr"] == "1")
        #expect(claims["oid"]?.stringValue == Fixture.user("ada").description)
        #expect(claims["scp"] == "read")
        let inbound = try JSONWebToken(parsing: token).claims
        #expect(claims["sid"] == inbound["sid"])
        let newer = try browser.request(
            "token",
            [
                "grant_type": "refresh_token", "client_id": Fixture.app(api).description,
                "client_secret": Fixture.webSecret,
                "refresh_token": body["refresh_token"]?.stringValue,
            ])
        #expect(newer.status == 200)
    }

    @Test("without offline_access there is no refresh token, without openid no ID token")
    func least() throws {
        let browser = Browser()
        let body = try browser.request(
            "token", Self.values(try assertion(browser), api: "gateway"),
            ["scope": "api://orders/read"]
        ).json
        #expect(body["access_token"] != nil)
        #expect(body["refresh_token"] == nil)
        #expect(body["id_token"] == nil)
    }

    @Test("v1: resource instead of scope, and interaction_required when a second factor is needed")
    func version1() throws {
        let browser = Browser()
        let values = Self.values(try assertion(browser), api: "gateway")
        let changes: [String: String?] = ["scope": nil, "resource": "api://orders"]
        let body = try browser.request("token", values, changes, v1: true).json
        #expect(body["resource"] == "api://orders")
        #expect(body["refresh_token"] != nil)
        try browser.tenant.append(
            [
                .userCredentialChanged(
                    Fixture.user("ada"), UserCredential(password: "pw-ada", requiresMFA: true))
            ], at: browser.now)
        let refused = try browser.request("token", values, changes, v1: true).json
        #expect(refused["error"] == "interaction_required")
        #expect(refused["error_codes"] == [50_076])
    }

    @Test("on an alias the assertion's own tenant counts, for an app of many tenants (50194)")
    func alias() throws {
        let browser = Browser()
        let token = try assertion(browser)
        let single = try browser.request(
            "token", Self.values(token, api: "gateway"), tenant: "organizations")
        #expect(single.refusedWith == 50_194)
        var app = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app("gateway")))
        app.signInAudience = .multipleOrganizations
        try browser.tenant.append([.applicationChanged(app)], at: browser.now)
        #expect(
            try browser.request(
                "token", Self.values(token, api: "gateway"), tenant: "organizations"
            ).status == 200)
    }
}
