import SimCore
import SimCrypto
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Signing in on the pages — aadsts.md §3, §8")
struct SignInPageTests {
    @Test(
        "the form says what is wrong with the account",
        arguments: [
            ("zed", "pw", 50_034), ("ada", "guess", 50_126), ("lou", "pw-lou", 50_053),
            ("lou", "guess", 50_053), ("exa", "guess", 50_126),
            ("dora", "pw-dora", 50_057), ("dora", "guess", 50_126), ("nell", "pw", 50_056),
        ])
    func inline(user: String, password: String, code: Int) throws {
        let browser = Browser()
        let first = try browser.enterUserName(
            "\(user)@fabrikam.example", at: browser.authorizeTarget())
        let page = code == 50_034 ? first : try browser.submit(first, ["passwd": password])
        #expect(page.status == 200)
        #expect(page.refusedWith == code)
        #expect(page.text.contains(#""sErrorCode":"\#(code)""#))
        #expect(page.text.contains(#"role="alert""#))
        #expect(page.text.contains(#"aria-invalid="true""#))
        #expect(page.headers["x-ms-clitelem"] == "1,\(code),0,,")
    }

    @Test("a mistake in the user name leaves the tenant's name and the app's on the page")
    func mistakenName() throws {
        let browser = Browser()
        let organization = browser.tenant.snapshot().profile.displayName
        for (name, code) in [("", 90_013), ("ada", 90_101)] {
            let page = try browser.submit(
                try browser.get(browser.authorizeTarget()), ["login": name])
            #expect(page.refusedWith == code)
            #expect(page.text.contains("<bdi>\(organization)</bdi>"))
            #expect(page.text.contains("to continue to"))
        }
    }

    @Test("an expired password is changed on a page, and the new one counts from then on")
    func passwordChange() throws {
        let browser = Browser()
        let page = try browser.enterPassword("exa", "pw-exa", at: browser.authorizeTarget())
        #expect(page.text.contains("Update your password"))
        #expect(page.refusalCode == 50_055)
        for (choice, confirmed) in [
            ("short", "short"), ("long enough", "another one"), ("", ""),
            (String(repeating: "x", count: 257), String(repeating: "x", count: 257)),
        ] {
            let again = try browser.submit(
                page, ["oldpasswd": "pw-exa", "newpasswd": choice, "confirm": confirmed])
            #expect(again.text.contains("role=\"alert\""))
        }
        let next = try browser.submit(
            page, ["oldpasswd": "pw-exa", "newpasswd": "long enough", "confirm": "long enough"])
        #expect(try browser.finish(next).redirected?["code"] != nil)
        browser.forgetCookies()
        let old = try browser.enterPassword("exa", "pw-exa", at: browser.authorizeTarget())
        #expect(old.refusedWith == 50_126)
        let new = try browser.enterPassword("exa", "long enough", at: browser.authorizeTarget())
        #expect(try browser.finish(new).redirected?["code"] != nil)
    }

    @Test("ten wrong passwords lock the account for a minute — smart lockout")
    func lockout() throws {
        let browser = Browser()
        for _ in 0..<10 {
            #expect(
                try browser.enterPassword("ada", "guess", at: browser.authorizeTarget())
                    .refusedWith == 50_126)
        }
        #expect(
            try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget()).refusedWith
                == 50_053)
        browser.now = browser.now + .seconds(60)
        #expect(try browser.signIn().redirected?["code"] != nil)
        let stored = try #require(browser.tenant.snapshot().user(Fixture.user("ada")))
        #expect(stored.credential.failedAttempts == 0)
        #expect(stored.credential.lockedUntil == nil)
    }

    @Test("a person who is not assigned sees 50105, and a silent request gets it")
    func assignment() throws {
        let browser = Browser()
        let target = browser.authorizeTarget("closed")
        let page = try browser.signIn("ben", at: target)
        #expect(page.refusedWith == 50_105)
        #expect(page.status == 200)
        #expect(page.text.contains("ben@fabrikam.example"))
        _ = try browser.signIn("ben")
        let silent = try browser.get(
            browser.authorizeTarget("closed", changing: ["prompt": "none"]))
        #expect(silent.refusedWith == 50_105)
        #expect(silent.redirected?["error"] == "interaction_required")
        #expect(silent.headers["Location"]?.contains("ben%40") == false)
        #expect(try Browser().signIn("ada", at: target).redirected?["code"] != nil)
    }

    @Test("a second factor is asked for, its code is on the page, and amr shows it")
    func secondFactor() throws {
        let browser = Browser()
        let page = try browser.enterPassword("mia", "pw-mia", at: browser.authorizeTarget())
        let code = try #require(
            page.text.components("<code id=\"simulated-code\"").isEmpty
                ? nil
                : page.text.ranges(of: "simulated-code\">").first.map {
                    String(page.text[$0.upperBound...].prefix(6))
                })
        let wrong = try browser.submit(page, ["otc": "x"])
        #expect(wrong.refusedWith == 500_121)
        let answer = try browser.finish(try browser.submit(page, ["otc": " \(code) "]))
        let tokens = try browser.redeem(try #require(answer.redirected?["code"])).json
        #expect(try tokens.claims("access_token")["amr"] == ["pwd", "mfa"])
        let silent = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(silent.redirected?["code"] != nil)
    }

    @Test("a guest signs in with their mail address and is not asked to stay")
    func guest() throws {
        let browser = Browser()
        let page = try browser.enterUserName("gus@partner.example", at: browser.authorizeTarget())
        let answer = try browser.submit(page, ["passwd": "pw-gus"])
        let tokens = try browser.redeem(try #require(answer.redirected?["code"])).json
        let claims = try tokens.claims("id_token")
        #expect(claims["idp"] == "mail")
        #expect(claims["email"] == "gus@partner.example")
    }

    @Test("consent is asked for, remembered, and needs an administrator for some scopes")
    func consent() throws {
        let browser = Browser()
        let target = browser.authorizeTarget(changing: ["scope": "openid api://orders/write"])
        let page = try browser.signIn(at: target)
        #expect(page.text.contains("Permissions requested"))
        #expect(page.text.contains("Write orders"))
        let silent = browser.authorizeTarget(
            changing: ["scope": "openid api://orders/write", "prompt": "none"])
        #expect(try browser.get(silent).refusedWith == 65_001)
        #expect(try browser.get(silent).redirected?["error"] == "consent_required")
        let cancelled = try browser.submit(page, ["uccancel": "1"])
        #expect(cancelled.redirected?["error"] == "access_denied")
        #expect(cancelled.redirected?["error_subcode"] == "cancel")
        #expect(cancelled.refusedWith == 65_004)
        let accepted = try browser.submit(page, ["ucaccept": "1"])
        let body = try browser.redeem(try #require(accepted.redirected?["code"])).json
        #expect(body["scope"] == "api://orders/read api://orders/write")
        #expect(try browser.get(silent).redirected?["code"] != nil)
        let admin = try browser.get(
            browser.authorizeTarget(changing: ["scope": "api://orders/purge"]))
        #expect(admin.text.contains("Need admin approval"))
        #expect(try browser.submit(admin, ["ucaccept": "1"]).refusedWith == 90_094)
        #expect(
            try browser.submit(admin, ["uccancel": "1"]).redirected?.fields.map(\.name)
                == ["error", "error_subcode", "state"])
    }

    @Test("a consent to anything else covers signing in — §7")
    func otherConsent() throws {
        let browser = Browser()
        let target = browser.authorizeTarget(
            "unconsented", changing: ["scope": "api://orders/read"])
        let page = try browser.signIn(at: target)
        #expect(try browser.submit(page, ["ucaccept": "1"]).redirected?["code"] != nil)
        let plain = browser.authorizeTarget("unconsented", changing: ["prompt": "none"])
        #expect(try browser.get(plain).redirected?["code"] != nil)
        // It covers nobody else, and no other permission.
        let more = ["prompt": "none", "scope": "api://orders/write"]
        #expect(
            try browser.get(browser.authorizeTarget("unconsented", changing: more)).refusedWith
                == 65_001)
        browser.forgetCookies()
        let other = try browser.signIn("ben", at: browser.authorizeTarget("unconsented"))
        #expect(other.text.contains("Permissions requested"))
    }

    @Test("signing in needs consent too, until somebody consented to anything — §7")
    func consentToSignIn() throws {
        let browser = Browser()
        let target = browser.authorizeTarget("unconsented")
        let page = try browser.signIn(at: target)
        #expect(page.text.contains("Permissions requested"))
        #expect(page.text.contains("Sign users in"))
        let silent = browser.authorizeTarget("unconsented", changing: ["prompt": "none"])
        #expect(try browser.get(silent).refusedWith == 65_001)
        let accepted = try browser.submit(page, ["ucaccept": "1"])
        #expect(accepted.redirected?["code"] != nil)
        #expect(try browser.get(silent).redirected?["code"] != nil)
    }

    @Test(
        "HTML in any parameter stays text",
        arguments: [
            "client_id", "redirect_uri", "state", "login_hint", "scope", "response_type",
            "response_mode", "prompt", "nonce", "claims", "code_challenge", "x",
        ])
    func hostile(name: String) throws {
        let hostile = #"https://x.example/"><script>alert(1)</script><img src=x onerror='a'>"#
        let browser = Browser()
        let page = try browser.get(browser.authorizeTarget(changing: [name: hostile]))
        #expect(!page.text.contains("<script>alert"))
        #expect(!page.text.contains("<img"))
        #expect(page.headers["Location"]?.contains("<") != true)
        let named = try browser.submit(
            try Browser().get(browser.authorizeTarget()), ["login": hostile])
        #expect(!named.text.contains("<script>alert"))
    }

    @Test("every page has labels, a language, a policy without inline surprises, and the banner")
    func safety() throws {
        let browser = Browser()
        let page = try browser.get(browser.authorizeTarget())
        #expect(page.text.contains("<html lang=\"en\">"))
        #expect(page.text.contains("<label for=\"login\">"))
        #expect(page.text.contains("Simulated sign-in"))
        #expect(page.text.contains("prefers-color-scheme:dark"))
        let policy = try #require(page.headers["Content-Security-Policy"])
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(!policy.contains("unsafe"))
        #expect(page.headers["X-Frame-Options"] == "DENY")
        let sheet = try #require(page.text.ranges(of: "<style>").first)
        let end = try #require(page.text.ranges(of: "</style>").first)
        let hash = Base64.encode(
            SHA256.digest(Array(page.text[sheet.upperBound..<end.lowerBound].utf8)))
        #expect(policy.contains("style-src 'sha256-\(hash)'"))
    }

    @Test("the error page has the service's heading, members and identifiers — aadsts.md §3")
    func errorPage() throws {
        let page = try Browser().get("/nowhere.example/oauth2/v2.0/authorize")
        #expect(page.status == 200)
        #expect(
            page.text.contains("Sorry, but we're having trouble signing you in.".replacingQuote))
        for member in [
            #""pgid":"ConvergedError""#, #""iErrorCode":90002"#, #""sErrorCode":"90002""#,
            #""strServiceExceptionMessage":"AADSTS90002: Tenant 'nowhere.example' not found."#,
        ] {
            #expect(page.text.contains(member))
        }
        #expect(page.text.contains("//]]>"))
        let trace = try #require(page.headers["x-ms-request-id"])
        #expect(page.text.contains("<dt>Request Id</dt><dd>\(trace)</dd>"))
        #expect(page.text.contains("<dt>Timestamp</dt><dd>2026-01-05T08:00:00Z</dd>"))
    }
}

extension String {
    /// As a page writes an apostrophe.
    var replacingQuote: String { split(separator: "'").joined(separator: "&#39;") }
}
