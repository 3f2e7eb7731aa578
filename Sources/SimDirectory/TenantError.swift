import SimCore

/// Why the log refused an event. Nothing of the append has happened.
package enum TenantError: Error, Hashable, Sendable {
    /// A single-use artifact was used a second time.
    case alreadyRedeemed(digest: String)
    case userPrincipalNameTaken(String)
    case unknownUser(UserID)
    case userIsDeleted(UserID)
    case userIsNotDeleted(UserID)
    case unknownGroup(GroupID)
    case unknownApplication(ApplicationID)
    case unknownServicePrincipal(ServicePrincipalID)
    case unknownAppRole(AppRoleID)
    case unknownAssignment(AssignmentID)
    case unknownGrant(GrantID)
    case unknownAccessPolicy(AccessPolicyID)
    case unknownNamedLocation(NamedLocationID)
    /// An object of that id exists.
    case identifierTaken(GUID)
    case appIDTaken(AppID)
    case identifierURITaken(String)
    case alreadyMember(GroupID, Principal)
    case notMember(GroupID, Principal)
    case memberOfItself(GroupID)
    case alreadyAssigned(Principal, ServicePrincipalID)
    /// A user cannot be its own manager, directly or through others.
    case managerCycle(UserID)
    /// An attribute that must have a value would be cleared or get a value of the wrong kind.
    case invalidAttribute(name: String)
    /// The journal could not store the records.
    case journal(JournalFailure)
}
