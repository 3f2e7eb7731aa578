import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("password grant — aadsts.md §6.5, §8")
struct PasswordGrantTests {
    static let values: [String: String?] = [
        "grant_type": "password", "client_id": Fixture.app("console").description,
        "username": "ada@fabrikam.example", "password": "pw-ada", "client_info": "1",
        "scope": "api://orders/read openid profile offline_access",
    ]

    private static func person(_ name: String, _ password: String? = nil) -> [String: String?] {
        ["username": "\(name)@fabrikam.example", "password": password ?? "pw-\(name)"]
    }

    static let rows: [RefusalRow] = [
        .init("on common", [:], 9_001_023, "invalid_request", tenant: "common"),
        .init("on consumers", [:], 9_001_023, "invalid_request", tenant: "consumers"),
        .init(
            "on organizations, a domain nobody has", ["username": "a@nowhere.example"], 50_128,
            "invalid_request", tenant: "organizations"),
        .init("no client", ["client_id": nil], 900_144, "invalid_request"),
        .init("no user name", ["username": nil], 90_014, "invalid_request"),
        .init("empty password", ["password": ""], 90_014, "invalid_request"),
        .init(
            "public flows are off", ["client_id": Fixture.app("web").description], 7_000_218,
            "invalid_client", status: 401),
        .init(
            "a secret from a public client", ["client_secret": "x"], 700_025, "invalid_client",
            status: 401),
        .init(
            "unknown user", person("nobody"), 50_034, "invalid_grant", suberror: "bad_token"),
        .init("a guest", person("gus"), 50_034, "invalid_grant", suberror: "bad_token"),
        .init("wrong password", ["password": "guess"], 50_126, "invalid_grant"),
        .init(
            "257 characters", ["password": String(repeating: "x", count: 257)], 50_052,
            "invalid_grant"),
        .init(
            "256 characters", ["password": String(repeating: "x", count: 256)], 50_126,
            "invalid_grant"),
        .init("locked, with the right password", person("lou"), 50_053, "invalid_grant"),
        .init("no password in the directory", person("nell"), 50_056, "invalid_grant"),
        .init(
            "expired password", person("exa"), 50_055, "invalid_grant",
            suberror: "user_password_expired"),
        .init("disabled", person("dora"), 50_057, "invalid_grant"),
        .init(
            "second factor", person("mia"), 50_076, "invalid_grant", suberror: "basic_action"),
        .init("malformed scope", ["scope": "api://orders/"], 70_011, "invalid_scope"),
        .init("unknown resource", ["scope": "api://x/y"], 500_011, "invalid_resource"),
        .init(
            "two resources", ["scope": "api://orders/read User.Read"], 28_000, "invalid_grant"),
        .init(
            "not consented", ["scope": "api://orders/write"], 65_001, "invalid_grant",
            suberror: "consent_required"),
        // Two faults: the earlier check of aadsts.md §5.1 wins.
        .init(
            "alias before everything", ["username": nil, "client_id": nil], 9_001_023,
            "invalid_request", tenant: "common"),
        .init(
            "fields before client",
            ["password": nil, "client_id": Fixture.id("x").description], 90_014,
            "invalid_request"),
        .init(
            "client before user",
            ["client_id": Fixture.id("x").description, "username": "x@fabrikam.example"], 700_016,
            "unauthorized_client"),
        .init(
            "wrong password before disabled", person("dora", "guess"), 50_126, "invalid_grant"),
        .init("locked before wrong password", person("lou", "guess"), 50_053, "invalid_grant"),
        .init(
            "user before scope", ["password": "guess", "scope": "api://orders/"], 50_126,
            "invalid_grant"),
        .init(
            "consent before second factor",
            person("mia").merging(["scope": "api://orders/write"]) { $1 }, 65_001,
            "invalid_grant", suberror: "consent_required"),
    ]

    @Test("is refused with", arguments: rows)
    func refused(_ row: RefusalRow) throws {
        let browser = Browser()
        try row.expect(
            try browser.request("token", Self.values, row.changes, tenant: row.tenant))
    }

    @Test("answers like a code: access, refresh and ID token, members in the service's order")
    func answer() throws {
        let browser = Browser()
        browser.settings.variesTokenLifetime = false
        let response = try browser.request("token", Self.values)
        let body = try response.json
        #expect(
            body.members.map(\.name) == [
                "token_type", "scope", "expires_in", "ext_expires_in", "access_token",
                "refresh_token", "id_token", "client_info",
            ])
        #expect(body["scope"] == "api://orders/read")
        #expect(body["expires_in"] == 4_499)
        let claims = try body.claims("access_token")
        #expect(claims["azp"]?.stringValue == Fixture.app("console").description)
        #expect(claims["azpacr"] == "0")
        #expect(claims["oid"]?.stringValue == Fixture.user("ada").description)
        let newer = try browser.request(
            "token",
            [
                "grant_type": "refresh_token", "client_id": Fixture.app("console").description,
                "refresh_token": body["refresh_token"]?.stringValue,
            ])
        #expect(newer.status == 200)
    }

    @Test("on organizations the domain of the user name finds the tenant")
    func organizations() throws {
        let body = try Browser().request(
            "token", Self.values, ["client_id": Fixture.app("traveller").description],
            tenant: "organizations"
        ).json
        #expect(
            try body.claims("access_token")["tid"]?.stringValue == Fixture.tenant.description)
    }

    @Test("v1 takes a resource, answers numbers as text, and always gives a refresh token")
    func version1() throws {
        let body = try Browser().request(
            "token", Self.values, ["scope": nil, "resource": "api://orders"], v1: true
        ).json
        #expect(
            body.members.map(\.name) == [
                "token_type", "scope", "expires_in", "ext_expires_in", "expires_on",
                "not_before", "resource", "access_token", "refresh_token", "id_token",
                "client_info",
            ])
        #expect(body["expires_in"]?.stringValue != nil)
        let expired = try Browser().request(
            "token", Self.values, Self.person("exa").merging(["resource": "api://orders"]) { $1 },
            v1: true
        ).json
        #expect(expired["error"] == "user_password_expired")
        #expect(
            expired["password_change_url"]
                == "https://portal.microsoftonline.com/ChangePassword.aspx")
        #expect(expired["error_uri"] == nil)
    }

    @Test("ten failures lock the account for a minute, then the right password opens it — §8")
    func lockout() throws {
        let browser = Browser()
        func guess(_ times: Int) throws {
            for _ in 0..<times {
                let answer = try browser.request("token", Self.values, ["password": "x"])
                #expect(answer.refusedWith == 50_126)
            }
        }
        // Nine lock nothing, and the right one makes the count begin anew.
        try guess(9)
        #expect(try browser.request("token", Self.values).status == 200)
        try guess(10)
        #expect(try browser.request("token", Self.values).refusedWith == 50_053)
        browser.now = browser.now + .seconds(60)
        #expect(try browser.request("token", Self.values).status == 200)
        let user = browser.tenant.snapshot().user(Fixture.user("ada"))
        #expect(user?.credential.failedAttempts == 0)
    }

    @Test("the count is cleared by the right password although consent is missing")
    func clearedBeforeConsent() throws {
        let browser = Browser()
        _ = try browser.request("token", Self.values, ["password": "x"])
        let refused = try browser.request("token", Self.values, ["scope": "api://orders/write"])
        #expect(refused.refusedWith == 65_001)
        let user = browser.tenant.snapshot().user(Fixture.user("ada"))
        #expect(user?.credential.failedAttempts == 0)
    }

    @Test("a person's name is hidden in the body")
    func hidden() throws {
        let body = try Browser().request("token", Self.values, Self.person("nobody")).json
        #expect(body["error_description"]?.stringValue?.contains("{EUII Hidden}") == true)
    }
}
