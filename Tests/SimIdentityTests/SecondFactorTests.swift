import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Second factor — RFC 6238, identity-platform.md §8.3, §4.4")
struct SecondFactorTests {
    private static let secret = Array("12345678901234567890".utf8)

    /// RFC 6238 appendix B, the last six of its eight digits.
    @Test(
        "an authenticator app's codes are those of the specification",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
            (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func vectors(seconds: Int64, code: String) {
        let totp = TimeBasedCode(secret: Self.secret)
        #expect(totp.code(step: TimeBasedCode.step(at: Timestamp(seconds: seconds))) == code)
    }

    @Test("HMAC-SHA-1 of RFC 2202, keys shorter and longer than a block")
    func hmac() {
        let short = HMACSHA1.authenticate(
            Array("Hi There".utf8), key: [UInt8](repeating: 11, count: 20))
        #expect(short.prefix(4) == [0xB6, 0x17, 0x31, 0x86])
        let long = HMACSHA1.authenticate(
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            key: [UInt8](repeating: 0xAA, count: 80))
        #expect(long.prefix(4) == [0xAA, 0x4A, 0xE5, 0xE1])
    }

    @Test(
        "a code is taken one step early or late, no further",
        arguments: [(-31, false), (-30, true), (0, true), (59, true), (60, false)])
    func drift(offset: Int64, isTaken: Bool) throws {
        let browser = Browser()
        try browser.register("ada", .authenticator(Self.secret))
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        let step = TimeBasedCode.step(at: browser.now + .seconds(Int(offset)))
        let code = TimeBasedCode(secret: Self.secret).code(step: step)
        let answer = try browser.submit(page, ["otc": " " + code.prefix(3) + " " + code.suffix(3)])
        #expect((answer.refusedWith == 50_181) == !isTaken)
        #expect((answer.pageID == "KmsiInterrupt") == isTaken)
    }

    @Test("a code that was used is refused, the next one is not")
    func replay() throws {
        let browser = Browser()
        try browser.register("ada", .authenticator(Self.secret))
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        func enter(_ step: Int64) throws -> HTTPResponse {
            browser.forgetCookies()
            let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
            return try browser.submit(
                page, ["otc": TimeBasedCode(secret: Self.secret).code(step: step)])
        }
        let step = TimeBasedCode.step(at: browser.now)
        #expect(try enter(step).pageID == "KmsiInterrupt")
        #expect(try enter(step).refusedWith == 50_181)
        #expect(try enter(step + 1).pageID == "KmsiInterrupt")
        browser.refusesNextCommit = false
        browser.forgetCookies()
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        browser.refusesNextCommit = true
        let raced = try browser.submit(
            page, ["otc": TimeBasedCode(secret: Self.secret).code(step: step - 1)])
        #expect(raced.refusedWith == 50_181)
    }

    @Test("who has nothing registered enrols an app with its first code, and signs in with it")
    func enrolment() throws {
        let browser = Browser()
        try browser.register("ada", .none)
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        #expect(page.pageID == "ConvergedProofUpRedirect")
        let mark = try #require(page.text.range(of: "id=\"secret\">"))
        let secret = String(page.text[mark.upperBound...].prefix { $0 != "<" })
        #expect(
            page.text.contains("otpauth://totp/Fabrikam:ada%40fabrikam.example?secret=\(secret)"))
        let wrong = try browser.submit(page, ["otc": "000000"])
        #expect(wrong.refusedWith == 50_181)
        #expect(wrong.text.contains(secret))
        let bytes = try #require(Base32.decode(secret))
        #expect(bytes.count == 20)
        let code = TimeBasedCode(secret: bytes).code(step: TimeBasedCode.step(at: browser.now))
        let done = try browser.submit(wrong, ["otc": code])
        #expect(done.pageID == "KmsiInterrupt")
        let stored = try #require(browser.tenant.snapshot().user(Fixture.user("ada")))
        #expect(stored.credential.secondFactor == .authenticator(bytes))
        #expect(browser.signIns.codes == [50_072, 50_181, 50_140])
    }

    @Test("a policy can forbid to register from somewhere")
    func registration() throws {
        let browser = Browser()
        try browser.register("ada", .none)
        let guarded = policy("register at work", .enabled, demand(.block)) {
            $0.includeTargets = .init()
            $0.userActions = [.registerSecurityInfo]
        }
        try browser.add(policy("mfa", .enabled, demand(.mfa)), guarded)
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        #expect(page.refusedWith == 53_010)
    }

    @Test(
        "tokens, session and refresh tokens keep the proof",
        arguments: [
            (SecondFactorMethod.simulatedCode, ["pwd", "mfa"]), (.autoApproved, ["pwd", "mfa"]),
            (.authenticator(secret), ["pwd", "mfa"]), (.passkey, ["pwd", "fido", "mfa"]),
        ])
    func methods(method: SecondFactorMethod, amr: [String]) throws {
        let browser = Browser()
        try browser.register("ada", method)
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        var page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        switch method {
        case .simulatedCode: page = try browser.enterShownCode(page)
        case .authenticator: page = try browser.enterShownCode(page)
        case .passkey: page = try browser.submit(page, [:])
        case .autoApproved, .none: break
        }
        let answer = try browser.finish(page)
        let code = try #require(answer.redirected?["code"])
        let tokens = try browser.redeem(code).json
        // Graph's token is of version 1, which says how the person signed in.
        let claims = try tokens.claims("access_token")
        #expect(claims["amr"] == JSONValue(strings: amr))
        let refresh = try #require(tokens["refresh_token"]?.stringValue)
        let again = try browser.request(
            "token",
            [
                "grant_type": "refresh_token", "refresh_token": refresh,
                "client_id": Fixture.app("web").description, "client_secret": Fixture.webSecret,
            ])
        #expect(try again.json.claims("access_token")["amr"] == JSONValue(strings: amr))
        let silent = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(silent.redirected?["code"] != nil)
    }

    @Test("a session without a second factor steps up, without a second password")
    func stepUp() throws {
        let browser = Browser()
        _ = try browser.signIn()
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        let page = try browser.get(browser.authorizeTarget())
        #expect(page.pageID == "ConvergedTFA")
        let answer = try browser.enterShownCode(page)
        #expect(answer.redirected?["code"] != nil)
    }

    @Test("an authentication context that is asked for is demanded, and then stands in the token")
    func context() throws {
        let browser = Browser()
        try browser.add(
            policy("c1", .enabled, demand(.mfa)) {
                $0.includeTargets = .init()
                $0.authenticationContexts = ["c1"]
            })
        let claims = #"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#
        #expect(try browser.signIn().redirected?["code"] != nil)
        let silent = try browser.get(
            browser.authorizeTarget(changing: ["prompt": "none", "claims": claims]))
        #expect(silent.refusedWith == 50_076)
        let page = try browser.get(browser.authorizeTarget(changing: ["claims": claims]))
        let answer = try browser.enterShownCode(page)
        let code = try #require(answer.redirected?["code"])
        let token = try browser.redeem(code, changing: ["claims": claims]).json
        #expect(try token.claims("access_token")["acrs"] == ["c1"])
    }

    @Test("an account at risk chooses a new password, and the risk is over")
    func risk() throws {
        let browser = Browser()
        try browser.situate("ada", [.userRisk: "high"])
        try browser.add(
            policy("risk", .enabled, demand(.mfa, .passwordChange)) {
                $0.userRiskLevels = [.high]
            })
        let factor = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        let change = try browser.enterShownCode(factor)
        #expect(change.pageID == "ConvergedChangePassword")
        #expect(change.text.contains("at risk"))
        let done = try browser.submit(
            change,
            [
                "oldpasswd": "pw-ada", "newpasswd": "a new pass phrase",
                "confirm": "a new pass phrase",
            ])
        #expect(done.pageID == "KmsiInterrupt")
        let user = try #require(browser.tenant.snapshot().user(Fixture.user("ada")))
        #expect(user.credential.password == "a new pass phrase")
        #expect(user.situation.userRisk == nil)
        #expect(try browser.finish(done).redirected?["code"] != nil)
        // The new password ends other sessions, not this one.
        let silent = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(silent.redirected?["code"] != nil)
    }

    @Test("terms are accepted once a session, or the app hears of it")
    func terms() throws {
        let browser = Browser()
        try browser.add(policy("tou", .enabled, .init(.all, [], termsOfUse: ["Visitors & <more>"])))
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        #expect(page.text.contains("Visitors &amp; &lt;more&gt;"))
        let declined = try browser.submit(page, [:])
        #expect(declined.redirected?["error"] == "access_denied")
        let accepted = try browser.submit(page, ["accept": "1"])
        #expect(try browser.finish(accepted).redirected?["code"] != nil)
        #expect(try browser.get(browser.authorizeTarget()).redirected?["code"] != nil)
    }
}
