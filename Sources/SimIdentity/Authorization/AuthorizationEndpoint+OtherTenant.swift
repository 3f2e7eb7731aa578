import SimDirectory
import SimErrors
import SimHTTP

/// People whose home is another tenant and who are no guests here. aadsts.md §8.
extension AuthorizationEndpoint {
    /// An account of another tenant, as its name tells; nil when nobody has that name there.
    func stranger(
        _ userName: String, to tenant: any DirectoryQueries
    ) -> (user: User, home: any DirectoryQueries)? {
        guard let home = platform.tenants.home(ofUserName: userName),
            home.tenantID != tenant.tenantID,
            let user = home.user(userPrincipalName: userName)
        else { return nil }
        return (user, home)
    }

    /// The password is the home tenant's matter; only who proves it learns of 50020.
    func strangerSignsIn(
        _ received: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ home: any DirectoryQueries, password: String?
    ) throws(AuthorizationRefusal) -> IdentityStep {
        var flow = received
        flow.userName = user.userPrincipalName
        guard let password else { return .answer(passwordPage(flow, request, error: nil)) }
        switch PasswordCheck(user: user, in: home, now: exchange.now).judge(password) {
        case .refused(let error, let stored):
            return storing(stored, user, home, passwordPage(flow, request, error: error))
        case .mustChange, .accepted:
            throw .page(
                .accountOfAnotherTenant(
                    account(user, home), tenant: request.tenant.profile.displayName,
                    app: request.client.named))
        }
    }

    /// A session of another tenant where nobody may be asked.
    func foreignSession(
        _ user: User, of tenant: TenantID, _ request: AuthorizationRequest
    ) -> AADSTSError? {
        guard tenant != request.tenant.tenantID, let home = platform.tenants.tenant(tenant)
        else { return nil }
        return .sessionOfAnotherTenant(
            account(user, home), tenant: request.tenant.profile.displayName,
            app: request.client.named)
    }

    private func account(
        _ user: User, _ home: any DirectoryQueries
    ) -> AADSTSError.ForeignAccount {
        AADSTSError.ForeignAccount(
            user: user.userPrincipalName,
            identityProvider: platform.identityProvider(of: home.tenantID))
    }
}
