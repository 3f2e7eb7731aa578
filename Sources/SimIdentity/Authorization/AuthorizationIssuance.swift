import SimCore
import SimDirectory
import SimErrors

/// The parameters of a successful authorization answer. identity-platform.md §2.2.
struct AuthorizationIssuance: Sendable {
    let platform: IdentityPlatform
    let exchange: Exchange
    let request: AuthorizationRequest
    let user: User
    let signIn: SignIn
    let state: String?
    /// What policies said yes to.
    let decided: AccessScope

    func fields() throws(AADSTSError) -> FormFields {
        var fields = FormFields()
        var binding = UserTokens.Binding(
            nonce: request.nonce, wantsAuthenticationTime: request.maxAge != nil)
        let tokens = UserTokens(
            issuer: TokenIssuer(
                platform: platform, exchange: exchange, tenant: request.tenant),
            client: request.client, user: user, signIn: signIn, openID: request.scopes.openID,
            requested: request.claims, delivery: .authorizationEndpoint)
        if request.responseTypes.contains(.code) {
            let code = try code().text(platform)
            fields.append("code", code)
            binding.codeHash = code
        }
        if request.responseTypes.contains(.token) {
            binding.accessTokenHash = try appendAccessToken(tokens, to: &fields)
        }
        if request.responseTypes.contains(.idToken) {
            fields.append("id_token", try tokens.identity(request.version, binding))
        }
        if request.wantsClientInfo { fields.append("client_info", tokens.clientInfo) }
        if let state { fields.append("state", state) }
        fields.append("session_state", signIn.sessionID.description)
        return fields
    }

    private func code() -> AuthorizationCode {
        AuthorizationCode(
            grant: UserGrant(
                tenant: request.tenant.tenantID, client: request.client.appID,
                platform: request.platform, signIn: carried, scope: request.scopes.grantText,
                issuedAt: exchange.now, startedAt: exchange.now),
            redirectURI: request.sentRedirectURI, nonce: request.nonce,
            challenge: request.challenge, wantsAuthenticationTime: request.maxAge != nil,
            claims: request.claims, decided: decided)
    }

    /// The platform is seen here and not any more where the tokens are renewed.
    private var carried: SignIn {
        var signIn = signIn
        if signIn.situation.platform == nil, user.situation.platform == nil {
            signIn.situation.platform = exchange.connection.platform
        }
        return signIn
    }

    /// The first resource's token; an implicit answer carries no other. RFC 6749 §4.2.2.
    private func appendAccessToken(
        _ tokens: UserTokens, to fields: inout FormFields
    ) throws(AADSTSError) -> String? {
        guard let resource = request.resources.first else { return nil }
        let permissions = DelegatedPermissions(
            of: request.client, on: resource, for: user.id,
            asking: request.scopes.resourceScopes, in: request.tenant)
        let lifetime = TokenLifetime.user(
            platform.random, platform.settings, resource,
            isContinuous: resource.isContinuous(for: request.claims))
        let token = try tokens.access(
            to: resource, scopes: permissions.claim(request.scopes, resource: resource),
            proof: .none, lifetime: lifetime)
        fields.append("access_token", token)
        fields.append("token_type", "Bearer")
        fields.append("expires_in", String(lifetime.wholeSeconds - 1))
        fields.append(
            "scope",
            permissions.echo(request.scopes, resource: resource, version: request.version))
        return token
    }
}
