import SimCore
import SimDirectory
import SimErrors
import Testing

@testable import SimIdentity

@Suite("Tokens made to order")
struct TokenMintTests {
    private let browser = Browser()

    private func mint(_ app: String, _ user: String?, _ scope: String) throws -> JSONObject {
        try browser.platform.mint(
            TokenOrder(
                tenant: Fixture.tenant, client: Fixture.app(app),
                userPrincipalName: user.map { "\($0)@fabrikam.example" }, scope: scope),
            now: browser.now)
    }

    @Test("look like those of a sign-in, for a person and for an application")
    func orders() throws {
        let user = try mint("web", "mia", "api://orders/read openid profile offline_access")
        #expect(try user.claims("access_token")["scp"] == "read")
        #expect(try user.claims("id_token")["oid"]?.stringValue == Fixture.user("mia").description)
        #expect(user["refresh_token"] != nil)
        let app = try mint("daemon", nil, "api://orders/.default")
        #expect(try app.claims("access_token")["roles"] == ["batch"])
    }

    @Test("are refused for the reasons a request would be")
    func refusals() {
        let rows: [(app: String, user: String?, scope: String, code: Int)] = [
            ("web", "zed", "openid", 50_034), ("web", "dora", "openid", 50_057),
            ("closed", "ben", "openid", 50_105), ("web", "ada", "api://orders/write", 65_001),
            ("nothing", "ada", "openid", 700_016), ("daemon", nil, "openid", 1_002_012),
        ]
        for row in rows {
            let error = #expect(throws: AADSTSError.self) {
                try mint(row.app, row.user, row.scope)
            }
            #expect(error?.code == row.code)
        }
    }

    @Test("an application without an enterprise app in the tenant is refused with 7000229")
    func noPrincipal() throws {
        let app = AppRegistration(
            id: ApplicationID(Fixture.id("application lone")), appID: Fixture.app("lone"),
            displayName: "Lone", createdAt: Fixture.start)
        try browser.tenant.append([.applicationCreated(app)], at: browser.now)
        let error = #expect(throws: AADSTSError.self) {
            try mint("lone", nil, "api://orders/.default")
        }
        #expect(error?.code == 7_000_229)
    }

    @Test("every answer names its refusal for one-line logs")
    func refusalCode() throws {
        #expect(try browser.get("/x.example/discovery/keys").refusalCode == 90_002)
        #expect(try browser.get("/x.example/oauth2/authorize").refusalCode == 90_002)
        #expect(try browser.get("/common/discovery/keys").refusalCode == nil)
        #expect(
            try browser.get(browser.authorizeTarget(changing: ["prompt": "none"])).refusalCode
                == 50_058)
    }
}
