import SimCore

/// One entry of a tenant's log. Everything that is true of a tenant is the fold of these.
package enum TenantEvent: Hashable, Sendable {
    // Directory
    case tenantCreated(TenantProfile)
    case userCreated(User)
    /// Every changed attribute with its new value; null clears. Keys are Entra's attribute names,
    /// also for `userPrincipalName`, `displayName`, `accountEnabled`, `userType`.
    case userChanged(UserID, [AttributeChange])
    case userManagerChanged(UserID, UserID?)
    case userCredentialChanged(UserID, UserCredential)
    case userSessionsRevoked(UserID)
    /// Where the person is, on which device, at which risk: set for tests.
    case userSituationChanged(UserID, SignInSituation)
    case userDeleted(UserID)
    case userRestored(UserID)
    case userPurged(UserID)
    case groupCreated(Group)
    case groupChanged(Group)
    case groupDeleted(GroupID)
    case memberAdded(GroupID, Principal)
    case memberRemoved(GroupID, Principal)
    case applicationCreated(AppRegistration)
    case applicationChanged(AppRegistration)
    case applicationDeleted(ApplicationID)
    case servicePrincipalCreated(ServicePrincipal)
    case servicePrincipalChanged(ServicePrincipal)
    case servicePrincipalDeleted(ServicePrincipalID)
    case assigned(AppRoleAssignment)
    case unassigned(AssignmentID)
    case granted(PermissionGrant)
    case grantRevoked(GrantID)
    case directoryRoleAssigned(DirectoryRoleAssignment)
    case directoryRoleUnassigned(DirectoryRoleAssignment)
    /// The organization's consent and token lifetime policies, all of them.
    case policiesChanged(TenantPolicies)
    /// The timeline of the token-signing keys, all of it.
    case signingKeysChanged(SigningKeySchedule)

    // Conditional Access
    case accessPolicyCreated(ConditionalAccessPolicy)
    case accessPolicyChanged(ConditionalAccessPolicy)
    case accessPolicyDeleted(AccessPolicyID)
    case namedLocationCreated(NamedLocation)
    case namedLocationChanged(NamedLocation)
    case namedLocationDeleted(NamedLocationID)

    // Sign-in
    /// A single-use artifact (authorization code, assertion `jti`) has been used. Kept until it
    /// would have expired anyway.
    case redeemed(digest: String, until: Timestamp)

    /// A device waits for a person (no answer yet), or the person has answered. Each user code is
    /// issued once and answered once.
    case deviceAuthorization(DeviceAuthorization)

    // Provisioning: the payload's meaning belongs to the provisioning target.
    case provisioning(job: String, kind: String, payload: Deferred<JSONValue>)
}

extension TenantEvent {
    /// Whether it is about something the directory only keeps, so that any number of them may
    /// follow any snapshot.
    var leavesDirectoryAlone: Bool {
        if case .provisioning = self { true } else { false }
    }
}

/// One attribute's new value.
package struct AttributeChange: Hashable, Sendable {
    package let name: String
    /// null clears the attribute.
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

/// An event with its place and time, as the journal stores it.
package struct LogRecord: Hashable, Sendable {
    package let sequence: UInt64
    package let at: Timestamp
    package let event: TenantEvent

    package init(sequence: UInt64, at: Timestamp, event: TenantEvent) {
        self.sequence = sequence
        self.at = at
        self.event = event
    }
}
