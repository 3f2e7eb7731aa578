import SimCore
import SimDirectory
import SimErrors

/// A refresh token is exchanged for newer tokens. RFC 6749 §6; aadsts.md §6.3.
struct RefreshGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let redemption: TokenRequest.RefreshRedemption
    let token: RefreshToken

    private var grant: UserGrant { token.grant }

    /// The checks in the service's order. The token may name another resource than before.
    func decide() throws(AADSTSError) -> IdentityStep {
        guard grant.tenant == caller.tenant.profile.id else { throw .refreshTokenOfAnotherTenant }
        guard grant.client == caller.client.appID else { throw .grantOfAnotherClient }
        try checkAge()
        let issuance = UserIssuance(endpoint: endpoint, caller: caller, grant: grant)
        let user = try issuance.user(ofGrantIssuedAt: grant.issuedAt)
        let target = try issuance.target(try scopes(), for: user)
        return .answer(
            endpoint.success(readableByBrowser: grant.platform == .spa) {
                () throws(AADSTSError) in
                try issuance.answer(
                    target, for: user, binding: UserTokens.Binding(), refreshes: true)
            })
    }

    private func checkAge() throws(AADSTSError) {
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
    private func scopes() throws(AADSTSError) -> ScopeRequest {
        guard let asked = redemption.scope else {
            return try grant.scopeRequest()
        }
        return try asked.parsed()
    }
}
