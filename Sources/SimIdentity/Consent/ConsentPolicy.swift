import SimDirectory

/// Who may consent to what, by role and by the organization's policy. identity-platform.md §7.
struct ConsentPolicy: Sendable {
    /// What a person can do about permissions that nobody has granted.
    enum Answer: Hashable, Sendable {
        /// Grant them for themselves, and as an administrator for everybody.
        case mayConsent(forEverybody: Bool)
        /// Wait for an administrator (90094), or ask one by the workflow (90095).
        case needsAdministrator(mayRequest: Bool)
    }

    let tenant: any DirectoryQueries

    func isAdministrator(_ user: UserID) -> Bool {
        !tenant.directoryRoles(of: user).filter(DirectoryRole.consenting.contains).isEmpty
    }

    /// Whether a person may give this consent for the organization.
    func mayGive(_ consent: AdminConsent, _ user: UserID) -> Bool {
        let roles = tenant.directoryRoles(of: user)
        let needed =
            consent.needsPrivilegedAdministrator
            ? DirectoryRole.privileged
            : .init(
                DirectoryRole.consenting)
        return roles.contains(where: needed.contains)
    }

    /// What a person can do about delegated permissions.
    ///
    /// - Parameter isOwn: the application is registered in this tenant.
    func answer(
        _ user: UserID, to scopes: [AppRegistration.PermissionScope], isOwn: Bool
    ) -> Answer {
        if isAdministrator(user) { return .mayConsent(forEverybody: true) }
        let isOpen: Bool
        switch tenant.policies.userConsent {
        case .allowed: isOpen = true
        case .lowRisk:
            isOpen =
                isOwn && scopes.allSatisfy { TenantPolicies.lowRiskScopes.contains($0.value) }
        case .off: isOpen = scopes.isEmpty
        }
        guard isOpen, scopes.allSatisfy({ $0.consent == .user }) else {
            return .needsAdministrator(mayRequest: tenant.policies.adminConsentRequests)
        }
        return .mayConsent(forEverybody: false)
    }
}
