import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// A token made without a flow, for testing an API that only validates tokens.
///
/// What a flow would refuse for want of a person at the keyboard (assignment, consent, second
/// factor) is not asked; what cannot be named in a token (unknown resource, malformed scope) is
/// refused with the flow's own error.
package struct MintRequest: Sendable {
    package let client: AppID
    /// nil for an app-only token.
    package let user: UserID?
    /// As a client would ask for them; empty means `{client}/.default`.
    package let scope: String
    /// nil for the token lifetime policy's.
    package let lifetime: Duration?

    package init(client: AppID, user: UserID?, scope: String, lifetime: Duration?) {
        self.client = client
        self.user = user
        self.scope = scope
        self.lifetime = lifetime
    }
}

/// Why nothing was minted, in the token endpoint's words.
package struct MintRefusal: Error, Sendable {
    package let text: String
}

extension IdentityPlatform {
    /// The body of a successful token answer, v2.
    package func mint(
        _ mint: MintRequest, in tenant: any DirectoryQueries, now: Timestamp
    ) throws(MintRefusal) -> JSONObject {
        let exchange = Exchange(
            HTTPRequest(method: .post, target: "/", remoteAddress: "127.0.0.1"), at: now,
            platform: self)
        do throws(AADSTSError) {
            return try minted(mint, in: tenant, exchange)
        } catch {
            let body = exchange.envelope.body(error, at: .tokenV2)
            throw MintRefusal(text: body["error_description"]?.stringValue ?? "refused")
        }
    }

    private func minted(
        _ mint: MintRequest, in tenant: any DirectoryQueries, _ exchange: Exchange
    ) throws(AADSTSError) -> JSONObject {
        let client = try client(mint.client.description, in: tenant)
        let scope = mint.scope.isEmpty ? "\(mint.client)/.default" : mint.scope
        let request = try ScopeRequest(scope)
        let name = request.resources.first ?? nil
        let resource = try resource(name, in: tenant)
        let issuer = TokenIssuer(platform: self, exchange: exchange, tenant: tenant)
        guard let id = mint.user, let user = tenant.user(id) else {
            let lifetime = mint.lifetime ?? TokenLifetime.appOnly
            let token = AppOnlyToken(
                issuer: issuer, client: client, proof: .secret, resource: resource,
                lifetime: lifetime)
            return TokenAnswer(
                version: .v2, now: exchange.now, lifetime: lifetime, resource: resource,
                accessToken: try token.signed()
            ).body
        }
        let lifetime =
            mint.lifetime ?? TokenLifetime.user(random, varies: settings.variesTokenLifetime)
        let asked = request.resourceScopes.filter { !$0.isDefault }.map(\.value)
        let tokens = UserTokens(
            issuer: issuer, client: client, user: user,
            signIn: SignIn(
                user: id, authenticatedAt: exchange.now, methods: ["pwd"],
                sessionID: random.guid(for: .sessionID)),
            openID: request.openID.union([.openid, .profile]))
        let permissions = DelegatedPermissions(
            of: client, on: resource, for: id, asking: request.resourceScopes, in: tenant)
        let scopes = asked.isEmpty ? permissions.granted : asked
        var answer = TokenAnswer(
            version: .v2, now: exchange.now, lifetime: lifetime, resource: resource,
            accessToken: try tokens.access(
                to: resource, scopes: scopes.isEmpty ? nil : scopes.joined(separator: " "),
                proof: .none, lifetime: lifetime))
        answer.scope = scopes.map { resource.scopePrefix + $0 }.joined(separator: " ")
        return answer.body
    }
}
