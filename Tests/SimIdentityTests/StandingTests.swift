import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("What an organization has set, at the pages and in silence — aadsts.md §2, §8")
struct StandingTests {
    private let browser = Browser()

    private func enter(_ user: String) throws -> HTTPResponse {
        browser.forgetCookies()
        return try browser.enterPassword(user, "pw-\(user)", at: browser.authorizeTarget())
    }

    @Test("security defaults want a second factor of administrators, and everybody to have one")
    func securityDefaults() throws {
        try browser.promote("ada")
        #expect(try enter("ada").pageID == "KmsiInterrupt")
        try browser.decide { $0.securityDefaults = true }
        #expect(try browser.finish(try browser.enterShownCode(try enter("ada"))).status == 302)
        #expect(try enter("ben").pageID == "KmsiInterrupt")
        try browser.register("ben", .none)
        #expect(try enter("ben").outcome != "KmsiInterrupt")
        #expect(browser.signIns.codes.last == 50_072)
    }

    @Test("a guest hears of cross-tenant access silently as interaction_required, on a page else")
    func crossTenant() throws {
        let answer = try browser.finish(try enter("gus"))
        #expect(answer.redirected?["code"] != nil)
        try browser.decide { $0.crossTenantAccess.inbound = .blocked }
        let silent = try browser.authorize(["prompt": "none"])
        #expect(silent.refusedWith == 500_213)
        #expect(silent.redirected?["error"] == "interaction_required")
        #expect(try browser.authorize().headers["Location"] == nil)
        // Members are nobody's guests.
        #expect(try enter("ada").pageID == "KmsiInterrupt")
    }

    @Test("a security identifier with its domain names the account")
    func securityIdentifier() throws {
        try browser.set("ada", "onPremisesSecurityIdentifier", "S-1-5-21-7")
        let hint = ["login_hint": "S-1-5-21-7", "domain_hint": "fabrikam.example"]
        let page = try browser.authorize(hint)
        #expect(page.text.contains("ada@fabrikam.example"))
        #expect(page.text.contains("name=\"passwd\""))
    }

    @Test("of several reasons for silence a named session comes first, then the one that ended")
    func silence() throws {
        _ = try browser.signIn()
        browser.now = browser.now + .seconds(1)
        try browser.append(.userSessionsRevoked(Fixture.user("ada")))
        #expect(try browser.authorize(["prompt": "none"]).refusedWith == 50_133)
        let both = ["prompt": "none", "sid": GUID.zero.description]
        #expect(try browser.authorize(both).refusedWith == 160_021)
        // A session that is over by itself is none.
        browser.now = browser.now + TokenLifetime.sessionIdle
        #expect(try browser.authorize(["prompt": "none"]).refusedWith == 50_058)
    }

    @Test(
        "at medium and high risk nobody may register a second factor, at low risk they may",
        arguments: [("low", nil), ("medium", 53_004), ("high", 53_004)])
    func risk(level: String, code: Int?) throws {
        try browser.register("ada", .none)
        try browser.situate("ada", [.risk: level])
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        let page = try enter("ada")
        #expect(page.refusedWith ?? 0 == code ?? 0)
        #expect((page.pageID == "ConvergedProofUpRedirect") == (code == nil))
        #expect(try browser.password().refusedWith == code ?? 50_079)
    }

    @Test("a blocking policy goes before the registration at risk")
    func order() throws {
        try browser.register("ada", .none)
        try browser.situate("ada", [.risk: "high"])
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        #expect(try enter("ada").refusedWith == 53_004)
        try browser.add(policy("block", .enabled, demand(.block)))
        #expect(try enter("ada").refusedWith == 53_003)
    }
}
