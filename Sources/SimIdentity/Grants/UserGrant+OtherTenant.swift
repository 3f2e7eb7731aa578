import SimDirectory

/// Refresh tokens belong to a person and a client, not to a tenant. identity-platform.md §3.4.
extension UserGrant {
    /// The grant as another tenant sees it: the same person by the account there, which is a
    /// guest's or the one at home.
    ///
    /// - Returns: nil where the person has no account. Demands that policies of this tenant were
    ///   met do not count in the other.
    func reissued(
        in there: any DirectoryQueries, _ tenants: any TenantLookup
    ) -> UserGrant? {
        guard there.tenantID != tenant else { return self }
        guard let person = tenants.tenant(tenant)?.user(signIn.user), person.deletedAt == nil,
            let name = person.userType == .guest ? person.mail : person.userPrincipalName,
            let account = there.account(named: name)
        else { return nil }
        return UserGrant(
            tenant: there.tenantID, client: client, platform: platform,
            signIn: SignIn(
                user: account.id, authenticatedAt: signIn.authenticatedAt,
                methods: signIn.methods, sessionID: signIn.sessionID,
                secondFactorAt: signIn.secondFactorAt, situation: signIn.situation),
            scope: scope, issuedAt: issuedAt, startedAt: startedAt)
    }
}

extension DirectoryQueries {
    /// By user principal name, or for a guest by mail address.
    func account(named name: String) -> User? {
        if let user = user(userPrincipalName: name) { return user }
        guard userCount <= mailLookupLimit else { return nil }
        let wanted = name.lowercased()
        return users.first { $0.userType == .guest && $0.mail?.lowercased() == wanted }
    }
}

/// Tenants up to this size are searched for a guest's mail address.
private let mailLookupLimit = 5_000
