import SimCore
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Sign-out and userinfo — identity-platform.md §2.6, §4.8")
struct LogoutTests {
    private let browser = Browser()
    private var target: String { "/\(Fixture.tenant)/oauth2/v2.0/logout" }

    @Test("ends the session and tells the applications, with the session's id and nothing else")
    func frontChannel() throws {
        let sid = try #require(try browser.signIn().redirected?["session_state"])
        let page = try browser.get(target)
        #expect(page.text.contains("src=\"https://web.example/frontchannel?sid=\(sid)\""))
        #expect(page.headers["Content-Security-Policy"]?.contains("frame-src https:") == true)
        #expect(browser.cookie("ESTSAUTH") == nil)
        #expect(try browser.get(browser.authorizeTarget()).text.contains("name=\"login\""))
    }

    @Test("goes on to a registered address with the state, and nowhere else")
    func redirect() throws {
        func go(_ uri: String) throws -> HTTPResponse {
            try browser.get(
                "\(target)?post_logout_redirect_uri=\(PercentCoding.encode(uri))&state=a%20b")
        }
        #expect(try go(Fixture.callback).headers["Location"] == Fixture.callback + "?state=a+b")
        for hostile in ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/x"] {
            let page = try go(hostile)
            #expect(page.status == 200)
            #expect(page.headers["Location"] == nil)
            #expect(!page.text.contains("evil.example"))
        }
        let foreign = try browser.get(
            "\(target)?client_id=\(Fixture.app("spa"))&post_logout_redirect_uri="
                + PercentCoding.encode(Fixture.callback))
        #expect(foreign.headers["Location"] == nil)
    }

    @Test("userinfo answers a Graph token with what its scopes allow")
    func userInfo() throws {
        let tokens = try browser.tokens(changing: ["scope": "openid profile email"])
        let token = try #require(tokens["access_token"]?.stringValue)
        let body = try browser.get("/oidc/userinfo", ["Authorization": "Bearer \(token)"]).json
        #expect(
            body.names == ["sub", "name", "family_name", "given_name", "picture", "email"])
        #expect(try body["sub"] == tokens.claims("id_token")["sub"])
        let fewer = try browser.tokens(changing: ["scope": "openid"])
        let bare = try #require(fewer["access_token"]?.stringValue)
        #expect(
            try browser.get("/oidc/userinfo", ["Authorization": "Bearer \(bare)"]).json.names
                == ["sub"])
        browser.now = browser.now + .hours(2)
        let late = try browser.get("/oidc/userinfo", ["Authorization": "Bearer \(token)"])
        #expect(late.status == 401)
    }

    @Test("userinfo refuses other APIs' tokens, forged ones, and none, in Graph's envelope")
    func userInfoRefusals() throws {
        let tokens = try browser.tokens(changing: ["scope": "openid api://orders/read"])
        let token = try #require(tokens["access_token"]?.stringValue)
        for header in ["Bearer \(token)", "Bearer \(token)x", "Bearer x.y.z", "Basic abc"] {
            let response = try browser.get("/oidc/userinfo", ["Authorization": header])
            #expect(response.status == 401)
            #expect(try response.json["error"]?["code"] == "InvalidAuthenticationToken")
        }
        #expect(try browser.get("/oidc/userinfo").status == 401)
    }

    @Test("the error look-up shows message and remedy, unfilled — aadsts.md §4")
    func lookup() throws {
        let known = try browser.get("/error?code=500011")
        #expect(known.text.contains("<tr><td>Error Code</td><td>500011</td></tr>"))
        #expect(known.text.contains("The resource principal named {name} was not found"))
        let posted = try browser.post("/error", ["code": "AADSTS50058"])
        #expect(posted.text.contains("<td>50058</td>"))
        let unknown = try browser.get("/error?code=%3Cb%3E1")
        #expect(!unknown.text.contains("<table>"))
        #expect(!unknown.text.contains("<b>1"))
        #expect(unknown.text.contains("No error has the number “&lt;b&gt;1”."))
        #expect(try browser.get("/error?code=%20").text.contains("Enter the number of an error"))
        #expect(try !browser.get("/error").text.contains("role=\"alert\""))
    }
}
