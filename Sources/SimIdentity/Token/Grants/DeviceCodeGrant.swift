import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// A device asks for the tokens its person granted on another screen. RFC 8628 §3.4.
struct DeviceCodeGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    /// The device code as sent: what the log remembers of a used one is its digest.
    let text: String
    let code: DeviceCode
    /// What the tenant's log knows of the code; nil when it has forgotten it.
    let authorization: DeviceAuthorization?

    /// The checks in the service's order: aadsts.md §5.1, row 11.
    func decide() throws(AADSTSError) -> IdentityStep {
        guard code.client == caller.client.appID else { throw .grantOfAnotherClient }
        guard endpoint.exchange.now < code.expiresAt else { throw .deviceCodeExpired }
        guard let authorization else { throw .unknownVerificationCode }
        if let tenant = authorization.tenant, tenant != caller.tenant.tenantID {
            throw .grantOfAnotherTenant
        }
        switch authorization.answer {
        case nil:
            // A device asks every few seconds: that is no attempt of anybody's.
            endpoint.trace.drop()
            throw .authorizationPending(isV1: endpoint.version == .v1)
        case .declined: throw .deviceDeclined
        case .approved(let approval): return try redeem(approval, authorization.scope)
        }
    }

    private func redeem(
        _ approval: DeviceAuthorization.Approval, _ scope: String
    ) throws(AADSTSError) -> IdentityStep {
        guard approval.tenant == caller.tenant.tenantID else { throw .grantOfAnotherTenant }
        let digest = AuthorizationCode.digest(text)
        guard !caller.tenant.isRedeemed(digest: digest) else { throw .codeAlreadyRedeemed }
        let now = endpoint.exchange.now
        let issuance = UserIssuance(
            endpoint: endpoint, caller: caller,
            grant: UserGrant(
                tenant: approval.tenant, client: caller.client.appID,
                platform: caller.client.platformWithoutRedirect,
                signIn: SignIn(
                    user: approval.user, authenticatedAt: approval.authenticatedAt,
                    methods: approval.methods, sessionID: approval.sessionID,
                    secondFactorAt: approval.methods.contains("mfa")
                        ? approval.authenticatedAt : nil),
                scope: scope, issuedAt: now, startedAt: now))
        let user = try issuance.user(ofGrantIssuedAt: approval.authenticatedAt)
        let target = try issuance.target(try ScopeRequest(scope), for: user)
        return .commit(
            TenantCommit(
                tenant: approval.tenant,
                events: [.redeemed(digest: digest, until: code.expiresAt)],
                then: { outcome in finish(outcome, issuance, target, user) }))
    }

    private func finish(
        _ outcome: TenantCommit.Outcome, _ issuance: UserIssuance, _ target: UserIssuance.Target,
        _ user: User
    ) -> HTTPResponse {
        switch outcome {
        case .alreadyRedeemed: endpoint.refusal(.codeAlreadyRedeemed)
        case .refused: endpoint.refusal(.issuanceFailed)
        case .appended:
            endpoint.success(readableByBrowser: false) { () throws(AADSTSError) in
                try issuance.answer(
                    target, for: user, binding: UserTokens.Binding(),
                    refreshes: endpoint.version == .v1
                        || target.request.openID.contains(.offlineAccess))
            }
        }
    }
}
