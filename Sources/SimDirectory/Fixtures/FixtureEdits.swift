import SimCore

/// What somebody changed in a fixture while its tenant runs, as events over the running directory.
///
/// Only what differs between the old and the new fixture counts: what was changed at run time
/// stays as it is unless the same thing was edited in the file. What the running directory has no
/// place for any more (a person deleted meanwhile) is left out.
package struct FixtureEdits {
    let old: DirectorySnapshot
    let new: DirectorySnapshot
    let current: DirectorySnapshot

    /// - Parameters:
    ///   - old: the fixture as it was, folded.
    ///   - new: the fixture as it is, folded.
    ///   - current: the directory as it stands.
    package init(
        from old: DirectorySnapshot, to new: DirectorySnapshot, in current: DirectorySnapshot
    ) {
        self.old = old
        self.new = new
        self.current = current
    }

    /// What the edits do, an object a line; each once.
    package func differences(_ events: [TenantEvent]) -> [String] {
        FixtureDifferences(in: [new, old]).lines(events)
    }

    /// Events in an order in which each may follow the ones before; none when nothing differs.
    package func events() -> [TenantEvent] {
        var arriving = Arriving()
        // What goes makes room for what comes: a name, an identifier.
        var events = removals() + cleared()
        for edit in FixtureMerge(new, into: old).events() {
            let applied = onDirectory(edit, arriving)
            arriving.note(applied)
            events += applied
        }
        return events
    }

    /// Objects that come with this change: later events may name them.
    private struct Arriving {
        var users: Set<UserID> = []
        var groups: Set<GroupID> = []
        var servicePrincipals: Set<ServicePrincipalID> = []

        mutating func note(_ events: [TenantEvent]) {
            for event in events {
                if case .userCreated(let user) = event { users.insert(user.id) }
                if case .userRestored(let id) = event { users.insert(id) }
                if case .groupCreated(let group) = event { groups.insert(group.id) }
                if case .servicePrincipalCreated(let app) = event {
                    servicePrincipals.insert(app.id)
                }
            }
        }
    }

    private func onDirectory(_ edit: TenantEvent, _ arriving: Arriving) -> [TenantEvent] {
        switch edit {
        // Name, id and domains lead to the tenant and stay until the next start.
        case .tenantCreated: []
        case .userCreated(let user): arrival(of: user)
        case .userChanged(let id, let changes): changed(id, changes)
        case .userManagerChanged(let id, let manager):
            isLive(.user(id), arriving) && manager.map { isLive(.user($0), arriving) } != false
                ? [edit] : []
        case .userCredentialChanged(let id, _):
            isLive(.user(id), arriving) ? [edit, .userSessionsRevoked(id)] : []
        case .userSituationChanged(let id, _): isLive(.user(id), arriving) ? [edit] : []
        case .groupCreated(let group):
            [current.group(group.id) == nil ? edit : .groupChanged(group)]
        case .groupChanged(let group): current.group(group.id) == nil ? [] : [edit]
        case .memberAdded(let group, let member):
            (current.group(group) != nil || arriving.groups.contains(group))
                && isLive(member, arriving) && !current.isMember(member, of: group) ? [edit] : []
        case .applicationCreated(let app), .applicationChanged(let app): application(app)
        case .servicePrincipalCreated(let app):
            [current.servicePrincipal(app.id) == nil ? edit : .servicePrincipalChanged(app)]
        case .servicePrincipalChanged(let app):
            current.servicePrincipal(app.id) == nil ? [] : [edit]
        case .assigned(let assignment):
            isLive(assignment.principal, arriving)
                && isLive(.servicePrincipal(assignment.resource), arriving)
                && !isAssigned(assignment) ? [edit] : []
        case .granted(let grant):
            isLive(.servicePrincipal(grant.client), arriving) ? [edit] : []
        case .directoryRoleAssigned(let assignment):
            isLive(assignment.principal, arriving)
                && !current.directoryRoleAssignments.contains(assignment) ? [edit] : []
        case .policiesChanged: [edit]
        case .signingKeysChanged(let schedule):
            [.signingKeysChanged(current.signingKeys.rolling(over: schedule.rollover))]
        case .accessPolicyCreated(let policy):
            [current.accessPolicy(policy.id) == nil ? edit : .accessPolicyChanged(policy)]
        case .accessPolicyChanged(let policy):
            current.accessPolicy(policy.id) == nil ? [] : [edit]
        case .namedLocationCreated(let location):
            [current.namedLocation(location.id) == nil ? edit : .namedLocationChanged(location)]
        case .namedLocationChanged(let location):
            current.namedLocation(location.id) == nil ? [] : [edit]
        // A merge sets and adds; what goes away is found by comparing.
        case .userSessionsRevoked, .userDeleted, .userRestored, .userPurged, .groupDeleted,
            .memberRemoved, .applicationDeleted, .servicePrincipalDeleted, .unassigned,
            .grantRevoked, .directoryRoleUnassigned, .accessPolicyDeleted, .namedLocationDeleted,
            .redeemed, .deviceAuthorization, .provisioning:
            []
        }
    }

    // MARK: People

    /// Somebody new; out of the recycle bin when it is somebody who was taken out before.
    private func arrival(of user: User) -> [TenantEvent] {
        guard let present = current.user(user.id) else { return [.userCreated(user)] }
        let changes = User.attributeNames(of: user).map {
            AttributeChange($0, user.value(of: $0) ?? .null)
        }
        return (present.deletedAt == nil ? [] : [.userRestored(user.id)])
            + changed(user.id, changes, evenDeleted: true)
    }

    /// Blocking somebody ends every session, as it does by hand.
    private func changed(
        _ id: UserID, _ changes: [AttributeChange], evenDeleted: Bool = false
    ) -> [TenantEvent] {
        guard let present = current.user(id), present.deletedAt == nil || evenDeleted else {
            return []
        }
        let effective = changes.filter { (present.value(of: $0.name) ?? .null) != $0.value }
        guard !effective.isEmpty else { return [] }
        let isBlocked = effective.contains { $0.name == "accountEnabled" && $0.value == false }
        return [.userChanged(id, effective)] + (isBlocked ? [.userSessionsRevoked(id)] : [])
    }

    /// Attributes and managers that the file does not give any more.
    private func cleared() -> [TenantEvent] {
        var events: [TenantEvent] = []
        new.forEachUser { user in
            guard let before = old.user(user.id), let present = current.user(user.id),
                present.deletedAt == nil
            else { return }
            let gone = before.attributes.entries.map(\.name).filter {
                user.attributes[$0] == nil && present.attributes[$0] != nil
            }
            if !gone.isEmpty {
                events.append(.userChanged(user.id, gone.map { AttributeChange($0, .null) }))
            }
            if before.manager != nil, user.manager == nil, present.manager != nil {
                events.append(.userManagerChanged(user.id, nil))
            }
        }
        return events
    }

    // MARK: Apps

    /// Secrets added at run time stay.
    private func application(_ app: AppRegistration) -> [TenantEvent] {
        guard let present = current.application(app.id) else {
            return old.application(app.id) == nil ? [.applicationCreated(app)] : []
        }
        var merged = app
        let ids = Set(app.passwordCredentials.map(\.keyID))
        merged.passwordCredentials += present.passwordCredentials.filter {
            !ids.contains($0.keyID)
        }
        return merged == present ? [] : [.applicationChanged(merged)]
    }

    private func isAssigned(_ assignment: AppRoleAssignment) -> Bool {
        current.assignment(assignment.id) != nil
            || current.assignments(of: assignment.principal).contains {
                $0.resource == assignment.resource && $0.appRole == assignment.appRole
            }
    }

    private func isLive(_ principal: Principal, _ arriving: Arriving) -> Bool {
        switch principal {
        case .user(let id):
            arriving.users.contains(id) || current.user(id).map { $0.deletedAt == nil } == true
        case .group(let id): arriving.groups.contains(id) || current.group(id) != nil
        case .servicePrincipal(let id):
            arriving.servicePrincipals.contains(id) || current.servicePrincipal(id) != nil
        }
    }
}

extension User {
    /// Every attribute a fixture may give.
    fileprivate static func attributeNames(of user: User) -> [String] {
        ["userPrincipalName", "displayName", "accountEnabled", "userType"]
            + user.attributes.entries.map(\.name)
    }
}

extension SigningKeySchedule {
    fileprivate func rolling(over rollover: Rollover) -> SigningKeySchedule {
        var schedule = self
        schedule.rollover = rollover
        return schedule
    }
}
