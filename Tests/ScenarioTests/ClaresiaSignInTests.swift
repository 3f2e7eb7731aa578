import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import Testing

@Suite("Claresia: registration and sign-in")
struct ClaresiaSignInTests {
    private static let callback = "https://api.workos.example/sso/oidc/callback"

    @Test("step 1: creating a non-gallery app makes registration and enterprise app with two roles")
    func create() throws {
        let scene = try Scene()
        let app = try scene.directory.addApp("Claresia Europe")
        #expect(app.objectID != app.servicePrincipalID)
        #expect(Set([app.clientID, app.objectID, app.servicePrincipalID]).count == 3)
        #expect(app.roles == ["User", "msiam_access"])
        #expect(try scene.directory.app(app.clientID) == app)
        #expect(try scene.directory.app(app.servicePrincipalID) == app)
        let twice = #expect(throws: SimulatorFailure.self) {
            try scene.directory.addApp("Claresia Europe")
        }
        #expect(twice?.message == "application \"Claresia Europe\" already exists")
    }

    @Test("step 1: the shipped app says that it signs on by OIDC")
    func signOnMode() async throws {
        let scene = try Scene()
        let tenant = try await scene.browser.get(
            "/sim/v1/tenants/contoso/export",
            ["Authorization": "Bearer \(scene.simulator.controlToken)"]
        ).json
        let claresia = tenant["applications"]?.arrayValue?.first {
            $0["displayName"]?.stringValue == "Claresia"
        }
        let mode = claresia?["servicePrincipal"]?["preferredSingleSignOnMode"]
        #expect(mode?.stringValue == "oidc")
    }

    @Test("step 2: client id and tenant id are shown, and are those of discovery and tokens")
    func overview() async throws {
        let scene = try Scene()
        let app = try scene.directory.app("Claresia")
        let tenant = try scene.directory.tenantID()
        let shown = try await scene.browser.get(
            "/sim/v1/tenants/contoso/apps/Claresia",
            ["Authorization": "Bearer \(scene.simulator.controlToken)"]
        ).json
        #expect(shown["appId"]?.stringValue == app.clientID)
        let discovery = try await scene.browser.get(
            "/contoso.example/v2.0/.well-known/openid-configuration"
        ).json
        #expect(discovery["issuer"]?.stringValue == "\(scene.simulator.baseURL)/\(tenant)/v2.0")
    }

    @Test("step 3: a new secret works at once and ends on its date")
    func secret() async throws {
        let scene = try Scene()
        try scene.directory.addApp("Claresia Europe", redirectURIs: [Self.callback])
        let secret = try scene.directory.addSecret(to: "Claresia Europe", lifetime: .seconds(3_600))
        let client = try OIDCClient(
            scene, app: "Claresia Europe", secret: secret, redirectURI: Self.callback)
        func ask() async throws -> HTTPResponse {
            try await client.token([
                "grant_type": "client_credentials", "scope": "https://graph.microsoft.com/.default",
            ])
        }
        #expect(try await ask().status == 200)
        #expect(
            try scene.directory.app("Claresia Europe").secretHints == [String(secret.prefix(3))])
        let shown = try await scene.browser.get(
            "/sim/v1/tenants/contoso/apps/Claresia%20Europe",
            ["Authorization": "Bearer \(scene.simulator.controlToken)"])
        #expect(!shown.text.contains(secret))
        try await scene.clock.advance(by: .seconds(3_599))
        #expect(try await ask().status == 200)
        try await scene.clock.advance(by: .seconds(2))
        #expect(try await ask().refusal == 7_000_222)
    }

    @Test("step 4: only the exact redirect URI is accepted")
    func redirect() async throws {
        let scene = try Scene()
        try scene.directory.addApp("Claresia Europe", redirectURIs: [Self.callback])
        let client = try OIDCClient(
            scene, app: "Claresia Europe", secret: "", redirectURI: Self.callback)
        let page = try await scene.browser.get(client.authorizeTarget())
        #expect(page.text.contains("name=\"login\""))
        for near in ["\(Self.callback)/", Self.callback.uppercased(), "\(Self.callback)?a=1"] {
            let refused = try await scene.browser.get(
                client.authorizeTarget(["redirect_uri": near]))
            #expect(refused.refusal == 50_011, "\(near)")
            #expect(refused.headers["Location"] == nil)
        }
    }

    @Test("step 4: with ID tokens ticked a hybrid or implicit request gets one, without it 700054")
    func idTokens() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        let types = ["code id_token", "id_token"]
        for type in types {
            let asked = ["response_type": type, "response_mode": "fragment"]
            let answer = try await client.signIn("adele.vance@contoso.example", asked)
            let token = try #require(answer.redirected?["id_token"])
            let claims = try await client.validated(token)
            #expect(claims["preferred_username"]?.stringValue == "adele.vance@contoso.example")
        }
        try scene.directory.setIDTokens(issued: false, by: "Claresia")
        for type in types {
            let refused = try await scene.browser.get(
                client.authorizeTarget(["response_type": type, "response_mode": "fragment"]))
            #expect(refused.refusal == 700_054, "\(type)")
        }
    }

    @Test("step 5: without admin consent it is asked for; with it nobody is asked")
    func consent() async throws {
        let scene = try Scene()
        try scene.directory.addApp("Claresia Europe", redirectURIs: [Self.callback])
        let secret = try scene.directory.addSecret(to: "Claresia Europe")
        let client = try OIDCClient(
            scene, app: "Claresia Europe", secret: secret, redirectURI: Self.callback)
        let asked = try await client.signIn("adele.vance@contoso.example")
        #expect(asked.redirected?["code"] == nil)
        #expect(asked.text.contains("Permissions requested"))
        let silent = try await scene.browser.get(client.authorizeTarget(["prompt": "none"]))
        #expect(silent.refusal == 65_001)
        try scene.directory.grantConsent(
            to: "Claresia Europe", scopes: ["openid", "profile", "email", "offline_access"])
        let answer = try await scene.browser.get(client.authorizeTarget(["prompt": "none"]))
        let code = try #require(answer.redirected?["code"])
        let tokens = try await client.redeem(code).json
        #expect(tokens["refresh_token"] != nil)
    }

    @Test("step 5: without offline_access there is no refresh token")
    func noRefreshToken() async throws {
        let scene = try Scene()
        var client = try OIDCClient.claresia(scene)
        client.scope = "openid profile email"
        let answer = try await client.signIn("adele.vance@contoso.example")
        let tokens = try await client.redeem(try #require(answer.redirected?["code"])).json
        #expect(tokens["refresh_token"] == nil)
        #expect(tokens["id_token"] != nil)
    }

    @Test(
        "step 6: a client that knows only the issuer signs somebody in and validates the ID token")
    func testLogin() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        let answer = try await client.signIn("megan.bowen@contoso.example")
        #expect(answer.headers["Location"]?.hasPrefix("http://localhost/callback?") == true)
        #expect(answer.redirected?["state"] == "a state")
        let code = try #require(answer.redirected?["code"])
        let tokens = try await client.redeem(code).json
        let claims = try await client.validated(try #require(tokens["id_token"]?.stringValue))
        #expect(claims["name"]?.stringValue == "Megan Bowen")
        #expect(claims["tid"]?.stringValue == client.tenant)
        let megan = try scene.directory.user("megan.bowen@contoso.example")
        #expect(claims["oid"]?.stringValue == megan.id)
        let info = try await scene.browser.get(
            "/oidc/userinfo",
            ["Authorization": "Bearer \(try #require(tokens["access_token"]?.stringValue))"]
        ).json
        #expect(info["sub"] == claims["sub"])
        let again = try await client.redeem(code)
        #expect(again.status == 400)
    }

    @Test("step 6: the second sign-in of a browser asks nothing")
    func singleSignOn() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        #expect(
            try await client.signIn("megan.bowen@contoso.example").redirected?["code"] != nil)
        let second = try await scene.browser.get(client.authorizeTarget())
        #expect(second.redirected?["code"] != nil)
    }
}
