import SimCore
import SimDirectory
import SimErrors

/// The shared end of the grants that speak for a person: rows 12 to 17 of aadsts.md §5.1.
struct UserIssuance: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let grant: UserGrant
    /// What the authorization asked for; the token request's own `claims` win.
    var authorizedClaims = ClaimsRequest.none
    /// What policies were asked about when the person signed in: it is not asked again.
    var decided: AccessScope?
    /// False for tokens that nobody signs in for.
    var obeysPolicies = true

    /// The person behind the grant, if what they once proved still counts and they may still sign
    /// in. aadsts.md §5.1, the end of row 11 and row 12.
    ///
    /// - Parameter issuedAt: when the artifact was issued that stands for the sign-in; nil where
    ///   the person has just proven themselves, or where no revocation counts.
    func user(ofGrantIssuedAt issuedAt: Timestamp? = nil) throws(AADSTSError) -> User {
        let tenant = caller.tenant
        let known = tenant.user(grant.signIn.user)
        if let issuedAt, let since = known?.grantsCount(grant, at: endpoint.exchange.now),
            since > grant.signIn.authenticatedAt
        {
            throw .grantRevoked(issuedAt: issuedAt, validFrom: since)
        }
        guard let user = known, user.deletedAt == nil else {
            throw .userGone(
                grant.signIn.user.description, tenant: tenant.profile.displayName)
        }
        endpoint.trace.note(user, grant.signIn)
        guard user.accountEnabled else {
            throw user.userType == .guest ? .guestDisabled : .userDisabled
        }
        guard !user.awaitsRedemption else { throw .invitationPending }
        let guest = GuestStanding(user, in: tenant, endpoint.platform.tenants)
        if let refusal = guest?.riskRefusal { throw refusal }
        return user
    }

    /// What the tokens will be for.
    struct Target: Sendable {
        let resource: Resource
        let request: ScopeRequest
        let permissions: DelegatedPermissions
    }

    /// Scopes, resource, assignment, consent and second factor, in this order.
    func target(_ request: ScopeRequest, for user: User) throws(AADSTSError) -> Target {
        let name = request.resources.first ?? nil
        let resource = try endpoint.platform.resource(name, in: caller.tenant)
        endpoint.trace.note(resource)
        try resource.checkName(by: caller.client)
        try resource.checkProfile(of: caller.client, in: caller.tenant)
        let permissions = DelegatedPermissions(
            of: caller.client, on: resource, for: user.id,
            asking: request.resourceScopes.filter { $0.resource == name }, in: caller.tenant)
        guard permissions.unknown.isEmpty else { throw .invalidScope(request.text) }
        if caller.client.principal.requiresAssignment,
            !Assignments(tenant: caller.tenant).isAssigned(
                user.id, to: caller.client.principal.id)
        {
            throw .userNotAssigned(user.userPrincipalName, app: caller.client.named)
        }
        guard permissions.missing.isEmpty else { throw .consentMissing(caller.client.named) }
        if obeysPolicies { try obeyPolicies(request, resource, user) }
        return Target(resource: resource, request: request, permissions: permissions)
    }

    /// The tokens and the answer that carries them.
    ///
    /// - Parameter refreshes: a newer refresh token belongs to the answer.
    func answer(
        _ target: Target, for user: User, binding: UserTokens.Binding, refreshes: Bool
    ) throws(AADSTSError) -> JSONObject {
        let platform = endpoint.platform
        let now = endpoint.exchange.now
        let requested = caller.claims == .none ? authorizedClaims : caller.claims
        let tokens = UserTokens(
            issuer: TokenIssuer(
                platform: platform, exchange: endpoint.exchange, tenant: caller.tenant),
            client: caller.client, user: user, signIn: grant.signIn,
            openID: target.request.openID,
            requested: requested)
        let lifetime = TokenLifetime.user(
            platform.random, platform.settings, target.resource,
            isContinuous: target.resource.isContinuous(for: requested))
        var answer = TokenAnswer(
            version: endpoint.version, now: now, lifetime: lifetime, resource: target.resource,
            accessToken: try tokens.access(
                to: target.resource,
                scopes: target.permissions.claim(target.request, resource: target.resource),
                proof: caller.proof, lifetime: lifetime))
        answer.scope = target.permissions.echo(
            target.request, resource: target.resource, version: endpoint.version)
        if refreshes {
            let newer = grant.renewed(at: now)
            answer.refreshToken = try RefreshToken(grant: newer).text(platform)
            if grant.platform == .spa {
                let end = grant.startedAt + TokenLifetime.singlePageRefresh
                answer.refreshTokenExpiresIn = (end - now).wholeSeconds - 1
            }
        }
        if target.request.openID.contains(.openid) {
            answer.idToken = try tokens.identity(endpoint.version, binding)
        }
        if caller.wantsClientInfo { answer.clientInfo = tokens.clientInfo }
        return answer.body
    }
}
