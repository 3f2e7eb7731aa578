import SimCore
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Forms are bound to browser, page and time")
struct FormBindingTests {
    private let browser = Browser()

    @Test("another browser cannot send a page's form")
    func otherBrowser() throws {
        let page = try browser.get(browser.authorizeTarget())
        let (action, fields) = try page.form()
        let stranger = Browser()
        _ = try stranger.get(stranger.authorizeTarget())
        stranger.forgetCookies()
        #expect(try stranger.post(action, fields).refusedWith == 165_000)
    }

    @Test("a form cannot skip the second factor by going to a later page")
    func skipping() throws {
        let page = try browser.enterPassword("mia", "pw-mia", at: browser.authorizeTarget())
        let (_, fields) = try page.form()
        for path in ["Consent/Set", "kmsi", "reprocess", "login"] {
            var sent = fields
            sent.append("ucaccept", "1")
            sent.append("choice", "session")
            let answer = try browser.post("/\(Fixture.tenant)/\(path)", sent)
            #expect(answer.refusedWith == 165_000, "\(path)")
        }
    }

    @Test("a form is too old after an hour, and a changed one is refused")
    func ageAndChange() throws {
        let page = try browser.get(browser.authorizeTarget())
        let (action, fields) = try page.form()
        let token = try #require(fields["flowtoken"])
        let changed = FormFields([.init("flowtoken", String(token.dropLast(2)) + "AA")])
        #expect(try browser.post(action, changed).refusedWith == 165_000)
        #expect(try browser.post(action, FormFields()).refusedWith == 165_000)
        browser.now = browser.now + .minutes(60)
        #expect(try browser.post(action, fields).refusedWith == 50_089)
    }

    @Test("page forms take POST only")
    func verbs() throws {
        let response = try browser.get("/\(Fixture.tenant)/login")
        #expect(response.refusedWith == 900_561)
        #expect(response.text.contains("only accepts POST requests"))
    }

    @Test("the cookies are for this origin's pages alone")
    func cookies() throws {
        let page = try browser.get(browser.authorizeTarget())
        for line in page.headers.values("Set-Cookie") {
            let lower = line.lowercased()
            #expect(lower.contains("secure") && lower.contains("httponly"))
        }
    }
}
