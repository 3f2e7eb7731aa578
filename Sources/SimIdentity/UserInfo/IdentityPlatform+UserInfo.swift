import SimCore
import SimCrypto
import SimDirectory
import SimHTTP

extension IdentityPlatform {
    /// Answers `/oidc/userinfo`. Source: identity-platform.md §4.8.
    func userInfo(_ exchange: Exchange) -> HTTPResponse {
        var headers: HTTPHeaders = [
            "Cache-Control": "no-store, no-cache", "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "Authorization",
            "request-id": exchange.traceID.description,
            "client-request-id": exchange.correlationID.description,
        ]
        guard exchange.request.method != .options else {
            return HTTPResponse(status: 200, headers: headers)
        }
        guard let text = bearer(exchange.request) else {
            return unauthorized(exchange, headers, "Access token is empty.")
        }
        let holder = accepted(text, at: exchange.now)
        if let (claims, tenant) = holder,
            let event = criticalEvent(claims, in: tenant, at: exchange.now)
        {
            return challenged(exchange, headers, event)
        }
        guard let (claims, tenant) = holder,
            let scopes = claims["scp"]?.stringValue?.split(separator: " ").map(String.init),
            scopes.contains(ScopeRequest.OpenIDScope.openid.rawValue),
            let user = claims["oid"]?.stringValue.flatMap({ UserID($0) })
                .flatMap({ tenant.user($0) }),
            let client = (claims["appid"] ?? claims["azp"])?.stringValue.flatMap({ AppID($0) })
        else {
            return unauthorized(exchange, headers, "Access token validation failure.")
        }
        var body: JSONObject = [
            "sub": .string(
                OpaqueClaims.subject(user: user.id, app: client, salt: tenant.profile.pairwiseSalt))
        ]
        if scopes.contains(ScopeRequest.OpenIDScope.profile.rawValue) {
            body.append("name", .string(user.displayName))
            body.appendIfPresent("family_name", user.surname)
            body.appendIfPresent("given_name", user.givenName)
            body.append("picture", "https://graph.microsoft.com/v1.0/me/photo/$value")
        }
        if scopes.contains(ScopeRequest.OpenIDScope.email.rawValue) {
            body.appendIfPresent("email", user.mail)
        }
        headers.set("Content-Type", "application/json; charset=utf-8")
        return HTTPResponse(status: 200, headers: headers, body: body.serialized)
    }

    func bearer(_ request: HTTPRequest) -> String? {
        guard let header = request.headers["Authorization"],
            header.prefix(7).lowercased() == "bearer ", header.utf8.count > 7
        else { return nil }
        return String(header.dropFirst(7))
    }

    /// The claims of a Graph token of ours that holds now.
    func accepted(
        _ text: String, at now: Timestamp
    ) -> (JSONObject, any DirectoryQueries)? {
        // Whatever cannot be read is not a token of ours.
        guard let token = try? JSONWebToken(parsing: text),
            let tenant = token.claims["tid"]?.stringValue.flatMap({ TenantID($0) })
                .flatMap({ tenants.tenant($0) }),
            let key = publishedKeys(of: tenant, at: now).first(where: {
                $0.kid == token.keyID
            }),
            GraphToken.isSigned(token, text: text, by: key.privateKey.publicKey),
            let start = token.claims["nbf"]?.intValue, let end = token.claims["exp"]?.intValue,
            start <= now.seconds, now.seconds < end,
            MicrosoftGraph.isNamed(token.claims["aud"]?.stringValue ?? "")
        else { return nil }
        return (token.claims, tenant)
    }

    /// What happened to the person of a continuous token since it was issued; nil for tokens that
    /// hold to their end.
    func criticalEvent(
        _ claims: JSONObject, in tenant: any DirectoryQueries, at now: Timestamp
    ) -> CriticalEvent? {
        let capabilities = claims["xms_cc"]?.arrayValue?.compactMap(\.stringValue) ?? []
        guard claims["scp"] != nil,
            capabilities.contains(where: {
                $0.lowercased() == ClaimsRequest.challengeCapability
            }), let id = claims["oid"]?.stringValue.flatMap({ UserID($0) })
        else { return nil }
        return CriticalEvent(claims, tenant.user(id), at: now)
    }

    /// The claims challenge of a resource. identity-platform.md §8.4.
    func challenged(
        _ exchange: Exchange, _ headers: HTTPHeaders, _ event: CriticalEvent
    ) -> HTTPResponse {
        let claims = Base64.encode(event.challenge(at: exchange.now).serialized)
        return unauthorized(
            exchange, headers,
            "Continuous access evaluation resulted in challenge with result: "
                + "InteractionRequired and code: \(event.code)",
            challenge: #"Bearer realm="", authorization_uri="\#(origin)/common/oauth2/authorize", "#
                + #"error="insufficient_claims", claims="\#(claims)""#)
    }

    /// Graph's error envelope.
    func unauthorized(
        _ exchange: Exchange, _ headers: HTTPHeaders, _ message: String,
        challenge: String = #"Bearer realm="", error="invalid_token""#
    ) -> HTTPResponse {
        var headers = headers
        headers.append("WWW-Authenticate", challenge)
        let inner: JSONObject = [
            "date": .string(String(exchange.now.iso8601.dropLast())),
            "request-id": .string(exchange.traceID.description),
            "client-request-id": .string(exchange.correlationID.description),
        ]
        return HTTPResponse(
            status: 401,
            json: [
                "error": [
                    "code": "InvalidAuthenticationToken", "message": .string(message),
                    "innerError": .object(inner),
                ]
            ], headers: headers)
    }
}
