import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Authorize answers — identity-platform.md §2.2")
struct AuthorizeAnswerTests {
    @Test("query answers carry code, client_info, state, session_state, and end in #")
    func query() throws {
        let answer = try Browser().signIn()
        #expect(answer.status == 302)
        let location = try #require(answer.headers["Location"])
        #expect(location.hasPrefix(Fixture.callback + "?code=1.AUcA"))
        #expect(location.hasSuffix("#"))
        #expect(
            answer.redirected?.fields.map(\.name)
                == ["code", "client_info", "state", "session_state"])
        #expect(location.contains("&state=state+1&"))
        #expect(answer.redirected?["session_state"]?.hasPrefix("00") == true)
        #expect(answer.text.contains("Object moved"))
    }

    @Test("fragment answers stand behind #, and have the session's id")
    func fragment() throws {
        let browser = Browser()
        let answer = try browser.signIn(
            at: browser.authorizeTarget(changing: ["response_mode": "fragment"]))
        let location = try #require(answer.headers["Location"])
        #expect(location.hasPrefix(Fixture.callback + "#code="))
        let tokens = try browser.redeem(try #require(answer.redirected?["code"])).json
        #expect(
            try tokens.claims("id_token")["sid"]?.stringValue
                == answer.redirected?["session_state"])
    }

    @Test("form_post answers post themselves, under a policy that allows that script only")
    func formPost() throws {
        let browser = Browser()
        let state = #"<script>alert("1")</script>&'"#
        let answer = try browser.signIn(
            at: browser.authorizeTarget(changing: ["response_mode": "form_post", "state": state]))
        #expect(answer.status == 200)
        let (action, fields) = try answer.form()
        #expect(action == Fixture.callback)
        #expect(
            fields.fields.map(\.name) == ["code", "client_info", "state", "session_state"])
        #expect(fields["state"] == state)
        #expect(answer.text.ranges(of: "<script").count == 1)
        #expect(answer.text.contains("<title>Working...</title>"))
        let policy = try #require(answer.headers["Content-Security-Policy"])
        let hash = Base64.encode(SHA256.digest(Array("document.forms[0].submit();".utf8)))
        #expect(policy.contains("script-src 'sha256-\(hash)'"))
        #expect(answer.headers["Cache-Control"] == "no-store, no-cache")
    }

    @Test("hybrid answers bind the ID token to the code — c_hash")
    func hybrid() throws {
        let browser = Browser()
        let answer = try browser.signIn(
            at: browser.authorizeTarget("implicit", changing: ["response_type": "code id_token"]))
        let fields = try #require(answer.redirected)
        let code = try #require(fields["code"])
        let token = try JSONWebToken(parsing: try #require(fields["id_token"]))
        let half = Array(SHA256.digest(Array(code.utf8)).prefix(16))
        #expect(token.claims["c_hash"]?.stringValue == Base64.urlEncode(half))
        #expect(token.claims["nonce"] == "nonce-1")
        #expect(answer.headers["Location"]?.contains("#code=") == true)
    }

    @Test("implicit answers carry the token's members in the reference's order — at_hash")
    func implicit() throws {
        let browser = Browser()
        let answer = try browser.signIn(
            at: browser.authorizeTarget(
                "implicit",
                changing: [
                    "response_type": "id_token token", "client_info": nil,
                    "scope": "openid profile email",
                ]))
        let fields = try #require(answer.redirected)
        #expect(
            fields.fields.map(\.name) == [
                "access_token", "token_type", "expires_in", "scope", "id_token", "state",
                "session_state",
            ])
        #expect(fields["scope"] == "email openid profile")
        let token = try JSONWebToken(parsing: try #require(fields["id_token"]))
        #expect(token.claims["at_hash"] != nil)
        #expect(token.claims["c_hash"] == nil)
    }

    @Test("the registered address is used when none is sent")
    func defaultAddress() throws {
        let browser = Browser()
        let answer = try browser.signIn(
            at: browser.authorizeTarget(changing: ["redirect_uri": nil]))
        #expect(answer.headers["Location"]?.hasPrefix(Fixture.callback + "?") == true)
    }
}

@Suite("Sessions — identity-platform.md §2.5")
struct SessionTests {
    @Test("a second request is answered without a page, by the same session")
    func silent() throws {
        let browser = Browser()
        let first = try browser.signIn()
        let second = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(second.status == 302)
        #expect(second.redirected?["code"] != nil)
        #expect(second.redirected?["session_state"] == first.redirected?["session_state"])
        #expect(second.headers["X-Frame-Options"] == nil)
    }

    @Test("ends after a day without use, or after 90 days when one stays signed in")
    func ends() throws {
        let browser = Browser()
        _ = try browser.signIn()
        #expect(browser.cookie("ESTSAUTHPERSISTENT") == nil)
        browser.now = browser.now + .hours(24) - .seconds(1)
        #expect(
            try browser.get(browser.authorizeTarget(changing: ["prompt": "none"])).refusedWith
                == nil)
        browser.now = browser.now + .hours(24)
        #expect(
            try browser.get(browser.authorizeTarget(changing: ["prompt": "none"])).refusedWith
                == 50_058)
        let other = Browser()
        _ = try other.signIn(stay: true)
        other.now = other.now + .days(90) - .seconds(1)
        #expect(try other.get(other.authorizeTarget()).redirected?["code"] != nil)
    }

    @Test("a changed cookie, a revoked session and a disabled person are not signed in")
    func invalid() throws {
        let browser = Browser()
        _ = try browser.signIn()
        browser.now = browser.now + .seconds(1)
        try browser.tenant.append([.userSessionsRevoked(Fixture.user("ada"))], at: browser.now)
        #expect(try browser.get(browser.authorizeTarget()).text.contains("name=\"login\""))
        let second = Browser()
        _ = try second.signIn()
        try second.tenant.append(
            [.userChanged(Fixture.user("ada"), [AttributeChange("accountEnabled", false)])],
            at: second.now)
        #expect(try second.get(second.authorizeTarget()).refusedWith == 50_057)
        let forged = try Browser().get(
            browser.authorizeTarget(), ["Cookie": "ESTSAUTH=AAAA; ESTSAUTHPERSISTENT=%"])
        #expect(forged.text.contains("name=\"login\""))
    }

    @Test(
        "prompt decides what is shown",
        arguments: [
            ("login", "name=\"login\""), ("select_account", "Pick an account"),
            ("consent", "Permissions requested"), ("refresh_session", "name=\"login\""),
        ])
    func prompt(value: String, shown: String) throws {
        let browser = Browser()
        _ = try browser.signIn()
        let page = try browser.get(browser.authorizeTarget(changing: ["prompt": value]))
        #expect(page.text.contains(shown))
    }

    @Test("the account picker leads on with the session, or to another account")
    func picker() throws {
        let browser = Browser()
        _ = try browser.signIn()
        let target = browser.authorizeTarget(changing: ["prompt": "select_account"])
        let page = try browser.get(target)
        #expect(try browser.submit(page, ["choice": page.firstTile]).redirected?["code"] != nil)
        let other = try browser.submit(page, ["choice": "other"])
        #expect(other.text.contains("name=\"login\""))
    }

    @Test("max_age asks again once the sign-in is older, and not before")
    func maxAge() throws {
        let browser = Browser()
        _ = try browser.signIn()
        browser.now = browser.now + .seconds(60)
        let target = browser.authorizeTarget(changing: ["max_age": "60"])
        #expect(try browser.get(target).status == 302)
        browser.now = browser.now + .seconds(1)
        #expect(try browser.get(target).text.contains("name=\"login\""))
    }

    @Test("login_hint goes to the password, and never answers with another person's session")
    func hint() throws {
        let browser = Browser()
        let target = browser.authorizeTarget(changing: ["login_hint": "ben@fabrikam.example"])
        #expect(try browser.get(target).text.contains("Enter password"))
        _ = try browser.signIn("ada")
        #expect(try browser.get(target).text.contains("Enter password"))
        let silent = browser.authorizeTarget(
            changing: ["login_hint": "ben@fabrikam.example", "prompt": "none"])
        #expect(try browser.get(silent).refusedWith == 50_058)
        let unknown = browser.authorizeTarget(changing: ["login_hint": "zed@fabrikam.example"])
        #expect(try browser.get(unknown).text.contains("value=\"zed@fabrikam.example\""))
    }
}
