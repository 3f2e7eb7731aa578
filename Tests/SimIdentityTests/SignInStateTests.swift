import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Sign-in states at the pages — aadsts.md §8")
struct SignInStateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let user: String
        var app = "web"
        var before: @Sendable (Browser) throws -> Void = { _ in }
        /// A number, or a page's id.
        let outcome: String
        /// What the log says, in order.
        let log: [Int]
        var testDescription: String { name }
    }

    private static func append(_ events: TenantEvent...) -> @Sendable (Browser) throws -> Void {
        { try $0.tenant.append(events, at: $0.now) }
    }

    static let rows: [Row] = [
        Row(name: "disabled", user: "dora", outcome: "ConvergedSignIn", log: [50_057]),
        Row(name: "locked", user: "lou", outcome: "ConvergedSignIn", log: [50_053]),
        Row(
            name: "password expired", user: "exa", outcome: "ConvergedChangePassword", log: [50_055]
        ),
        Row(
            name: "must change", user: "ada",
            before: append(
                .userCredentialChanged(
                    Fixture.user("ada"), UserCredential(password: "pw-ada", mustChange: true))),
            outcome: "ConvergedChangePassword", log: [50_055]),
        Row(name: "no password", user: "nell", outcome: "ConvergedSignIn", log: [50_056]),
        Row(
            name: "not assigned", user: "ben", app: "closed", outcome: "50105",
            log: [50_140, 50_105]),
        Row(name: "a second factor", user: "mia", outcome: "ConvergedTFA", log: [50_074]),
        Row(
            name: "a second factor, none registered", user: "ada",
            before: append(
                .userCredentialChanged(
                    Fixture.user("ada"),
                    UserCredential(password: "pw-ada", requiresMFA: true, secondFactor: .none))),
            outcome: "ConvergedProofUpRedirect", log: [50_072]),
        Row(
            name: "consent needed", user: "ada", app: "unconsented", outcome: "ConvergedConsent",
            log: [50_140, 65_001]),
        Row(
            name: "app disabled", user: "ada", app: "disabled", outcome: "7000112", log: [7_000_112]
        ),
    ]

    @Test("each state has its page and its line in the log", arguments: rows)
    func state(_ row: Row) throws {
        let browser = Browser()
        try row.before(browser)
        let changes: [String: String?] =
            row.app == "unconsented" ? ["scope": "openid api://orders/read"] : [:]
        let first = try browser.get(browser.authorizeTarget(row.app, changing: changes))
        var page = first
        if first.text.contains("name=\"login\"") {
            let name = try browser.submit(first, ["login": "\(row.user)@fabrikam.example"])
            page = try browser.finish(try browser.submit(name, ["passwd": "pw-\(row.user)"]))
        }
        if page.pageID == "ConvergedError" || page.pageID == "ConvergedConditionalAccess" {
            #expect(page.refusedWith.map(String.init) == row.outcome)
        } else {
            #expect(page.pageID == row.outcome)
        }
        #expect(browser.signIns.codes == row.log)
    }

    @Test("somebody of another tenant is told so, once the password was right")
    func otherTenant() throws {
        let browser = Browser()
        var user = Fixture.person("nora")
        user.userPrincipalName = "nora@northwind.example"
        try browser.other.append([.userCreated(user)], at: browser.now)
        let password = try browser.enterUserName(
            "nora@northwind.example", at: browser.authorizeTarget())
        #expect(password.text.contains("name=\"passwd\""))
        let wrong = try browser.submit(password, ["passwd": "guess"])
        #expect(wrong.refusedWith == 50_126)
        let refused = try browser.submit(wrong, ["passwd": "pw-nora"])
        #expect(refused.refusedWith == 50_020)
        #expect(
            refused.text.contains("https://sts.windows.net/") || refused.text.contains("localhost"))
        #expect(refused.text.contains("does not exist in tenant &#39;Fabrikam&#39;"))
        let unknown = try browser.enterUserName(
            "ghost@northwind.example", at: browser.authorizeTarget())
        #expect(unknown.refusedWith == 50_034)
    }

    @Test("a silent request in another tenant's session is told so, and not signed in")
    func foreignSession() throws {
        let browser = Browser()
        var user = Fixture.person("nora")
        user.userPrincipalName = "nora@northwind.example"
        try browser.other.append(
            [
                .userCreated(user),
                .servicePrincipalCreated(
                    ServicePrincipal(
                        id: ServicePrincipalID(Fixture.id("multi in northwind")),
                        appID: Fixture.app("multi"), displayName: "Multi",
                        createdAt: Fixture.start)),
            ], at: browser.now)
        let multi = browser.authorizeTarget("multi", tenant: "common")
        let password = try browser.enterUserName("nora@northwind.example", at: multi)
        let answer = try browser.finish(try browser.submit(password, ["passwd": "pw-nora"]))
        #expect(answer.pageID == "ConvergedConsent")
        _ = try browser.submit(answer, ["ucaccept": "1"])
        let silent = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(silent.refusedWith == 16_000)
        #expect(silent.redirected?["error"] == "interaction_required")
    }
}
