import SimCore
import SimCrypto
import SimHTTP
import Testing

@testable import SimIdentity

/// The journeys most tests begin with.
extension Browser {
    static let verifier = "a-verifier-of-at-least-forty-three-characters-0123"
    static var challenge: String {
        Base64.urlEncode(SHA256.digest(Array(verifier.utf8)))
    }

    /// Parameters of an ordinary request of the web application; nil values leave one out.
    func authorizeTarget(
        _ app: String = "web", tenant: String = Fixture.tenant.description, v1: Bool = false,
        changing changes: [String: String?] = [:]
    ) -> String {
        var fields: [(String, String)] = [
            ("client_id", Fixture.app(app).description), ("response_type", "code"),
            ("redirect_uri", Fixture.callback), ("scope", "openid profile offline_access"),
            ("state", "state 1"), ("nonce", "nonce-1"), ("code_challenge", Self.challenge),
            ("code_challenge_method", "S256"), ("client_info", "1"),
        ]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            fields.removeAll { $0.0 == name }
            if let value { fields.append((name, value)) }
        }
        let query = FormFields(fields.map { .init($0.0, $0.1) }).encoded()
        return "/\(tenant)/oauth2/\(v1 ? "" : "v2.0/")authorize?\(query)"
    }

    /// Fills in the pages up to the application's answer; a session answers at once.
    func signIn(
        _ user: String = "ada", at target: String? = nil, stay: Bool = false
    ) throws -> HTTPResponse {
        let first = try get(target ?? authorizeTarget())
        guard first.status == 200, first.text.contains("name=\"login\"") else { return first }
        let password = try submit(first, ["login": "\(user)@fabrikam.example"])
        return try finish(try submit(password, ["passwd": "pw-\(user)"]), stay: stay)
    }

    func enterUserName(_ userName: String, at target: String) throws -> HTTPResponse {
        try submit(try get(target), ["login": userName])
    }

    func enterPassword(
        _ user: String, _ password: String, at target: String
    ) throws -> HTTPResponse {
        try submit(
            try enterUserName("\(user)@fabrikam.example", at: target), ["passwd": password])
    }

    /// Answers "Stay signed in?" when it is asked.
    func finish(_ page: HTTPResponse, stay: Bool = false) throws -> HTTPResponse {
        guard page.status == 200, page.text.contains("KmsiInterrupt") else { return page }
        return try submit(page, ["LoginOptions": stay ? "1" : "0"])
    }

    /// Sends the last form of a page.
    func submit(
        _ page: HTTPResponse, _ values: KeyValuePairs<String, String>
    ) throws -> HTTPResponse {
        // The sign-in form stands before the panel of test accounts; both carry the same flow.
        var (action, fields) = try page.form()
        for (name, value) in values { fields.append(name, value) }
        return try post(action, fields)
    }

    /// Tokens of a fresh sign-in.
    func tokens(
        _ user: String = "ada", app: String = "web", changing changes: [String: String?] = [:]
    ) throws -> JSONObject {
        let answer = try signIn(user, at: authorizeTarget(app, changing: changes))
        let code = try #require(answer.redirected?["code"])
        return try redeem(code, app: app).json
    }

    func redeem(
        _ code: String, app: String = "web", changing changes: [String: String?] = [:],
        headers: HTTPHeaders = [:], tenant: String = Fixture.tenant.description, v1: Bool = false
    ) throws -> HTTPResponse {
        var fields: [(String, String)] = [
            ("grant_type", "authorization_code"), ("client_id", Fixture.app(app).description),
            ("client_secret", Fixture.webSecret), ("code", code),
            ("redirect_uri", Fixture.callback), ("code_verifier", Self.verifier),
            ("client_info", "1"),
        ]
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
            fields.removeAll { $0.0 == name }
            if let value { fields.append((name, value)) }
        }
        return try post(
            "/\(tenant)/oauth2/\(v1 ? "" : "v2.0/")token",
            FormFields(fields.map { .init($0.0, $0.1) }), headers)
    }

    var tokenTarget: String { "/\(Fixture.tenant)/oauth2/v2.0/token" }
}

extension HTTPResponse {
    /// The value of an account picker's first tile.
    var firstTile: String {
        get throws {
            let tiles = text.components("<button type=\"submit\" name=\"choice\"")
            return try #require(tiles.first).attribute("value")
        }
    }
}

extension JSONObject {
    /// The claims of the token in a member; its signature is checked on the way.
    func claims(_ member: String) throws -> JSONObject {
        let token = try JSONWebToken(parsing: try #require(self[member]?.stringValue))
        #expect(token.isSigned(by: Fixture.signingKey.privateKey.publicKey))
        return token.claims
    }

    func header(_ member: String) throws -> JSONObject {
        try JSONWebToken(parsing: try #require(self[member]?.stringValue)).header
    }
}
