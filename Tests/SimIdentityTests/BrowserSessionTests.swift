import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Several people in one browser — identity-platform.md §2.5, §2.6")
struct BrowserSessionTests {
    private let browser = Browser()
    private var logout: String { "/\(Fixture.tenant)/oauth2/v2.0/logout" }

    /// Signs a further person in, beside those who are there.
    private func add(_ user: String, stay: Bool = false) throws {
        var page = try ask(["prompt": "select_account"])
        if page.text.contains("Pick an account") {
            page = try browser.submit(page, ["choice": "other"])
        }
        let password = try browser.submit(page, ["login": "\(user)@fabrikam.example"])
        browser.now = browser.now + .seconds(1)
        let last = try browser.submit(password, ["passwd": "pw-\(user)"])
        #expect(try browser.finish(last, stay: stay).redirected?["code"] != nil)
    }

    private func ask(_ changes: [String: String?] = [:]) throws -> HTTPResponse {
        try browser.get(browser.authorizeTarget(changing: changes))
    }

    /// Whose code an answer carries.
    private func person(_ answer: HTTPResponse) throws -> String? {
        let code = try #require(answer.redirected?["code"])
        return try browser.redeem(code).json.claims("id_token")["preferred_username"]?.stringValue
    }

    private func sid(_ answer: HTTPResponse) throws -> String {
        try #require(answer.redirected?["session_state"])
    }

    @Test("one session answers by itself; of several the person picks, the last used first")
    func picker() throws {
        try add("ada")
        #expect(try person(try ask()) == "ada@fabrikam.example")
        try add("ben")
        let page = try ask()
        #expect(page.text.contains("Pick an account"))
        let ben = try #require(page.text.range(of: "ben@fabrikam.example"))
        let ada = try #require(page.text.range(of: "ada@fabrikam.example"))
        #expect(ben.lowerBound < ada.lowerBound)
        let tile = try #require(
            page.text.components("<button type=\"submit\" name=\"choice\"").dropFirst().first)
        let picked = try browser.submit(page, ["choice": tile.attribute("value")])
        #expect(try person(picked) == "ada@fabrikam.example")
        let other = try browser.submit(try ask(), ["choice": "other"])
        #expect(other.text.contains("name=\"login\""))
    }

    @Test("silently, several sessions are 16000 and none is 50058")
    func silent() throws {
        #expect(try ask(["prompt": "none"]).refusedWith == 50_058)
        try add("ada")
        try add("ben")
        let answer = try ask(["prompt": "none"])
        #expect(answer.refusedWith == 16_000)
        #expect(answer.redirected?["error"] == "interaction_required")
        #expect(
            answer.redirected?["error_description"]?.contains("multiple user identities") == true)
        let hinted = try ask(["prompt": "none", "login_hint": "ada@fabrikam.example"])
        #expect(try person(hinted) == "ada@fabrikam.example")
        #expect(
            try ask(["prompt": "none", "login_hint": "mia@fabrikam.example"]).refusedWith
                == 50_058)
    }

    @Test("login_hint, its opaque claim, sid and domain_hint each pick a session")
    func hints() throws {
        var web = try #require(browser.tenant.snapshot().application(appID: Fixture.app("web")))
        web.optionalClaims = ["idToken": [["name": "login_hint"]]]
        try browser.tenant.append([.applicationChanged(web)], at: browser.now)
        try add("ada")
        let first = try ask()
        let claims = try browser.redeem(try #require(first.redirected?["code"])).json
            .claims("id_token")
        let opaque = try #require(claims["login_hint"]?.stringValue)
        #expect(!opaque.contains("ada"))
        try add("ben")
        #expect(
            try person(try ask(["login_hint": "ADA@fabrikam.example"])) == "ada@fabrikam.example")
        #expect(try person(try ask(["login_hint": opaque])) == "ada@fabrikam.example")
        #expect(try person(try ask(["sid": try sid(first)])) == "ada@fabrikam.example")
        // A domain that both belong to decides nothing; with another one somebody else signs in.
        #expect(try ask(["domain_hint": "fabrikam.example"]).text.contains("Pick an account"))
        #expect(try ask(["domain_hint": "consumers"]).text.contains("name=\"login\""))
        #expect(try ask(["domain_hint": "organizations"]).text.contains("Pick an account"))
        // A domain that one of them belongs to picks that one.
        try browser.set("ben", "userPrincipalName", "ben@fabrikam.onmicrosoft.example")
        #expect(
            try person(try ask(["domain_hint": "Fabrikam.onmicrosoft.example"]))
                == "ben@fabrikam.onmicrosoft.example")
    }

    @Test(
        "sid must be a GUID, stand alone, and name a session that is there",
        arguments: [
            (["sid": "x"], 90_007), (["sid": "x", "login_hint": "a@b.c"], 90_007),
            (["sid": GUID.zero.description, "login_hint": "a@b.c"], 90_005),
            (["sid": GUID.zero.description, "prompt": "none"], 160_021),
        ] as [([String: String?], Int)])
    func sidFaults(changes: [String: String?], code: Int) throws {
        try add("ada")
        #expect(try ask(changes).refusedWith == code)
    }

    @Test("prompt=login asks again, select_account shows the picker even for one")
    func prompts() throws {
        try add("ada")
        #expect(try ask(["prompt": "login"]).text.contains("name=\"login\""))
        #expect(try ask(["prompt": "select_account"]).text.contains("Pick an account"))
        #expect(try ask(["prompt": "consent"]).text.contains("Permissions requested"))
    }

    @Test("a sign-in older than max_age is asked for again, to the second")
    func maxAge() throws {
        try add("ada")
        browser.now = browser.now + .seconds(60)
        #expect(try ask(["max_age": "60"]).redirected?["code"] != nil)
        browser.now = browser.now + .seconds(1)
        #expect(try ask(["max_age": "60"]).text.contains("name=\"login\""))
        #expect(try ask(["max_age": "60", "prompt": "none"]).refusedWith == 50_058)
    }

    @Test("signing out of several asks whom, ends that one, and tells its apps alone")
    func signOutOne() throws {
        try add("ada")
        let ada = try sid(try ask())
        try add("ben")
        let page = try browser.get(logout + "?state=7")
        #expect(page.text.contains("Which account do you want to sign out of?"))
        #expect(!page.text.contains("<iframe"))
        let links = page.text.components("<li><a class=\"tile\"")
        #expect(links.count == 2)
        let address = try #require(try links.last?.attribute("href"))
        #expect(address.contains("state=7"))
        let done = try browser.get(address)
        #expect(done.text.contains("frontchannel?sid=\(ada)"))
        #expect(done.text.ranges(of: "<iframe").count == 1)
        #expect(try person(try ask()) == "ben@fabrikam.example")
    }

    @Test("logout_hint names the session; a stranger's hint ends nobody's")
    func hintedSignOut() throws {
        try add("ada")
        try add("ben")
        let ben = LoginHint.claim(user: Fixture.user("ben"), tenant: Fixture.tenant)
        let mia = LoginHint.claim(user: Fixture.user("mia"), tenant: Fixture.tenant)
        _ = try browser.get("\(logout)?logout_hint=\(mia)")
        #expect(try ask().text.contains("Pick an account"))
        _ = try browser.get("\(logout)?logout_hint=\(ben)")
        #expect(try person(try ask()) == "ada@fabrikam.example")
    }

    @Test("revoking a person's sessions signs them out everywhere, and nobody else")
    func revoked() throws {
        try add("ada")
        let code = try #require(try ask().redirected?["code"])
        let refresh = try #require(try browser.redeem(code).json["refresh_token"]?.stringValue)
        try add("ben")
        browser.now = browser.now + .seconds(1)
        try browser.tenant.append([.userSessionsRevoked(Fixture.user("ada"))], at: browser.now)
        #expect(try person(try ask()) == "ben@fabrikam.example")
        let answer = try browser.post(
            browser.tokenTarget,
            [
                "grant_type": "refresh_token", "refresh_token": refresh,
                "client_id": Fixture.app("web").description, "client_secret": Fixture.webSecret,
            ])
        #expect(answer.refusedWith == 50_173)
    }

    @Test("only who chose to stay outlives the browser")
    func persistence() throws {
        try add("ada", stay: true)
        try add("ben")
        #expect(browser.cookie("ESTSAUTHPERSISTENT") != nil)
        let kept = try #require(browser.cookie("ESTSAUTHPERSISTENT"))
        browser.forgetCookies()
        browser.setCookie("ESTSAUTHPERSISTENT", kept)
        #expect(try person(try ask()) == "ada@fabrikam.example")
    }

    @Test("a browser remembers eight people, and cookies stay short enough to be kept")
    func limits() throws {
        let people = ["ada", "ben"] + (0..<8).map { "extra\($0)" }
        try browser.tenant.append(
            people.dropFirst(2).map { .userCreated(Fixture.person($0)) }, at: browser.now)
        for name in people { try add(name) }
        let cookie = try #require(browser.cookie("ESTSAUTH"))
        #expect(cookie.utf8.count <= BrowserSessions.writtenByteLimit)
        let page = try ask()
        #expect(!page.text.contains("ada@fabrikam.example"))
        #expect(page.text.contains("extra7@fabrikam.example"))
        #expect(page.text.ranges(of: "Signed in").count <= BrowserSessions.limit)
    }

    @Test(
        "the same request answered 14 times in five minutes is ordinary, the 15th is a loop: 50196")
    func loop() throws {
        try add("ada")
        for _ in 0..<14 { #expect(try ask().redirected?["code"] != nil) }
        let page = try ask()
        #expect(page.status == 200)
        #expect(page.refusedWith == 50_196)
        #expect(try ask(["scope": "openid"]).redirected?["code"] != nil)
        browser.now = browser.now + .minutes(5)
        #expect(try ask().redirected?["code"] != nil)
    }

    @Test("the loop guard can be off for load tests")
    func noGuard() throws {
        browser.settings.guardsAgainstLoops = false
        try add("ada")
        for _ in 0..<20 { #expect(try ask().redirected?["code"] != nil) }
    }
}
