import SimCore

/// A tenant at one moment: the fold of its log up to `sequence`.
///
/// A value: a held copy never changes, taking one costs a few pointers, and a write after a copy
/// was taken copies one chunk (see `ShardedTable`). Order of lists: creation, unless said.
package struct DirectorySnapshot: DirectoryQueries {
    package private(set) var sequence: UInt64 = 0
    package private(set) var profile: TenantProfile
    package var tenantID: TenantID { profile.id }
    private var userTable = UserTable()
    private var groupTable = GroupTable()
    private var memberships = MembershipTable()
    private var apps = ApplicationTable()
    private var entitlements = EntitlementTable()
    private var roles = RoleTable()
    package private(set) var policies = TenantPolicies()
    package private(set) var signingKeys = SigningKeySchedule()
    private var redemptions = RedemptionTable()
    private var devices = DeviceTable()
    private var access = AccessTable()
    private var changeLog = ChangeLog()

    /// A tenant with nothing in it but the applications every tenant has.
    package init(profile: TenantProfile) {
        self.profile = profile
        putBuiltInApplications()
    }

    /// The same tenant under another identity: every object keeps its id, Microsoft Graph's
    /// enterprise app included.
    package func forked(as profile: TenantProfile) -> DirectorySnapshot {
        var fork = self
        fork.profile = profile
        return fork
    }

    /// Folds the next record in. Total: a reference to something absent changes nothing, because
    /// `Tenant` refuses such events before they reach the log.
    package mutating func apply(_ record: LogRecord) {
        sequence = record.sequence
        // Who was in it cannot be asked afterwards.
        var left: [DirectoryChange.Subject] = []
        if case .groupDeleted(let id) = record.event {
            left = storedMembers(of: id).map { .membership(id, $0, isAdded: false) }
        }
        fold(record.event, at: record.at)
        if let subject = subject(of: record.event) {
            changeLog.append(DirectoryChange(sequence: record.sequence, subject: subject))
        }
        for subject in left {
            changeLog.append(DirectoryChange(sequence: record.sequence, subject: subject))
        }
        forgetUnassigned(record.event)
    }

    mutating func fold(_ event: TenantEvent, at time: Timestamp) {
        switch event {
        case .tenantCreated(let profile):
            self.profile = profile
            putBuiltInApplications()
        case .userCreated, .userChanged, .userManagerChanged, .userCredentialChanged,
            .userSessionsRevoked, .userSituationChanged, .userDeleted, .userRestored,
            .userPurged:
            foldUser(event, at: time)
        case .groupCreated(let group), .groupChanged(let group): groupTable.put(group)
        case .groupDeleted(let id):
            groupTable.remove(id)
            memberships.removeGroup(id)
            entitlements.remove(.group(id))
            roles.remove(.group(id))
        case .memberAdded(let group, let member):
            let groups = groupTable
            memberships.add(member, to: group) { groups.precedes($0, $1) }
        case .memberRemoved(let group, let member): memberships.remove(member, from: group)
        case .applicationCreated(let application), .applicationChanged(let application):
            apps.put(application)
        case .applicationDeleted(let id): apps.remove(id)
        case .servicePrincipalCreated(let servicePrincipal),
            .servicePrincipalChanged(let servicePrincipal):
            apps.put(servicePrincipal)
        case .servicePrincipalDeleted(let id):
            apps.remove(id)
            entitlements.remove(id)
            memberships.removeMember(.servicePrincipal(id))
            roles.remove(.servicePrincipal(id))
        case .assigned(let assignment): entitlements.assign(assignment)
        // The change entry still needs the assignment; it is removed after that.
        case .unassigned: break
        case .granted(let grant): entitlements.grant(grant)
        case .grantRevoked(let id): entitlements.revoke(id)
        case .directoryRoleAssigned(let assignment): roles.assign(assignment)
        case .directoryRoleUnassigned(let assignment): roles.unassign(assignment)
        case .policiesChanged(let policies): self.policies = policies
        case .signingKeysChanged(let schedule): signingKeys = schedule
        case .accessPolicyCreated(let policy), .accessPolicyChanged(let policy):
            access.put(policy)
        case .accessPolicyDeleted(let id): access.remove(id)
        case .namedLocationCreated(let location), .namedLocationChanged(let location):
            access.put(location)
        case .namedLocationDeleted(let id): access.remove(id)
        case .redeemed(let digest, let until):
            redemptions.insert(digest, until: until, at: time)
        case .deviceAuthorization(let authorization): devices.put(authorization, at: time)
        case .provisioning: break
        }
    }

    private mutating func foldUser(_ event: TenantEvent, at time: Timestamp) {
        switch event {
        case .userCreated(let user): userTable.insert(user)
        case .userChanged(let id, let changes): userTable.change(id, changes)
        case .userManagerChanged(let id, let manager): userTable.setManager(manager, of: id)
        case .userCredentialChanged(let id, let credential):
            userTable.update(id) { $0.credential = credential }
        case .userSessionsRevoked(let id): userTable.update(id) { $0.endSessions(at: time) }
        case .userSituationChanged(let id, let situation):
            userTable.update(id) { $0.situation = situation }
        case .userDeleted(let id): userTable.delete(id, at: time)
        case .userRestored(let id): userTable.restore(id)
        case .userPurged(let id):
            userTable.remove(id)
            memberships.removeMember(.user(id))
            entitlements.remove(.user(id))
            roles.remove(.user(id))
        case .tenantCreated, .groupCreated, .groupChanged, .groupDeleted, .memberAdded,
            .memberRemoved, .applicationCreated, .applicationChanged, .applicationDeleted,
            .servicePrincipalCreated, .servicePrincipalChanged, .servicePrincipalDeleted,
            .assigned, .unassigned, .granted, .grantRevoked, .redeemed, .deviceAuthorization,
            .provisioning, .directoryRoleAssigned, .directoryRoleUnassigned, .policiesChanged,
            .signingKeysChanged, .accessPolicyCreated, .accessPolicyChanged,
            .accessPolicyDeleted, .namedLocationCreated, .namedLocationChanged,
            .namedLocationDeleted:
            break
        }
    }

    private mutating func forgetUnassigned(_ event: TenantEvent) {
        if case .unassigned(let id) = event { entitlements.unassign(id) }
    }

    /// What the event touched, for readers of `changes`; nil when nothing that is provisioned or
    /// shown as a directory object changed.
    private func subject(of event: TenantEvent) -> DirectoryChange.Subject? {
        switch event {
        case .userCreated(let user): .user(user.id)
        case .userChanged(let id, _), .userDeleted(let id), .userRestored(let id),
            .userPurged(let id):
            .user(id)
        case .userManagerChanged(let id, _): .manager(id)
        case .groupCreated(let group), .groupChanged(let group): .group(group.id)
        case .groupDeleted(let id): .group(id)
        case .memberAdded(let group, let member): .membership(group, member, isAdded: true)
        case .memberRemoved(let group, let member): .membership(group, member, isAdded: false)
        case .applicationCreated(let application), .applicationChanged(let application):
            .application(application.id)
        case .applicationDeleted(let id): .application(id)
        case .servicePrincipalCreated(let principal), .servicePrincipalChanged(let principal):
            .servicePrincipal(principal.id)
        case .servicePrincipalDeleted(let id): .servicePrincipal(id)
        case .assigned(let assignment):
            .assignment(assignment.resource, assignment.principal, isAdded: true)
        case .unassigned(let id):
            entitlements.assignments[id].map {
                .assignment($0.resource, $0.principal, isAdded: false)
            }
        case .tenantCreated, .userCredentialChanged, .userSessionsRevoked, .granted,
            .grantRevoked, .redeemed, .deviceAuthorization, .provisioning,
            .directoryRoleAssigned, .directoryRoleUnassigned, .policiesChanged,
            .signingKeysChanged, .userSituationChanged, .accessPolicyCreated,
            .accessPolicyChanged, .accessPolicyDeleted, .namedLocationCreated,
            .namedLocationChanged, .namedLocationDeleted:
            nil
        }
    }

    private mutating func putBuiltInApplications() {
        let graph = BuiltInApplications.graph(in: profile.id)
        apps.put(graph.application)
        apps.put(graph.servicePrincipal)
    }
}

// MARK: - Restoration

extension DirectorySnapshot {
    /// Adds one change of a snapshot file.
    package mutating func restore(_ change: DirectoryChange) { changeLog.append(change) }

    /// Ends a restoration: the snapshot stands at `sequence` and knows no change before `floor`.
    package mutating func finishRestoration(
        sequence: UInt64, changesAreCompleteAfter floor: UInt64
    ) {
        self.sequence = sequence
        changeLog.raiseFloor(to: floor)
    }

    /// Calls `body` with each user, those in the recycle bin included, in creation order.
    func forEachStoredUser<E: Error>(_ body: (User) throws(E) -> Void) throws(E) {
        try userTable.forEach(body)
    }

    /// Direct members in the order added, those in the recycle bin included.
    func storedMembers(of group: GroupID) -> some Sequence<Principal> {
        memberships.members(of: group)
    }

    func forEachAssignment<E: Error>(_ body: (AppRoleAssignment) throws(E) -> Void) throws(E) {
        try entitlements.assignments.forEach(body)
    }

    func forEachGrant<E: Error>(_ body: (PermissionGrant) throws(E) -> Void) throws(E) {
        try entitlements.grants.forEach(body)
    }

    func forEachRedemption<E: Error>(_ body: (String, Timestamp) throws(E) -> Void) throws(E) {
        try redemptions.forEach(body)
    }

    /// Calls `body` with every remembered change, oldest first.
    package func forEachChange<E: Error>(_ body: (DirectoryChange) throws(E) -> Void) throws(E) {
        try changeLog.forEach(body)
    }
}

// MARK: - Users and groups

extension DirectorySnapshot {
    package var userCount: Int { userTable.liveCount }
    package var groupCount: Int { groupTable.rows.count }

    package func user(_ id: UserID) -> User? { userTable[id] }

    package func user(userPrincipalName: String) -> User? {
        userTable.id(userPrincipalName: userPrincipalName).flatMap { userTable[$0] }
    }

    package var users: [User] {
        var list: [User] = []
        list.reserveCapacity(userCount)
        forEachUser { list.append($0) }
        return list
    }

    package var deletedUsers: [User] { userTable.deletedUsers }

    /// Calls `body` with each live user in creation order, without building an array.
    package func forEachUser<E: Error>(_ body: (User) throws(E) -> Void) throws(E) {
        func visit(_ user: User) throws(E) {
            if user.deletedAt == nil { try body(user) }
        }
        try userTable.forEach(visit)
    }

    /// The ids of live users in creation order, one at a time.
    package var userIDs: some Sequence<UserID> {
        userTable.ids.lazy.filter { !userTable.isDeleted($0) }
    }

    package func group(_ id: GroupID) -> Group? { groupTable[id] }

    package func group(displayName: String) -> Group? {
        groupTable.groups(displayName: displayName).first
    }

    /// Every group of that name, compared without case, in creation order.
    package func groups(displayName: String) -> [Group] {
        groupTable.groups(displayName: displayName)
    }

    package var groups: [Group] { Array(groupTable.rows.rows) }

    /// Direct members in the order added; people in the recycle bin are not shown.
    package func members(of group: GroupID) -> [Principal] {
        memberships.members(of: group).filter { isVisible($0) }
    }

    /// Groups that contain `principal` directly, in creation order.
    package func groups(containing principal: Principal) -> [GroupID] {
        memberships.groups(containing: principal)
    }

    package func isMember(_ principal: Principal, of group: GroupID) -> Bool {
        memberships.contains(principal, in: group)
    }

    package func directReports(of manager: UserID) -> [UserID] { userTable.reports(of: manager) }

    private func isVisible(_ principal: Principal) -> Bool {
        if case .user(let id) = principal { !userTable.isDeleted(id) } else { true }
    }
}

// MARK: - Applications, entitlements, log

extension DirectorySnapshot {
    package func application(_ id: ApplicationID) -> AppRegistration? { apps.application(id) }

    package func application(appID: AppID) -> AppRegistration? { apps.application(appID: appID) }

    /// The tenant's own registrations; Microsoft Graph's is found by id only.
    package var applications: [AppRegistration] {
        apps.allApplications.filter { !BuiltInApplications.isBuiltIn($0.appID) }
    }

    package func servicePrincipal(_ id: ServicePrincipalID) -> ServicePrincipal? {
        apps.servicePrincipal(id)
    }

    package func servicePrincipal(appID: AppID) -> ServicePrincipal? {
        apps.servicePrincipal(appID: appID)
    }

    /// The app that owns an identifier URI, compared exactly.
    package func appID(identifierURI: String) -> AppID? { apps.appID(identifierURI: identifierURI) }

    package func servicePrincipal(resourceName: String) -> ServicePrincipal? {
        let appID = apps.appID(identifierURI: resourceName) ?? AppID(resourceName)
        return appID.flatMap { apps.servicePrincipal(appID: $0) }
    }

    /// Compared without case; the first created wins.
    package func servicePrincipal(displayName: String) -> ServicePrincipal? {
        let wanted = foldedName(displayName)
        return apps.allServicePrincipals.first { foldedName($0.displayName) == wanted }
    }

    package var servicePrincipals: [ServicePrincipal] { Array(apps.allServicePrincipals) }

    package func assignment(_ id: AssignmentID) -> AppRoleAssignment? {
        entitlements.assignments[id]
    }

    /// Assignments of people in the recycle bin are kept but not shown.
    package func assignments(to resource: ServicePrincipalID) -> [AppRoleAssignment] {
        entitlements.assignments(to: resource).filter { isVisible($0.principal) }
    }

    package func assignments(of principal: Principal) -> [AppRoleAssignment] {
        entitlements.assignments(of: principal)
    }

    package func grant(_ id: GrantID) -> PermissionGrant? { entitlements.grants[id] }

    package func grants(of client: ServicePrincipalID) -> [PermissionGrant] {
        entitlements.grants(of: client)
    }

    /// Every directory role assignment, in order.
    package var directoryRoleAssignments: [DirectoryRoleAssignment] { roles.all }

    package func directoryRoles(of principal: Principal) -> [DirectoryRole] {
        roles.roles(of: principal)
    }

    package func isRedeemed(digest: String) -> Bool { redemptions.contains(digest) }

    package func deviceAuthorization(userCode: String) -> DeviceAuthorization? {
        devices[userCode]
    }

    /// Every device authorization that is still remembered, oldest first.
    var deviceAuthorizations: [DeviceAuthorization] { devices.all }

    package var accessPolicies: [ConditionalAccessPolicy] { access.list }

    package func accessPolicy(_ id: AccessPolicyID) -> ConditionalAccessPolicy? {
        access.policies[id]
    }

    package var namedLocations: [NamedLocation] { Array(access.locations.rows) }

    package func namedLocation(_ id: NamedLocationID) -> NamedLocation? { access.locations[id] }

    package func changes(after sequence: UInt64) -> [DirectoryChange] {
        changeLog.after(sequence)
    }

    /// `changes(after:)` is complete for this sequence number and later ones; with an older
    /// watermark a reader must look at everything.
    package var changesAreCompleteAfter: UInt64 { changeLog.floor }
}
