import SimCore
import SimHTTP

/// The app's token endpoint. RFC 6749 §3.2, §5.
struct TokenEndpoint {
    let configuration: SampleAppConfiguration
    let oauth: OAuthConfiguration
    let issuers: IssuerDocuments
    let now: Timestamp

    /// A client that has proven itself, or is still to prove that it knows its secret.
    struct Asking {
        enum Client {
            case secret(clientID: String, String)
            case trusted(OAuthConfiguration.Trust)
        }

        let client: Client
        let scopes: [String]?
        let isExchange: Bool
    }

    /// Everything that can be decided without the app's data.
    func read(_ request: HTTPRequest) throws(TokenRefusal) -> Asking {
        let request = try TokenRequest(request)
        switch request.proof {
        case .secret(let client, let secret):
            return Asking(
                client: .secret(clientID: client, secret), scopes: request.scopes,
                isExchange: false)
        case .assertion(let text, let client):
            let trust = try trust(text) { .invalidClient($0) }
            guard client == nil || client == trust.clientID else {
                throw .invalidClient("the assertion stands for another client")
            }
            return Asking(client: .trusted(trust), scopes: request.scopes, isExchange: false)
        case .subjectToken(let text):
            let trust = try trust(text) { .invalidRequest($0) }
            return Asking(client: .trusted(trust), scopes: request.scopes, isExchange: true)
        }
    }

    private func trust(
        _ text: String, _ refusal: (String) -> TokenRefusal
    ) throws(TokenRefusal) -> OAuthConfiguration.Trust {
        do throws(FederatedAssertion.Refusal) {
            return try FederatedAssertion(trusts: oauth.trusts, issuers: issuers, now: now)
                .trust(text)
        } catch {
            throw refusal(error.reason)
        }
    }

    /// A token and the answer that tells its value, this once.
    struct Grant {
        let token: IssuedToken
        let response: HTTPResponse
    }

    func grant(
        _ asking: Asking, keys: KeyRing, random: any RandomSource
    ) throws(TokenRefusal) -> Grant {
        let client: String
        let allowed: [String]
        switch asking.client {
        case .trusted(let trust): (client, allowed) = (trust.clientID, trust.scopes)
        case .secret(let id, let secret):
            guard let key = keys.client(id, secret: secret) else {
                throw .invalidClient("the client is unknown or its secret is wrong")
            }
            (client, allowed) = (id, key.scopes)
        }
        for scope in asking.scopes ?? [] where !allowed.contains(scope) {
            throw .invalidScope(scope)
        }
        let scopes = asking.scopes ?? allowed
        let value = Base64.urlEncode(random.bytes(32, for: RandomPurpose("sample-app-token")))
        let token = IssuedToken(
            digest: APIKey.digest(of: value), clientID: client, scopes: scopes, issuedAt: now,
            expiresAt: now + oauth.lifetime)
        return Grant(
            token: token, response: answer(value, scopes, isExchange: asking.isExchange))
    }

    private func answer(_ value: String, _ scopes: [String], isExchange: Bool) -> HTTPResponse {
        var body: JSONObject = ["access_token": .string(value)]
        if isExchange {
            body.append("issued_token_type", .string(TokenRequest.accessTokenType))
        }
        body.append("token_type", "Bearer")
        body.append("expires_in", .int(oauth.lifetime.components.seconds))
        body.append("scope", .string(scopes.joined(separator: " ")))
        return HTTPResponse(
            json: .object(body), headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])
    }

    func refused(_ refusal: TokenRefusal) -> HTTPResponse {
        refusal.response(realm: configuration.name)
    }

    /// The answer to every method but POST. RFC 6749 §3.2.
    func methodRefused() -> HTTPResponse {
        var response = refused(.invalidRequest("use POST"))
        response.status = 405
        response.headers.append("Allow", "POST")
        return response
    }
}
