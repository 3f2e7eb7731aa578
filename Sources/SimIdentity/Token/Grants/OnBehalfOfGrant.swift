import SimCore
import SimDirectory
import SimErrors

/// An API calls another one for the person who called it. identity-platform.md §3.7.
struct OnBehalfOfGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let redemption: TokenRequest.AssertionRedemption
    let assertion: UserAssertion

    /// The checks in the service's order: aadsts.md §5.1, rows 11 to 17.
    func decide() throws(AADSTSError) -> IdentityStep {
        let now = endpoint.exchange.now
        let signIn = try assertion.signIn(
            for: caller.client, in: caller.tenant, endpoint.platform, now: now)
        func issuance(_ scope: String) -> UserIssuance {
            UserIssuance(
                endpoint: endpoint, caller: caller,
                grant: UserGrant(
                    tenant: caller.tenant.tenantID, client: caller.client.appID,
                    platform: .web, signIn: signIn, scope: scope, issuedAt: now,
                    startedAt: now))
        }
        let user = try issuance("").user()
        let request = try redemption.scope.parsed()
        let issuance = issuance(request.grantText)
        guard request.resources.count <= 1 else { throw .severalResources(request.text) }
        let target = try issuance.target(request, for: user)
        return .answer(
            endpoint.success(readableByBrowser: false) { () throws(AADSTSError) in
                try issuance.answer(
                    target, for: user, binding: UserTokens.Binding(),
                    refreshes: endpoint.version == .v1
                        || request.openID.contains(.offlineAccess))
            })
    }
}
