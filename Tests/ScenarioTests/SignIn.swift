import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import Testing

/// An application that signs people in, as an unmodified OIDC client does it.
struct OIDCClient {
    static let verifier = "a-verifier-of-at-least-forty-three-characters-0123"

    let scene: Scene
    let clientID: String
    let secret: String
    let redirectURI: String
    var tenant: String
    var scope = "openid profile email offline_access"

    init(_ scene: Scene, app: String, secret: String, redirectURI: String) throws {
        self.scene = scene
        self.secret = secret
        self.redirectURI = redirectURI
        clientID = try scene.directory.app(app).clientID
        tenant = try scene.directory.tenantID()
    }

    /// The shipped app Claresia.
    static func claresia(_ scene: Scene) throws -> OIDCClient {
        try OIDCClient(
            scene, app: "Claresia", secret: "claresia-demo-client-secret",
            redirectURI: "http://localhost/callback")
    }

    func authorizeTarget(_ changes: [String: String] = [:]) -> String {
        var fields = [
            "client_id": clientID, "response_type": "code", "redirect_uri": redirectURI,
            "scope": scope, "state": "a state", "nonce": "a nonce",
            "code_challenge": Base64.urlEncode(SHA256.digest(Array(Self.verifier.utf8))),
            "code_challenge_method": "S256",
        ]
        fields.merge(changes) { $1 }
        let query = FormFields(fields.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
        return "/\(tenant)/oauth2/v2.0/authorize?\(query.encoded())"
    }

    /// Opens the sign-in page and fills in what is asked, up to the application's answer.
    func signIn(
        _ user: String, password: String = Scene.password, _ changes: [String: String] = [:]
    ) async throws -> HTTPResponse {
        let browser = scene.browser
        var page = try await browser.get(authorizeTarget(changes))
        if page.text.contains("name=\"login\"") {
            page = try await browser.submit(page, ["login": user])
        }
        if page.text.contains("name=\"passwd\"") {
            page = try await browser.submit(page, ["passwd": password])
        }
        if page.status == 200, page.text.contains("KmsiInterrupt") {
            page = try await browser.submit(page, ["LoginOptions": "0"])
        }
        return page
    }

    func redeem(_ code: String) async throws -> HTTPResponse {
        try await token([
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI,
            "code_verifier": Self.verifier,
        ])
    }

    func refresh(_ token: String) async throws -> HTTPResponse {
        try await self.token([
            "grant_type": "refresh_token", "refresh_token": token, "scope": scope,
        ])
    }

    func token(_ fields: KeyValuePairs<String, String>) async throws -> HTTPResponse {
        var form = FormFields(fields)
        form.append("client_id", clientID)
        form.append("client_secret", secret)
        return try await scene.browser.post("/\(tenant)/oauth2/v2.0/token", form)
    }

    /// The claims of an ID token after everything a relying party checks.
    func validated(_ idToken: String) async throws -> JSONObject {
        let browser = scene.browser
        let discovery = try await browser.get(
            "/\(tenant)/v2.0/.well-known/openid-configuration"
        ).json
        let keysURL = try #require(discovery["jwks_uri"]?.stringValue)
        let keys = try await browser.get(try #require(Origin.parse(keysURL)).target).json
        let token = try JSONWebToken(parsing: idToken)
        let key = try #require(
            keys["keys"]?.arrayValue?.first { $0["kid"]?.stringValue == token.keyID })
        func number(_ name: String) throws -> [UInt8] {
            try #require(key[name]?.stringValue.flatMap { Base64.urlDecode($0) })
        }
        let publicKey = try RSAPublicKey(modulus: number("n"), exponent: number("e"))
        #expect(publicKey.verifyRS256(token.signingInput, signature: token.signature))
        #expect(token.claims["iss"] == discovery["issuer"])
        #expect(token.claims["aud"]?.stringValue == clientID)
        #expect(token.claims["nonce"]?.stringValue == "a nonce")
        let now = try #require(Timestamp(iso8601: scene.clock.now)).seconds
        #expect(try #require(token.claims["nbf"]?.intValue) <= now)
        #expect(try #require(token.claims["exp"]?.intValue) > now)
        return token.claims
    }
}
