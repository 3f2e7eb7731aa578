import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// An authorization code is exchanged for tokens. RFC 6749 §4.1.3; aadsts.md §6.2.
struct CodeGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let redemption: TokenRequest.CodeRedemption
    let code: AuthorizationCode

    /// The checks in the service's order; the code counts as used once the log holds it.
    func decide() throws(AADSTSError) -> IdentityStep {
        guard code.grant.tenant == caller.tenant.tenantID else { throw .grantOfAnotherTenant }
        guard code.grant.client == caller.client.appID else { throw .grantOfAnotherClient }
        try checkRedirectURI()
        try checkVerifier()
        let digest = AuthorizationCode.digest(redemption.code)
        guard !caller.tenant.isRedeemed(digest: digest) else { throw .codeAlreadyRedeemed }
        guard endpoint.exchange.now <= code.expiresAt else { throw .grantExpired }
        let issuance = UserIssuance(
            endpoint: endpoint, caller: caller,
            grant: code.grant.renewed(startingAt: endpoint.exchange.now),
            authorizedClaims: code.claims, decided: code.decided)
        let user = try issuance.user(ofGrantIssuedAt: code.grant.issuedAt)
        let target = try issuance.target(try scopes(), for: user)
        return .commit(
            TenantCommit(
                tenant: caller.tenant.tenantID,
                events: [.redeemed(digest: digest, until: code.expiresAt)],
                then: { outcome in finish(outcome, issuance, target, user) }))
    }

    private func finish(
        _ outcome: TenantCommit.Outcome, _ issuance: UserIssuance, _ target: UserIssuance.Target,
        _ user: User
    ) -> HTTPResponse {
        switch outcome {
        case .alreadyRedeemed: return endpoint.refusal(.codeAlreadyRedeemed)
        case .refused: return endpoint.refusal(.issuanceFailed)
        case .appended:
            let binding = UserTokens.Binding(
                nonce: code.nonce, wantsAuthenticationTime: code.wantsAuthenticationTime)
            return endpoint.success(readableByBrowser: code.grant.platform == .spa) {
                () throws(AADSTSError) in
                try issuance.answer(
                    target, for: user, binding: binding,
                    refreshes: endpoint.version == .v1 || requestsRefreshToken(target.request))
            }
        }
    }

    /// Offline access counts when either the authorization or the redemption asked for it.
    private func requestsRefreshToken(_ request: ScopeRequest) -> Bool {
        request.openID.contains(.offlineAccess)
            || code.grant.scope.split(separator: " ").contains("offline_access")
    }

    private func checkRedirectURI() throws(AADSTSError) {
        guard let sent = redemption.redirectURI, sent != code.redirectURI else { return }
        guard caller.client.registration.redirectURI(matching: sent) != nil else {
            throw .redirectURINotRegistered(sent, client: caller.client.appID.description)
        }
        // The authorization may have left the choice of a registered address to the service.
        guard let authorized = code.redirectURI else { return }
        throw .replyAddressMismatch(sent, authorized: authorized)
    }

    private func checkVerifier() throws(AADSTSError) {
        switch (code.challenge, redemption.verifier) {
        case (nil, nil): break
        case (nil, _?): throw .verifierMismatch
        case (_?, nil):
            throw code.grant.platform == .spa ? .proofKeyRequired : .verifierMissing
        case (let challenge?, let verifier?):
            guard challenge.isMet(by: verifier) else { throw .verifierMismatch }
        }
    }

    /// The scopes of the redemption, or those of the authorization when it names none.
    private func scopes() throws(AADSTSError) -> ScopeRequest {
        guard let asked = redemption.scope else {
            let authorized = try code.grant.scopeRequest()
            guard authorized.resources.count <= 1 else { throw .codeWithoutScope }
            return authorized
        }
        var request = try asked.parsed()
        guard request.resources.count <= 1 else { throw .severalResources(request.text) }
        // A redemption may leave out what the authorization already holds.
        let authorized = try code.grant.scopeRequest()
        request.addOpenID(authorized.openID)
        if request.resourceScopes.isEmpty, authorized.resources.count == 1 {
            request.addResourceScopes(authorized.resourceScopes)
        }
        return request
    }
}
