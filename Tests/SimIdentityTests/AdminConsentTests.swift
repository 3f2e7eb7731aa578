import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("The admin consent endpoint — identity-platform.md §7")
struct AdminConsentTests {
    private let browser = Browser()

    @Test("an administrator accepts for everybody, scopes and roles, and the app is told")
    func accept() throws {
        try browser.list(
            "unconsented", graph: ["User.Read", "Group.Read.All"], roles: ["User.Read.All"],
            api: ["read", "batch"])
        try browser.promote("ada")
        let page = try browser.signIn(at: browser.adminConsentTarget())
        #expect(page.status == 200)
        #expect(page.text.contains("Permissions requested"))
        #expect(page.text.contains("Accept for your organization"))
        #expect(page.text.contains("Read all groups"))
        #expect(!page.text.contains("Read orders"))
        let answer = try browser.submit(page, ["ucaccept": "1"])
        let fields = try #require(answer.redirected)
        #expect(fields.fields.map(\.name) == ["admin_consent", "tenant", "scope", "state"])
        #expect(fields["admin_consent"] == "True")
        #expect(fields["tenant"] == Fixture.tenant.description)
        #expect(
            fields["scope"] == "https://graph.microsoft.com/User.Read "
                + "https://graph.microsoft.com/Group.Read.All "
                + "https://graph.microsoft.com/.default")
        #expect(fields["state"] == "state 1")
        #expect(browser.granted("unconsented").scopes == ["Group.Read.All", "User.Read"])
        #expect(browser.granted("unconsented").roles == 1)
        // Once more changes nothing, and is answered the same.
        let sequence = browser.tenant.snapshot().sequence
        let again = try browser.get(browser.adminConsentTarget())
        #expect(try browser.submit(again, ["ucaccept": "1"]).redirected == fields)
        #expect(browser.tenant.snapshot().sequence == sequence)
    }

    @Test("v1's form is about everything listed, and answers in its own order")
    func v1() throws {
        try browser.list("unconsented", graph: ["User.Read"], api: ["read", "batch"])
        try browser.promote("ada", .privilegedRoleAdministrator)
        let target = browser.adminConsentTarget(
            v1: true, changing: ["redirect_uri": Fixture.callback + "/deeper/path"])
        let answer = try browser.submit(
            try browser.signIn(at: target), ["ucaccept": "1"])
        #expect(answer.headers["Location"]?.hasPrefix(Fixture.callback + "/deeper/path?") == true)
        #expect(
            answer.redirected?.fields.map(\.name) == ["tenant", "state", "admin_consent"])
        #expect(browser.granted("unconsented").scopes == ["User.Read", "read"])
        #expect(browser.granted("unconsented").roles == 1)
    }

    @Test("who declines is told to the app, with the number and the text of this endpoint")
    func decline() throws {
        try browser.list("unconsented", graph: ["User.Read"])
        try browser.promote("ada")
        let page = try browser.signIn(at: browser.adminConsentTarget())
        let answer = try browser.submit(page, ["uccancel": "1"])
        let fields = try #require(answer.redirected)
        #expect(
            fields.fields.map(\.name) == [
                "error", "error_description", "admin_consent", "tenant", "state",
            ])
        #expect(fields["error"] == "consent_required")
        #expect(answer.refusedWith == 65_004)
        #expect(fields["error_description"]?.contains("authorization server denied") == true)
        #expect(browser.granted("unconsented").scopes.isEmpty)
        let old = try browser.get(browser.adminConsentTarget(v1: true))
        let refused = try browser.submit(old, ["uccancel": "1"]).redirected
        #expect(refused?["error"] == "permission_denied")
        #expect(refused?["error_description"] == "The admin canceled the request")
    }

    @Test("who is no administrator sees 90094, cannot accept, and may sign in as somebody else")
    func notAdministrator() throws {
        try browser.list("unconsented", graph: ["User.Read"])
        try browser.promote("ada")
        let page = try browser.signIn("ben", at: browser.adminConsentTarget())
        #expect(page.text.contains("Need admin approval"))
        #expect(page.refusalCode == 90_094)
        #expect(try browser.submit(page, ["ucaccept": "1"]).refusedWith == 90_093)
        #expect(browser.granted("unconsented").scopes.isEmpty)
        let other = try browser.submit(page, ["ucswitch": "1"])
        #expect(other.text.contains("name=\"login\""))
        let password = try browser.submit(other, ["login": "ada@fabrikam.example"])
        let admin = try browser.finish(try browser.submit(password, ["passwd": "pw-ada"]))
        #expect(admin.text.contains("ucaccept"))
    }

    @Test(
        "application permissions of Graph want the highest roles, all else any of the four",
        arguments: [
            (DirectoryRole.globalAdministrator, true, true),
            (.privilegedRoleAdministrator, true, true), (.applicationAdministrator, true, false),
            (.cloudApplicationAdministrator, true, false), (.userAdministrator, false, false),
        ])
    func roles(role: DirectoryRole, others: Bool, ofGraph: Bool) throws {
        try browser.promote("ada", role)
        try browser.list("unconsented", graph: ["Group.Read.All"], api: ["read", "batch"])
        let plain = try browser.signIn(
            at: browser.adminConsentTarget(changing: ["scope": "api://orders/.default"]))
        #expect(plain.text.contains("ucaccept") == others)
        try browser.list("unconsented", roles: ["User.Read.All"])
        let high = try browser.get(browser.adminConsentTarget())
        #expect(high.text.contains("ucaccept") == ofGraph)
    }

    @Test(
        "faulty requests are refused in the service's order",
        arguments: [
            (
                "unknown client before address", ["client_id": "nothing", "redirect_uri": "x"],
                700_016
            ),
            ("no client", ["client_id": nil], 900_144),
            ("relative address", ["redirect_uri": "/x"], 90_102),
            ("foreign address", ["redirect_uri": "https://evil.example/"], 50_011),
            (
                "an address below another one on v2",
                ["redirect_uri": Fixture.callback + "/deeper"], 50_011
            ),
            ("no scope", ["scope": nil], 900_144),
            ("unknown API", ["scope": "api://nothing/.default"], 500_011),
            ("unknown scope", ["scope": "api://orders/fly"], 650_053),
            ("API that is not listed", ["scope": "api://gateway/.default"], 650_057),
            (
                "default beside a scope", ["scope": "api://orders/.default api://orders/read"],
                70_011
            ),
        ] as [(String, [String: String?], Int)])
    func faults(name: String, changes: [String: String?], code: Int) throws {
        try browser.list("unconsented", graph: ["User.Read"], api: ["read"])
        let response = try browser.get(browser.adminConsentTarget(changing: changes))
        #expect(response.refusedWith == code, "\(name)")
        let isPage = changes["client_id"] != nil || changes["redirect_uri"] != nil
        #expect(response.status == (isPage ? 200 : 302))
    }

    @Test("another organization's app gets its enterprise app by the consent, even on an alias")
    func otherTenant() throws {
        try browser.list("multi", graph: ["User.Read"])
        let world = ForeignTenant(browser)
        try world.addAdministrator()
        let first = try world.get(browser.adminConsentTarget("multi", tenant: "organizations"))
        let page = try world.signIn(first)
        #expect(page.text.contains("ucaccept"))
        let answer = try world.submit(page, ["ucaccept": "1"])
        #expect(answer.redirected?["tenant"] == Fixture.otherTenant.description)
        let made = try #require(
            browser.other.snapshot().servicePrincipal(appID: Fixture.app("multi")))
        #expect(browser.other.snapshot().grants(of: made.id).first?.scopes == ["User.Read"])
        #expect(made.id != Fixture.principal("multi"))
    }
}

/// A browser of the tenant that owns no application.
private struct ForeignTenant {
    let browser: Browser

    init(_ browser: Browser) {
        self.browser = browser
        browser.commits = browser.other
    }

    func addAdministrator() throws {
        let user = User(
            id: UserID(Fixture.id("nora")), userPrincipalName: "nora@northwind.example",
            displayName: "Nora", credential: UserCredential(password: "pw-nora"),
            createdAt: Fixture.start)
        try browser.other.append(
            [
                .userCreated(user),
                .directoryRoleAssigned(
                    .init(role: .globalAdministrator, principal: .user(user.id))),
            ], at: browser.now)
    }

    func get(_ target: String) throws -> HTTPResponse { try browser.get(target) }

    func signIn(_ page: HTTPResponse) throws -> HTTPResponse {
        let password = try browser.submit(page, ["login": "nora@northwind.example"])
        return try browser.finish(try browser.submit(password, ["passwd": "pw-nora"]))
    }

    func submit(
        _ page: HTTPResponse, _ values: KeyValuePairs<String, String>
    ) throws -> HTTPResponse {
        try browser.submit(page, values)
    }
}
