import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Who may consent to what — identity-platform.md §7")
struct ConsentPolicyTests {
    private let browser = Browser()

    private func target(_ scope: String, _ changes: [String: String?] = [:]) -> String {
        browser.authorizeTarget(
            "unconsented",
            changing: ["scope": "openid \(scope)"].merging(changes) { $1 })
    }

    private func silently(_ scope: String) throws -> (code: Int?, error: String?) {
        let answer = try browser.get(target(scope, ["prompt": "none"]))
        return (answer.refusedWith, answer.redirected?["error"])
    }

    @Test("a person consents for themselves, and is not offered the organization")
    func person() throws {
        let page = try browser.signIn("ben", at: target("api://orders/read"))
        #expect(page.text.contains("ucaccept"))
        #expect(!page.text.contains("ucorg"))
        #expect(try browser.submit(page, ["ucaccept": "1"]).redirected?["code"] != nil)
        #expect(browser.granted("unconsented").scopes.isEmpty)
        let grants = browser.tenant.snapshot().grants(of: Fixture.principal("unconsented"))
        #expect(grants.map(\.consent) == [.principal(Fixture.user("ben"))])
    }

    @Test("ticking a box that was not offered is forbidden")
    func forgedBox() throws {
        let page = try browser.signIn("ben", at: target("api://orders/read"))
        let answer = try browser.submit(page, ["ucaccept": "1", "ucorg": "1"])
        #expect(answer.refusedWith == 90_093)
        #expect(browser.granted("unconsented").scopes.isEmpty)
    }

    @Test("an administrator may tick the box, and nobody is asked again")
    func organization() throws {
        try browser.promote("ada", .cloudApplicationAdministrator)
        let page = try browser.signIn("ada", at: target("api://orders/purge"))
        #expect(page.text.contains("Consent on behalf of your organization"))
        #expect(!page.text.contains("checked"))
        let answer = try browser.submit(page, ["ucaccept": "1", "ucorg": "1"])
        #expect(answer.redirected?["code"] != nil)
        #expect(browser.granted("unconsented").scopes == ["purge"])
        browser.forgetCookies()
        #expect(
            try browser.signIn("ben", at: target("api://orders/purge")).redirected?["code"] != nil)
    }

    @Test("an administrator who leaves the box alone consents for themselves, admin scopes too")
    func administratorAlone() throws {
        try browser.promote("ada")
        let page = try browser.signIn("ada", at: target("api://orders/purge"))
        #expect(try browser.submit(page, ["ucaccept": "1"]).redirected?["code"] != nil)
        #expect(browser.granted("unconsented").scopes.isEmpty)
    }

    @Test(
        "the organization's policy decides",
        arguments: [
            (TenantPolicies.UserConsent.allowed, "api://orders/read", true),
            (.allowed, "api://orders/purge", false), (.lowRisk, "User.Read", true),
            (.lowRisk, "api://orders/read", false), (.lowRisk, "Group.Read.All", false),
            (.off, "User.Read", false), (.off, "", false),
        ])
    func policy(consent: TenantPolicies.UserConsent, scope: String, mayConsent: Bool) throws {
        try browser.decide { $0.userConsent = consent }
        let page = try browser.signIn("ben", at: target(scope))
        #expect(page.text.contains("ucaccept") == mayConsent)
        #expect(page.refusalCode == (mayConsent ? nil : 90_094))
        let silent = try silently(scope)
        #expect(silent.code == (mayConsent ? 65_001 : 90_094))
        #expect(silent.error == (mayConsent ? "consent_required" : "interaction_required"))
        // Accepting a page that did not offer it changes nothing.
        if !mayConsent {
            #expect(try browser.submit(page, ["ucaccept": "1"]).refusedWith == 90_094)
        }
    }

    @Test("with the request workflow the page hands out a link for an administrator: 90095")
    func workflow() throws {
        try browser.decide {
            $0.userConsent = .off
            $0.adminConsentRequests = true
        }
        let page = try browser.signIn("ben", at: target("User.Read"))
        #expect(page.refusalCode == 90_095)
        #expect(page.text.contains("/\(Fixture.tenant)/adminconsent?client_id="))
        #expect(try silently("User.Read").code == 90_095)
        let back = try browser.submit(page, ["uccancel": "1"])
        #expect(back.redirected?["error"] == "access_denied")
        #expect(back.redirected?["error_subcode"] == "cancel")
    }

    @Test(".default asks for what is listed, once; afterwards it asks for nothing")
    func defaults() throws {
        try browser.list("unconsented", api: ["read", "write"])
        let page = try browser.signIn("ben", at: target("api://orders/.default"))
        #expect(page.text.contains("Read orders"))
        #expect(page.text.contains("Write orders"))
        #expect(!page.text.contains("Purge orders"))
        #expect(try browser.submit(page, ["ucaccept": "1"]).redirected?["code"] != nil)
        let again = try browser.get(target("api://orders/.default"))
        #expect(again.redirected?["code"] != nil)
    }

    @Test(".default of an API the registration does not list is 650057, of none at all 650056")
    func unlisted() throws {
        let none = try browser.get(target("api://orders/.default"))
        #expect(none.refusedWith == 650_056)
        #expect(none.redirected?["error"] == "invalid_client")
        try browser.list("unconsented", graph: ["User.Read"])
        let other = try browser.get(target("api://orders/.default"))
        #expect(other.refusedWith == 650_057)
        #expect(other.redirected?["error"] == "invalid_client")
        #expect(
            other.redirected?["error_description"]?.contains(
                "List of valid resources from app registration: \(MicrosoftGraph.appID)") == true)
    }

    @Test("prompt=admin_consent asks an administrator for everything listed")
    func adminPrompt() throws {
        try browser.list("unconsented", graph: ["User.Read"], api: ["write"])
        try browser.promote("ada")
        let page = try browser.signIn(
            "ada", at: target("api://orders/read", ["prompt": "admin_consent"]))
        #expect(page.text.contains("Accept for your organization"))
        #expect(try browser.submit(page, ["ucaccept": "1"]).redirected?["code"] != nil)
        #expect(browser.granted("unconsented").scopes == ["User.Read", "read", "write"])
    }

    @Test("who an API trusts needs nobody's consent")
    func preAuthorized() throws {
        var api = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app("api")))
        api.preAuthorizedApplications = [
            .init(
                appID: Fixture.app("unconsented"),
                scopes: [PermissionScopeID(Fixture.id("scope purge"))])
        ]
        try browser.tenant.append([.applicationChanged(api)], at: browser.now)
        #expect(
            try browser.signIn("ben", at: target("api://orders/purge")).redirected?["code"] != nil)
        #expect(try silently("api://orders/write").code == 65_001)
    }
}
