import SimCore
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("The esctx cookie — identity-platform.md §1.1, aadsts.md §1.3, §3")
struct BrowserBindingTests {
    private static let document = "/common/v2.0/.well-known/openid-configuration"
    private static let kept = "AQABAAAAcXdlcnR5dWlvcGFzZGZnaA"
    private let browser = Browser()

    /// Everything behind `esctx=`; nil when none is set.
    private static func cookie(_ response: HTTPResponse) -> Substring? {
        let set = response.headers.values("Set-Cookie").filter { $0.hasPrefix("esctx=") }
        #expect(set.count <= 1)
        return set.first?.dropFirst("esctx=".count)
    }

    private static func value(_ response: HTTPResponse) -> String? {
        cookie(response).map { String($0.prefix { $0 != ";" }) }
    }

    @Test(
        "comes with public documents, refused or not, with the device's code and with error pages",
        arguments: [
            document, "/common/discovery/v2.0/keys", "/fabrikam.example/discovery/keys",
            "/common/discovery/instance?api-version=1.1&authorization_endpoint="
                + "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            "/nowhere.example/v2.0/.well-known/openid-configuration",
            "/common/UserRealm/ada@fabrikam.example?api-version=1.0",
            "/common/oauth2/v2.0/devicecode", "/common/oauth2/v2.0/authorize",
        ])
    func set(target: String) throws {
        let response = try browser.get(target)
        let cookie = try #require(Self.cookie(response))
        #expect(cookie.hasPrefix("AQABAAAA"))
        #expect(cookie.dropFirst(30) == "; path=/; secure; HttpOnly; SameSite=None")
        browser.forgetCookies()
        #expect(Self.value(try browser.get(target)) != Self.value(response))
    }

    @Test("comes with a page, and not with tokens or what leads back to the client")
    func pages() throws {
        let page = try browser.get(browser.authorizeTarget())
        #expect(Self.value(page)?.hasPrefix("AQABAAAA") == true)
        let end = try browser.finish(
            browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget()))
        #expect(end.redirected?["code"] != nil)
        #expect(Self.cookie(end) == nil)
        let tokens = try browser.post("/\(Fixture.tenant)/oauth2/v2.0/token", ["a": "b"])
        #expect(tokens.headers.values("Set-Cookie").count == 3)
        #expect(Self.cookie(tokens) == nil)
    }

    private static let origins = ["https://login.fabrikam.example:8443", "https://192.0.2.7"]

    @Test(
        "names the whole host where a cookie may, and never a name that is not the service's",
        arguments: [
            ("login.microsoftonline.com", ".login.microsoftonline.com"),
            ("Login.Windows.Net:8443", ".login.windows.net"),
            ("login.fabrikam.example", ".login.fabrikam.example"),
            ("login.fabrikam.example:8443", ".login.fabrikam.example"),
            ("evil.example", nil), ("login.microsoftonline.com.evil.example", nil),
            ("localhost:8443", nil), ("fabrikam.localhost", nil), ("127.0.0.1", nil),
            ("192.0.2.7", nil), ("[2001:db8::7]:8443", nil), ("entra-sim:8443", nil),
        ])
    func domain(host: String, domain: String?) throws {
        let attribute = domain.map { "; domain=\($0)" } ?? ""
        for origin in Self.origins {
            browser.origin = origin
            for target in [Self.document, browser.authorizeTarget()] {
                let cookie = try #require(Self.cookie(try browser.get(target, ["Host": host])))
                let isElsewhere = host.hasPrefix("login.fabrikam") && origin != Self.origins[0]
                #expect(
                    cookie.dropFirst(30) == (isElsewhere ? "" : attribute)
                        + "; path=/; secure; HttpOnly; SameSite=None")
            }
        }
    }

    @Test("is the browser's own where it has one, and a new one for any other text")
    func keeps() throws {
        for target in [Self.document, "/nowhere.example/discovery/keys", browser.authorizeTarget()]
        {
            browser.forgetCookies()
            browser.setCookie("esctx", Self.kept)
            #expect(Self.value(try browser.get(target)) == Self.kept)
            for text in [
                "", "x", String(Self.kept.dropLast()), Self.kept + "A", "B" + Self.kept.dropFirst(),
                Self.kept.dropLast() + "~", Self.kept.dropLast() + "B",
            ] {
                browser.forgetCookies()
                browser.setCookie("esctx", String(text))
                let value = try #require(Self.value(try browser.get(target)))
                #expect(value != text && value.utf8.count == 30)
            }
        }
    }

    @Test("a page left open can be sent after somebody looked at a document, and the other way")
    func beside() throws {
        let page = try browser.get(browser.authorizeTarget())
        _ = try browser.get(Self.document)
        let next = try browser.submit(page, ["login": "ada@fabrikam.example"])
        #expect(next.refusedWith == nil && next.text.contains("Enter password"))

        browser.forgetCookies()
        let first = Self.value(try browser.get(Self.document))
        #expect(Self.value(try browser.get(browser.authorizeTarget())) == first)
    }

    @Test("is spelled in one way, whether it is new or the browser's")
    func spelling() throws {
        for target in [Self.document, "/common/oauth2/v2.0/authorize"] {
            browser.forgetCookies()
            let new = try #require(Self.cookie(try browser.get(target)))
            #expect(Self.cookie(try browser.get(target)) == new)
        }
    }

    @Test("is another than fpc, and the same for the same seed")
    func seeded() throws {
        let one = try browser.get(Self.document).headers.values("Set-Cookie")
        let other = try Browser().get(Self.document).headers.values("Set-Cookie")
        #expect(one == other)
        #expect(!one[1].contains(one[0].dropFirst("fpc=A".count).prefix(22)))
    }
}
