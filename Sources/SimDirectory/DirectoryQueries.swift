import SimCore

/// What readers may ask of a tenant at one moment. `DirectorySnapshot` answers it; an immutable
/// value, cheap to take and to hold.
///
/// Order: everything that returns a list returns it in a defined order (creation order unless said
/// otherwise), so that outputs are the same from run to run.
package protocol DirectoryQueries: Sendable {
    /// Sequence number of the last event folded in.
    var sequence: UInt64 { get }
    var profile: TenantProfile { get }
    /// The profile's id.
    var tenantID: TenantID { get }

    var userCount: Int { get }
    var groupCount: Int { get }

    /// Users in the recycle bin are found by id, but not by name and not in `users`.
    func user(_ id: UserID) -> User?
    func user(userPrincipalName: String) -> User?
    /// Live users in creation order.
    var users: [User] { get }
    var deletedUsers: [User] { get }

    func group(_ id: GroupID) -> Group?
    /// Groups are not unique by name; the first created wins.
    func group(displayName: String) -> Group?
    var groups: [Group] { get }

    func members(of group: GroupID) -> [Principal]
    /// Groups that contain `principal` directly.
    func groups(containing principal: Principal) -> [GroupID]
    func directReports(of manager: UserID) -> [UserID]

    func application(_ id: ApplicationID) -> AppRegistration?
    func application(appID: AppID) -> AppRegistration?
    var applications: [AppRegistration] { get }

    func servicePrincipal(_ id: ServicePrincipalID) -> ServicePrincipal?
    func servicePrincipal(appID: AppID) -> ServicePrincipal?
    /// By `identifierUris` entry, exactly as registered, or by app id text.
    func servicePrincipal(resourceName: String) -> ServicePrincipal?
    func servicePrincipal(displayName: String) -> ServicePrincipal?
    var servicePrincipals: [ServicePrincipal] { get }

    func assignment(_ id: AssignmentID) -> AppRoleAssignment?
    func assignments(to resource: ServicePrincipalID) -> [AppRoleAssignment]
    func assignments(of principal: Principal) -> [AppRoleAssignment]
    func grants(of client: ServicePrincipalID) -> [PermissionGrant]

    /// Directory roles given to a principal itself, in order of assignment.
    func directoryRoles(of principal: Principal) -> [DirectoryRole]
    var directoryRoleAssignments: [DirectoryRoleAssignment] { get }
    var policies: TenantPolicies { get }
    /// The timeline of the token-signing keys.
    var signingKeys: SigningKeySchedule { get }

    func isRedeemed(digest: String) -> Bool
    /// A device that waits for its person, or waited until an hour ago; nil for other codes.
    func deviceAuthorization(userCode: String) -> DeviceAuthorization?

    /// Conditional Access policies in the order made.
    var accessPolicies: [ConditionalAccessPolicy] { get }
    func accessPolicy(_ id: AccessPolicyID) -> ConditionalAccessPolicy?
    var namedLocations: [NamedLocation] { get }
    func namedLocation(_ id: NamedLocationID) -> NamedLocation?

    /// What changed after `sequence`, oldest first, one entry per event. Cost depends on the
    /// number of changes, not on the size of the directory.
    func changes(after sequence: UInt64) -> [DirectoryChange]
}

extension DirectoryQueries {
    /// Directory roles of a person: their own, and those of groups they are directly in; each once.
    package func directoryRoles(of user: UserID) -> [DirectoryRole] {
        guard !directoryRoleAssignments.isEmpty else { return [] }
        let principals = [.user(user)] + groups(containing: .user(user)).map(Principal.group)
        var found: [DirectoryRole] = []
        for principal in principals {
            for role in directoryRoles(of: principal) where !found.contains(role) {
                found.append(role)
            }
        }
        return found
    }
}

/// Which object an event touched.
package struct DirectoryChange: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case user(UserID)
        case group(GroupID)
        case membership(GroupID, Principal, isAdded: Bool)
        case manager(UserID)
        case assignment(ServicePrincipalID, Principal, isAdded: Bool)
        case application(ApplicationID)
        case servicePrincipal(ServicePrincipalID)
    }

    package let sequence: UInt64
    package let subject: Subject

    package init(sequence: UInt64, subject: Subject) {
        self.sequence = sequence
        self.subject = subject
    }
}
