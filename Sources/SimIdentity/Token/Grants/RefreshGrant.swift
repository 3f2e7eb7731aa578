import SimCore
import SimDirectory
import SimErrors

/// A refresh token is exchanged for newer tokens. RFC 6749 §6; aadsts.md §6.3.
struct RefreshGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let redemption: TokenRequest.RefreshRedemption
    let token: RefreshToken

    /// The checks in the service's order. The token may name another resource than before, and be
    /// used in another tenant that knows the person.
    func decide() throws(AADSTSError) -> IdentityStep {
        let tenants = endpoint.platform.tenants
        guard let grant = token.grant.reissued(in: caller.tenant, tenants) else {
            throw .refreshTokenOfAnotherTenant
        }
        guard grant.client == caller.client.appID else { throw .grantOfAnotherClient }
        try checkAge(grant)
        let issuer = tenants.tenant(token.grant.tenant)?.user(token.grant.signIn.user)
        if let since = issuer?.grantsCount(grant, at: endpoint.exchange.now),
            since > grant.signIn.authenticatedAt
        {
            throw .grantRevoked(issuedAt: grant.issuedAt, validFrom: since)
        }
        let issuance = UserIssuance(endpoint: endpoint, caller: caller, grant: grant)
        let user = try issuance.user(ofGrantIssuedAt: grant.issuedAt)
        let target = try issuance.target(try scopes(grant), for: user)
        return .answer(
            endpoint.success(readableByBrowser: grant.platform == .spa) {
                () throws(AADSTSError) in
                try issuance.answer(
                    target, for: user, binding: UserTokens.Binding(), refreshes: true)
            })
    }

    private func checkAge(_ grant: UserGrant) throws(AADSTSError) {
        let now = endpoint.exchange.now
        switch grant.platform {
        case .spa:
            guard now < grant.startedAt + TokenLifetime.singlePageRefresh else {
                throw .singlePageTokenExpired(issuedAt: grant.startedAt)
            }
        case .web, .publicClient:
            guard now < grant.issuedAt + TokenLifetime.refreshInactivity else {
                throw .refreshTokenInactive(issuedAt: grant.issuedAt)
            }
        }
    }

    /// Of several resources the first wins; without scopes those of the sign-in.
    private func scopes(_ grant: UserGrant) throws(AADSTSError) -> ScopeRequest {
        guard let asked = redemption.scope else {
            return try grant.scopeRequest()
        }
        return try asked.parsed()
    }
}
