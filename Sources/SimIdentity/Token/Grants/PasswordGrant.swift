import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// A client sends a person's name and password itself. RFC 6749 §4.3; aadsts.md §6.5.
///
/// Nobody can be asked anything, so whatever a page would ask for is a refusal.
struct PasswordGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let redemption: TokenRequest.PasswordRedemption

    /// Longest password read, in characters.
    private static let passwordLimit = 256

    /// The checks in the service's order; failures are counted in the log.
    func decide() throws(AADSTSError) -> IdentityStep {
        let tenant = caller.tenant
        endpoint.trace.note(userName: redemption.userName)
        // A guest has no password here: the account is the home tenant's.
        guard let user = tenant.user(userPrincipalName: redemption.userName),
            user.userType == .member
        else { throw .unknownUser(redemption.userName, tenant: tenant.profile.displayName) }
        endpoint.trace.note(user, nil)
        guard redemption.password.count <= Self.passwordLimit else { throw .passwordTooLong }
        switch PasswordCheck(user: user, in: tenant, now: endpoint.exchange.now).judge(
            redemption.password)
        {
        case .mustChange: throw .passwordExpired
        case .refused(let error, nil): throw error
        case .refused(let error, let counted?):
            let response = endpoint.refusal(error)
            return storing(counted, of: user) { response }
        case .accepted(nil):
            return .answer(answer(try issuance(for: user), for: user))
        case .accepted(let cleared?):
            // A refusal of what follows still leaves the count at zero.
            let result: Result<(UserIssuance, UserIssuance.Target), AADSTSError>
            do { result = .success(try issuance(for: user)) } catch { result = .failure(error) }
            return storing(cleared, of: user) {
                switch result {
                case .success(let issuance): answer(issuance, for: user)
                case .failure(let error): endpoint.refusal(error)
                }
            }
        }
    }

    private func storing(
        _ credential: UserCredential, of user: User,
        _ response: @escaping @Sendable () -> HTTPResponse
    ) -> IdentityStep {
        .commit(
            TenantCommit(
                tenant: caller.tenant.tenantID,
                events: [.userCredentialChanged(user.id, credential)],
                then: { _ in response() }))
    }

    private func issuance(
        for user: User
    ) throws(AADSTSError) -> (UserIssuance, UserIssuance.Target) {
        let now = endpoint.exchange.now
        let asked = redemption.scope ?? .scope(ScopeRequest.OpenIDScope.openid.rawValue)
        let request = try asked.parsed()
        guard request.resources.count <= 1 else { throw .severalResources(request.text) }
        let issuance = UserIssuance(
            endpoint: endpoint, caller: caller,
            grant: UserGrant(
                tenant: caller.tenant.tenantID, client: caller.client.appID,
                platform: caller.client.platformWithoutRedirect,
                signIn: SignIn(
                    user: user.id, authenticatedAt: user.proofTime(at: now), methods: ["pwd"],
                    sessionID: endpoint.platform.sessionID()),
                scope: request.grantText, issuedAt: now, startedAt: now))
        return (issuance, try issuance.target(request, for: user))
    }

    private func answer(
        _ made: (issuance: UserIssuance, target: UserIssuance.Target), for user: User
    ) -> HTTPResponse {
        endpoint.success(readableByBrowser: false) { () throws(AADSTSError) in
            try made.issuance.answer(
                made.target, for: user, binding: UserTokens.Binding(),
                refreshes: endpoint.version == .v1
                    || made.target.request.openID.contains(.offlineAccess))
        }
    }
}
