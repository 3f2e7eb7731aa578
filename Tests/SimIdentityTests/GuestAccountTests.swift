import SimCore
import SimDirectory
import Testing

@testable import SimIdentity

@Suite("A guest's account is the home tenant's — identity-platform.md §3.2, §4.2")
struct GuestAccountTests {
    /// A guest of the first tenant whose mail address belongs to the second.
    private func browser(homeAccount: Bool) throws -> Browser {
        let browser = Browser()
        let name = "noor@northwind.example"
        try browser.tenant.append(
            [
                .userCreated(
                    Fixture.person("noor", type: .guest) { $0.attributes["mail"] = .string(name) })
            ], at: browser.now)
        guard homeAccount else { return browser }
        try browser.other.append(
            [
                .userCreated(
                    User(
                        id: UserID(Fixture.id("noor at home")), userPrincipalName: name,
                        displayName: "Noor", credential: UserCredential(password: "pw"),
                        createdAt: Fixture.start))
            ], at: browser.now)
        return browser
    }

    private func info(_ browser: Browser, _ user: String = "noor") throws -> JSONValue {
        let text = try #require(try browser.tokens(user)["client_info"]?.stringValue)
        return try JSONValue(parsing: try #require(Base64.urlDecode(text)))
    }

    @Test("client_info names the account at home, so that clients keep one account")
    func home() throws {
        let browser = try browser(homeAccount: true)
        let info = try info(browser)
        #expect(info["uid"]?.stringValue == Fixture.id("noor at home").description)
        #expect(info["utid"]?.stringValue == Fixture.otherTenant.description)
        // The tokens are about the guest.
        let claims = try browser.tokens("noor").claims("id_token")
        #expect(claims["oid"]?.stringValue == Fixture.user("noor").description)
        #expect(claims["tid"]?.stringValue == Fixture.tenant.description)
    }

    @Test("a guest whose home nobody knows is known by the guest's own ids")
    func elsewhere() throws {
        let info = try info(try browser(homeAccount: false))
        #expect(info["uid"]?.stringValue == Fixture.user("noor").description)
        #expect(info["utid"]?.stringValue == Fixture.tenant.description)
    }

    @Test("a refresh token is the person's in every tenant that knows them — §3.4")
    func otherTenant() throws {
        let browser = try browser(homeAccount: true)
        let here = browser.tenant.snapshot()
        let home = browser.other.snapshot()
        let tenants = TenantList([here, home])
        func grant(_ tenant: TenantID, _ user: UserID) -> UserGrant {
            UserGrant(
                tenant: tenant, client: Fixture.app("multi"), platform: .web,
                signIn: SignIn(
                    user: user, authenticatedAt: Fixture.start, methods: ["pwd", "mfa"],
                    sessionID: Fixture.id("session"), satisfied: ["terms"]),
                scope: "openid", issuedAt: Fixture.start, startedAt: Fixture.start)
        }
        let atHome = grant(Fixture.otherTenant, UserID(Fixture.id("noor at home")))
        let asGuest = try #require(atHome.reissued(in: here, tenants))
        #expect(asGuest.tenant == Fixture.tenant)
        #expect(asGuest.signIn.user == Fixture.user("noor"))
        #expect(asGuest.signIn.methods == ["pwd", "mfa"] && asGuest.signIn.satisfied.isEmpty)
        #expect(asGuest.reissued(in: home, tenants)?.signIn.user == atHome.signIn.user)
        #expect(atHome.reissued(in: home, tenants) == atHome)
        // Who has no account there has nothing to renew there.
        #expect(
            grant(Fixture.tenant, Fixture.user("ada")).reissued(in: home, tenants) == nil)
    }

    @Test("a member's account is here, whatever the mail address")
    func member() throws {
        let browser = try browser(homeAccount: true)
        try browser.tenant.append(
            [
                .userChanged(
                    Fixture.user("ada"), [AttributeChange("mail", "noor@northwind.example")])
            ], at: browser.now)
        let info = try info(browser, "ada")
        #expect(info["uid"]?.stringValue == Fixture.user("ada").description)
    }
}
