import SimCore
import SimCrypto
import SimFaults
import SimHTTP

/// An app that signs people in with the login endpoint as an OIDC library does: it learns the
/// endpoints and keys from the published documents, keeps them, and has a clock of its own.
struct RelyingParty: Sendable {
    /// What the app knows of the login endpoint.
    private struct Metadata: Sendable {
        let issuer: String
        let tokenTarget: String
        let keysTarget: String
        var keys: [String: RSAPublicKey]
        var readAt: Timestamp
    }

    /// How long documents are believed without asking again.
    static let metadataLifetime: Duration = .days(1)
    private static let verifier = "drill-verifier-of-at-least-forty-three-characters-01"
    private static let nonce = "drill-nonce"
    private static let scope = "openid profile email offline_access"

    let clientID: String
    let redirectURI: String
    let tenantID: String
    /// nil for a public client.
    var secret: String?
    private var metadata: Metadata?
    /// By user name.
    private var refreshTokens: [String: String] = [:]
    /// What is worth telling of the last attempt.
    private(set) var notes: [String] = []

    init(clientID: String, redirectURI: String, tenantID: String, secret: String?) {
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.tenantID = tenantID
        self.secret = secret
    }

    mutating func begin() { notes = [] }

    /// Where the app sends the browser.
    func authorizeTarget(user: String?, isSilent: Bool, scope: String?) -> String {
        var fields = FormFields([
            "client_id": clientID, "response_type": "code", "redirect_uri": redirectURI,
            "scope": scope ?? Self.scope, "response_mode": "query", "state": "drill",
            "nonce": Self.nonce, "code_challenge_method": "S256",
            "code_challenge": Base64.urlEncode(SHA256.digest(Array(Self.verifier.utf8))),
        ])
        if let user { fields.append("login_hint", user) }
        if isSilent { fields.append("prompt", "none") }
        return "/\(tenantID)/oauth2/v2.0/authorize?\(fields.encoded())"
    }

    /// Redeems the code that came back with the browser.
    mutating func redeem(
        _ code: String, of user: String, _ order: DrillSignIn, by channel: inout InProcessBrowser,
        now: Timestamp
    ) -> DrillSignInOutcome {
        tokens(
            FormFields([
                "grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI,
                "code_verifier": Self.verifier,
            ]), of: user, nonce: Self.nonce, order, &channel, now)
    }

    /// Redeems the refresh token of a user.
    mutating func renew(
        _ user: String, _ order: DrillSignIn, by channel: inout InProcessBrowser, now: Timestamp
    ) -> DrillSignInOutcome {
        guard let token = refreshTokens[user] else {
            return DrillSignInOutcome(.unavailable, "the app has no refresh token of \(user)")
        }
        return tokens(
            FormFields([
                "grant_type": "refresh_token", "refresh_token": token,
                "scope": order.scope ?? Self.scope,
            ]), of: user, nonce: nil, order, &channel, now)
    }

    /// Signs the app in as itself.
    mutating func signIn(
        _ order: DrillSignIn, by channel: inout InProcessBrowser, now: Timestamp
    ) -> DrillSignInOutcome {
        tokens(
            FormFields([
                "grant_type": "client_credentials",
                "scope": order.scope ?? "https://graph.microsoft.com/.default",
            ]), of: "the app", nonce: nil, order, &channel, now)
    }

    private mutating func tokens(
        _ grant: FormFields, of user: String, nonce: String?, _ order: DrillSignIn,
        _ channel: inout InProcessBrowser, _ now: Timestamp
    ) -> DrillSignInOutcome {
        let clock = now + order.clockOffset
        if let failure = learn(&channel, clock) { return failure }
        guard let metadata else { return DrillSignInOutcome(.unavailable, "no metadata") }
        var form = grant
        form.append("client_id", clientID)
        if let secret { form.append("client_secret", secret) }
        let answer: JSONObject
        switch Self.object(channel.post(metadata.tokenTarget, form)) {
        case .failure(let outcome): return outcome.outcome
        case .success(let object): answer = object
        }
        if let token = answer["refresh_token"]?.stringValue { refreshTokens[user] = token }
        guard let text = answer["id_token"]?.stringValue else {
            let seconds = answer["expires_in"]?.intValue ?? 0
            return DrillSignInOutcome(.signedIn, "\(user), a token for \(seconds) s")
        }
        let check = IDTokenCheck(
            issuer: metadata.issuer, audience: clientID, nonce: nonce, now: clock)
        do throws(JSONWebTokenError) {
            let token = try JSONWebToken(parsing: text)
            let key = key(token.keyID ?? "", order.keyCache, &channel, clock)
            if let refusal = check.refusal(of: token, key: key) {
                return DrillSignInOutcome(.rejected, refusal)
            }
            let name = token.claims["preferred_username"]?.stringValue ?? user
            return DrillSignInOutcome(.signedIn, name)
        } catch {
            return DrillSignInOutcome(.rejected, "the ID token is not a token")
        }
    }

    // MARK: Published documents

    /// Reads discovery and keys unless they are known well enough.
    private mutating func learn(
        _ channel: inout InProcessBrowser, _ clock: Timestamp
    ) -> DrillSignInOutcome? {
        if let metadata, clock < metadata.readAt + Self.metadataLifetime { return nil }
        let document: JSONObject
        switch Self.object(channel.get("/\(tenantID)/v2.0/.well-known/openid-configuration")) {
        case .failure(let outcome): return outcome.outcome
        case .success(let object): document = object
        }
        guard let issuer = document["issuer"]?.stringValue,
            let token = document["token_endpoint"]?.stringValue.flatMap({ Origin.parse($0) }),
            let keys = document["jwks_uri"]?.stringValue.flatMap({ Origin.parse($0) })
        else { return DrillSignInOutcome(.unavailable, "the discovery document lacks endpoints") }
        let known: [String: RSAPublicKey]
        switch Self.keys(channel.get(keys.target)) {
        case .failure(let outcome): return outcome.outcome
        case .success(let read): known = read
        }
        metadata = Metadata(
            issuer: issuer, tokenTarget: token.target, keysTarget: keys.target, keys: known,
            readAt: clock)
        return nil
    }

    private mutating func key(
        _ id: String, _ cache: DrillSignIn.KeyCache, _ channel: inout InProcessBrowser,
        _ clock: Timestamp
    ) -> RSAPublicKey? {
        if let key = metadata?.keys[id] { return key }
        switch cache {
        case .cached: return nil
        case .refresh:
            guard let target = metadata?.keysTarget,
                case .success(let keys) = Self.keys(channel.get(target))
            else { return nil }
            metadata?.keys = keys
            metadata?.readAt = clock
            notes.append("the app met an unknown key and read the key document again")
            return keys[id]
        }
    }

    private struct Unusable: Error {
        let outcome: DrillSignInOutcome
    }

    private static func keys(
        _ outcome: DeliveredAnswer.Outcome
    ) -> Result<[String: RSAPublicKey], Unusable> {
        object(outcome).map { document in
            var keys: [String: RSAPublicKey] = [:]
            for key in document["keys"]?.arrayValue ?? [] {
                guard let id = key["kid"]?.stringValue,
                    let modulus = key["n"]?.stringValue.flatMap({ Base64.urlDecode($0) }),
                    let exponent = key["e"]?.stringValue.flatMap({ Base64.urlDecode($0) })
                else { continue }
                // A key that cannot be read is a key the app does not have.
                keys[id] = try? RSAPublicKey(modulus: modulus, exponent: exponent)
            }
            return keys
        }
    }

    /// The JSON of a success, or what the app makes of anything else.
    private static func object(
        _ outcome: DeliveredAnswer.Outcome
    ) -> Result<JSONObject, Unusable> {
        switch outcome {
        case .failed(let reason):
            return .failure(Unusable(outcome: DrillSignInOutcome(.unavailable, reason)))
        case .answered(let response):
            if let refusal = SignInRefusal(response) {
                return .failure(Unusable(outcome: refusal.outcome))
            }
            // Anything that is no JSON object is told with its status.
            guard response.status == 200,
                let object = (try? JSONValue(parsing: response.body))?.objectValue
            else {
                return .failure(
                    Unusable(
                        outcome: DrillSignInOutcome(
                            .unavailable, "status \(response.status), no usable answer")))
            }
            return .success(object)
        }
    }
}
