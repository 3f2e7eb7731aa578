import SimCore
import SimDirectory
import SimErrors

/// What a guest's home tenant and the tenant visited say of the visit. aadsts.md §8.
struct GuestStanding: Sendable {
    private let user: User
    private let tenant: any DirectoryQueries
    /// Where the guest's address is at home; nil for an organization that is not simulated.
    private let home: (any DirectoryQueries)?

    /// nil for somebody who is no guest.
    init?(_ user: User, in tenant: any DirectoryQueries, _ tenants: any TenantLookup) {
        guard user.userType == .guest else { return nil }
        self.user = user
        self.tenant = tenant
        let home = user.mail.flatMap { tenants.home(ofUserName: $0) }
        self.home = home?.tenantID == tenant.tenantID ? nil : home
    }

    /// The first that keeps the guest out; the home tenant speaks first.
    func refusal(isSilent: Bool) -> AADSTSError? {
        if let home, !home.policies.crossTenantAccess.lets(outTo: tenant.tenantID) {
            return .crossTenantBlocked(.outbound, isSilent: isSilent)
        }
        let access = tenant.policies.crossTenantAccess
        let isAdmitted = home.map { access.admits($0.tenantID) } ?? (access.inbound == .allowed)
        guard isAdmitted else { return .crossTenantBlocked(.inbound, isSilent: isSilent) }
        return riskRefusal
    }

    /// The account at home is at high risk.
    var riskRefusal: AADSTSError? {
        let account = user.mail.flatMap { home?.user(userPrincipalName: $0) }
        return account?.situation.userRisk == .high ? .riskAtHome : nil
    }
}
