import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Each claim of the reference, in which tokens and when — identity-platform.md §4.2")
struct ClaimRuleTests {
    /// The first column of the reference's table.
    private static let reference = """
        aud iss iat nbf exp aio acr amr appid appidacr azp azpacr app_displayname idp idtyp name
        family_name given_name unique_name upn preferred_username email oid sub tid scp roles wids
        groups sid ipaddr nonce rh uti ver xms_ftd xms_act_fct xms_sub_fct xms_idrel xms_tnt_fct
        xms_rd xms_tcdt xms_st xms_tdbr puid platf deviceid onprem_sid pwd_url pwd_exp in_corp
        altsecid signin_state xms_mirid login_hint auth_time acrs xms_cc c_hash at_hash acct ctry
        tenant_ctry tenant_region_scope verified_primary_email verified_secondary_email vnet fwd
        xms_pdl xms_pl xms_tpl xms_edov ztdid
        """

    @Test("stands in these tokens and in no others", arguments: ClaimRule.table)
    func plain(_ rule: ClaimRule) throws {
        let holders = try ClaimBench().holders(of: rule.claim)
        #expect(Set(holders.keys) == rule.plain)
        for value in holders.values {
            #expect(value != .null && value != "" && value != [])
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let claim: String
        let condition: ClaimRule.Condition
        var testDescription: String { "\(claim): \(condition.text)" }
    }

    static let cases = ClaimRule.table.flatMap { rule in
        rule.conditions.map { Case(claim: rule.claim, condition: $0) }
    }

    @Test("comes and goes with its condition", arguments: cases)
    func conditional(_ row: Case) throws {
        let bench = try ClaimBench()
        try row.condition.arrange(bench)
        let holders = try bench.holders(of: row.claim)
        #expect(Set(holders.keys) == row.condition.tokens)
        guard let value = row.condition.value else { return }
        for (token, found) in holders { #expect(found == value, "\(token)") }
    }

    @Test("every claim of the reference has a row, once")
    func complete() {
        let rows = ClaimRule.table.map(\.claim)
        #expect(Set(rows).count == rows.count)
        let named = Self.reference.split { $0 == " " || $0 == "\n" }.map(String.init)
        #expect(Set(named).subtracting(rows).isEmpty)
    }

    @Test("signin_state says that the person stayed signed in, and the refreshed token too")
    func kept() throws {
        let browser = Browser()
        let answer = try browser.signIn(stay: true)
        let body = try browser.redeem(try #require(answer.redirected?["code"])).json
        #expect(try body.claims("access_token")["signin_state"] == ["kmsi"])
        let token = try #require(body["refresh_token"]?.stringValue)
        #expect(
            try browser.refresh(token).json.claims("access_token")["signin_state"] == ["kmsi"])
    }

    @Test("xms_st holds the sub of the client's own ID token, xms_tcdt the tenant's creation")
    func subjects() throws {
        let body = try Browser().tokens()
        let subject = try #require(try body.claims("id_token")["sub"])
        let claims = try body.claims("access_token")
        #expect(claims["xms_st"] == ["sub": subject])
        #expect(claims["xms_tcdt"]?.intValue == TenantProfile.defaultCreation.seconds)
        #expect(claims["puid"]?.stringValue?.count == 16)
    }

    @Test("a password that expires by itself counts to the second, and the choice starts anew")
    func expiry() throws {
        let bench = try ClaimBench()
        let browser = bench.browser
        try bench.letPasswordExpire()
        browser.now = browser.now + .days(10) - .seconds(1)
        #expect(try browser.password().status == 200)
        browser.now = browser.now + .seconds(1)
        #expect(try browser.password().refusedWith == 50_055)
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        let done = try browser.submit(
            page,
            [
                "oldpasswd": "pw-ada", "newpasswd": "long enough", "confirm": "long enough",
            ])
        #expect(try browser.finish(done).redirected?["code"] != nil)
        let again = try browser.password("ada", ["password": "long enough"])
        #expect(try again.json.claims("access_token")["pwd_exp"] == nil)
    }
}
