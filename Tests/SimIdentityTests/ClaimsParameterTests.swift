import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("The claims parameter — OpenID Connect Core §5.5, identity-platform.md §8.4")
struct ClaimsParameterTests {
    static let asked =
        #"{"access_token":{"xms_cc":{"values":["CP1"]},"acrs":{"essential":true,"value":"c1"}},"#
        + #""id_token":{"acrs":{"value":"c2"},"auth_time":null}}"#

    /// A browser whose API asks for the client's capabilities, or does not.
    private func browser(asksForCapabilities: Bool = true) throws -> Browser {
        let browser = Browser()
        guard asksForCapabilities else { return browser }
        var app = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app("api")))
        app.optionalClaims = ["accessToken": [["name": "xms_cc"]]]
        try browser.tenant.append([.applicationChanged(app)], at: browser.now)
        return browser
    }

    @Test("capabilities and authentication contexts reach the tokens, spelled as sent")
    func passedOn() throws {
        let body = try browser().request(
            "token", PasswordGrantTests.values, ["claims": Self.asked]
        ).json
        let access = try body.claims("access_token")
        #expect(access["xms_cc"] == ["CP1"])
        #expect(access["acrs"] == ["c1"])
        let identity = try body.claims("id_token")
        #expect(identity["acrs"] == ["c2"])
        #expect(identity["auth_time"]?.intValue == Fixture.start.seconds)
        #expect(identity["xms_cc"] == nil)
    }

    @Test("capabilities are only told to an API that asks for them")
    func notAsked() throws {
        let body = try browser(asksForCapabilities: false).request(
            "token", PasswordGrantTests.values, ["claims": Self.asked]
        ).json
        #expect(try body.claims("access_token")["xms_cc"] == nil)
    }

    @Test("a code remembers what its authorization asked for; the redemption may ask anew")
    func code() throws {
        let browser = try browser()
        let wanted: [String: String?] = [
            "scope": "api://orders/read openid", "claims": Self.asked,
        ]
        #expect(try browser.tokens(changing: wanted).claims("access_token")["acrs"] == ["c1"])
        let answer = try browser.signIn(at: browser.authorizeTarget(changing: wanted))
        let code = try #require(answer.redirected?["code"])
        let claims = #"{"access_token":{"acrs":{"values":["c7","x","c25","c26","c07"]}}}"#
        let body = try browser.redeem(code, changing: ["claims": claims]).json
        #expect(try body.claims("access_token")["acrs"] == ["c7", "c25"])
    }

    @Test("a daemon's capabilities are told too")
    func appOnly() throws {
        let body = try browser().request(
            "token",
            [
                "grant_type": "client_credentials", "scope": "api://orders/.default",
                "client_id": Fixture.app("daemon").description,
                "client_secret": "daemon-secret", "claims": Self.asked,
            ]
        ).json
        let claims = try body.claims("access_token")
        #expect(claims["xms_cc"] == ["CP1"])
        #expect(claims["acrs"] == nil)
    }

    @Test(
        "what is not a JSON object is 90100, before the client is looked at",
        arguments: ["nonsense", "[]", "\"text\"", "{"])
    func refused(_ text: String) throws {
        let response = try browser().request(
            "token", PasswordGrantTests.values,
            ["claims": text, "client_id": Fixture.id("x").description])
        #expect(response.refusedWith == 90_100)
    }

    @Test("idtyp and a guest's upn come only with their additional properties — §4.7")
    func properties() throws {
        let browser = Browser()
        var app = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app("api")))
        app.optionalClaims = [
            "accessToken": [
                ["name": "idtyp", "additionalProperties": ["include_user_token"]]
            ]
        ]
        try browser.tenant.append([.applicationChanged(app)], at: browser.now)
        let body = try browser.request("token", PasswordGrantTests.values).json
        #expect(try body.claims("access_token")["idtyp"] == "user")
        app.optionalClaims = ["accessToken": [["name": "idtyp"]]]
        try browser.tenant.append([.applicationChanged(app)], at: browser.now)
        let plain = try browser.request("token", PasswordGrantTests.values).json
        #expect(try plain.claims("access_token")["idtyp"] == nil)
    }
}
