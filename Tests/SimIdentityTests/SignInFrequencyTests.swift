import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Sign-in frequency and persistence — identity-platform.md §8.2, integrations.md step 11")
struct SignInFrequencyTests {
    private typealias Session = ConditionalAccessPolicy.SessionControls

    private static func eightHours() -> ConditionalAccessPolicy {
        policy("8 hours", session: .init(frequency: .init(.every(8, .hours))))
    }

    @Test(
        "a session lasts eight hours and not a second longer",
        arguments: [(Duration.hours(8), true), (.hours(8) + .seconds(1), false)])
    func session(age: Duration, isFresh: Bool) throws {
        let browser = Browser()
        try browser.add(Self.eightHours())
        _ = try browser.signIn(stay: true)
        browser.now = browser.now + age
        let page = try browser.get(browser.authorizeTarget())
        #expect((page.redirected?["code"] != nil) == isFresh)
        guard !isFresh else { return }
        #expect(page.text.contains("name=\"passwd\""))
        #expect(page.text.contains("ada@fabrikam.example"))
        let answer = try browser.finish(try browser.submit(page, ["passwd": "pw-ada"]))
        #expect(answer.redirected?["code"] != nil)
        #expect(try browser.get(browser.authorizeTarget()).redirected?["code"] != nil)
    }

    @Test("where nobody can be asked: 70044 for a session, 70043 with its limit for a token")
    func silent() throws {
        let flows = try PreparedFlows()
        try flows.browser.add(Self.eightHours())
        flows.browser.now = flows.browser.now + .hours(8)
        #expect(try flows.attempt(.refresh).status == 200)
        flows.browser.now = flows.browser.now + .seconds(1)
        #expect(try flows.attempt(.silent).refusedWith == 70_044)
        #expect(try flows.attempt(.silent).redirected?["error"] == "interaction_required")
        let refused = try flows.attempt(.refresh)
        #expect(refused.refusedWith == 70_043)
        let body = try refused.json
        #expect(body["suberror"] == "token_expired")
        #expect(body["error_uri"] == nil)
        #expect(body["claims"] == nil)
        #expect(
            body["error_description"]?.stringValue?.contains(
                "issued on 2026-01-05T08:00:00.0000000Z and the maximum allowed lifetime for this "
                    + "request is 28800.") == true)
    }

    @Test("max_age and the frequency both count; the shorter asks")
    func maximumAge() throws {
        let browser = Browser()
        try browser.add(Self.eightHours())
        _ = try browser.signIn()
        browser.now = browser.now + .hours(1)
        let young = try browser.get(browser.authorizeTarget(changing: ["max_age": "3600"]))
        #expect(young.redirected?["code"] != nil)
        browser.now = browser.now + .seconds(1)
        let old = try browser.get(browser.authorizeTarget(changing: ["max_age": "3600"]))
        #expect(old.status == 200)
        browser.now = browser.now + .hours(7)
        let older = try browser.get(browser.authorizeTarget(changing: ["max_age": "90000"]))
        #expect(older.text.contains("name=\"passwd\""))
        let again = try browser.get(browser.authorizeTarget(changing: ["prompt": "login"]))
        #expect(again.status == 200)
    }

    @Test("every time means every time, but for five minutes")
    func everyTime() throws {
        let browser = Browser()
        try browser.add(policy("each", session: .init(frequency: .init(.everyTime))))
        _ = try browser.signIn()
        browser.now = browser.now + .minutes(5)
        #expect(try browser.get(browser.authorizeTarget()).redirected?["code"] != nil)
        browser.now = browser.now + .seconds(1)
        #expect(try browser.get(browser.authorizeTarget()).text.contains("name=\"passwd\""))
    }

    @Test("only the second factor can be asked again, with a number of its own")
    func secondFactorAlone() throws {
        let browser = Browser()
        try browser.add(
            policy(
                "mfa each hour", .enabled, demand(.mfa),
                session: .init(
                    frequency: .init(.every(1, .hours), scope: .secondaryAuthentication))))
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        _ = try browser.finish(try browser.enterShownCode(page))
        browser.now = browser.now + .hours(1)
        #expect(try browser.get(browser.authorizeTarget()).redirected?["code"] != nil)
        browser.now = browser.now + .seconds(1)
        let silent = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(silent.refusedWith == 50_078)
        let again = try browser.get(browser.authorizeTarget())
        #expect(again.pageID == "ConvergedTFA")
        #expect(try browser.enterShownCode(again).redirected?["code"] != nil)
    }

    @Test("a policy decides whether the browser stays signed in, and nobody is asked")
    func persistence() throws {
        for mode in Session.Persistence.allCases {
            let browser = Browser()
            try browser.add(policy(mode.rawValue, session: .init(persistence: mode)))
            let answer = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
            #expect(answer.redirected?["code"] != nil)
            #expect((browser.cookie("ESTSAUTHPERSISTENT") != nil) == (mode == .always))
        }
    }
}
