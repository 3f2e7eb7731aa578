import SimCore

/// The difference between a changed fixture and a running directory, as events.
///
/// What the fixture says is set; what was made or added at run time stays; nothing is removed,
/// because the fixture does not say what it used to contain.
package struct FixtureMerge {
    let wanted: DirectorySnapshot
    private let current: DirectorySnapshot

    /// - Parameters:
    ///   - wanted: the fixture, folded.
    ///   - current: the directory as it stands.
    package init(_ wanted: DirectorySnapshot, into current: DirectorySnapshot) {
        self.wanted = wanted
        self.current = current
    }

    /// Events in an order in which each may follow the ones before; none when nothing differs.
    package func events() -> [TenantEvent] {
        var events: [TenantEvent] = []
        if wanted.profile != current.profile { events.append(.tenantCreated(wanted.profile)) }
        addSettings(to: &events)
        addUsers(to: &events)
        addApplications(to: &events)
        addGroups(to: &events)
        addEntitlements(to: &events)
        addRoles(to: &events)
        addAccess(to: &events)
        return events
    }

    /// Policies as the fixture says; of the keys only how they roll over, never their history.
    private func addSettings(to events: inout [TenantEvent]) {
        if wanted.policies != current.policies, wanted.policies != TenantPolicies() {
            events.append(.policiesChanged(wanted.policies))
        }
        if wanted.signingKeys.rollover != current.signingKeys.rollover {
            var schedule = current.signingKeys
            schedule.rollover = wanted.signingKeys.rollover
            events.append(.signingKeysChanged(schedule))
        }
    }

    private func addUsers(to events: inout [TenantEvent]) {
        var managers: [TenantEvent] = []
        wanted.forEachUser { user in
            guard let present = current.user(user.id) else {
                var created = user
                created.manager = nil
                events.append(.userCreated(created))
                if let manager = user.manager {
                    managers.append(.userManagerChanged(user.id, manager))
                }
                return
            }
            guard present.deletedAt == nil else { return }
            let names =
                ["userPrincipalName", "displayName", "accountEnabled", "userType"]
                + user.attributes.entries.map(\.name)
            let changes = names.compactMap { name -> AttributeChange? in
                guard let value = user.value(of: name), value != present.value(of: name) else {
                    return nil
                }
                return AttributeChange(name, value)
            }
            if !changes.isEmpty { events.append(.userChanged(user.id, changes)) }
            if user.credential != present.credential {
                events.append(.userCredentialChanged(user.id, user.credential))
            }
            if user.situation != present.situation {
                events.append(.userSituationChanged(user.id, user.situation))
            }
            if let manager = user.manager, manager != present.manager {
                managers.append(.userManagerChanged(user.id, manager))
            }
        }
        events += managers
    }

    private func addApplications(to events: inout [TenantEvent]) {
        for application in wanted.applications {
            guard let present = current.application(application.id) else {
                events.append(.applicationCreated(application))
                continue
            }
            var merged = application
            let ids = Set(application.passwordCredentials.map(\.keyID))
            merged.passwordCredentials += present.passwordCredentials.filter {
                !ids.contains($0.keyID)
            }
            if merged != present { events.append(.applicationChanged(merged)) }
        }
        for principal in wanted.servicePrincipals {
            let present = current.servicePrincipal(principal.id)
            if present == nil {
                events.append(.servicePrincipalCreated(principal))
            } else if present != principal, !BuiltInApplications.isBuiltIn(principal.appID) {
                events.append(.servicePrincipalChanged(principal))
            }
        }
    }

    private func addGroups(to events: inout [TenantEvent]) {
        for group in wanted.groups {
            let present = current.group(group.id)
            if present == nil {
                events.append(.groupCreated(group))
            } else if present != group {
                events.append(.groupChanged(group))
            }
        }
        for group in wanted.groups {
            for member in wanted.members(of: group.id)
            where !current.isMember(member, of: group.id) && canTakePart(member) {
                events.append(.memberAdded(group.id, member))
            }
        }
    }

    private func addEntitlements(to events: inout [TenantEvent]) {
        for principal in wanted.servicePrincipals {
            for assignment in wanted.assignments(to: principal.id)
            where canTakePart(assignment.principal) {
                let isThere = current.assignments(of: assignment.principal).contains {
                    $0.resource == assignment.resource && $0.appRole == assignment.appRole
                }
                if !isThere, current.assignment(assignment.id) == nil {
                    events.append(.assigned(assignment))
                }
            }
            for grant in wanted.grants(of: principal.id) {
                var merged = grant
                let present = current.grant(grant.id)
                merged.scopes += (present?.scopes ?? []).filter { !grant.scopes.contains($0) }
                if merged != present { events.append(.granted(merged)) }
            }
        }
    }

    private func addRoles(to events: inout [TenantEvent]) {
        for assignment in wanted.directoryRoleAssignments
        where !current.directoryRoleAssignments.contains(assignment)
            && canTakePart(assignment.principal)
        {
            events.append(.directoryRoleAssigned(assignment))
        }
    }

    private func addAccess(to events: inout [TenantEvent]) {
        for location in wanted.namedLocations {
            let present = current.namedLocation(location.id)
            if present == nil {
                events.append(.namedLocationCreated(location))
            } else if present != location {
                events.append(.namedLocationChanged(location))
            }
        }
        for policy in wanted.accessPolicies {
            let present = current.accessPolicy(policy.id)
            if present == nil {
                events.append(.accessPolicyCreated(policy))
            } else if present != policy {
                events.append(.accessPolicyChanged(policy))
            }
        }
    }

    /// Somebody deleted at run time stays deleted.
    private func canTakePart(_ principal: Principal) -> Bool {
        if case .user(let id) = principal { current.user(id)?.deletedAt == nil } else { true }
    }
}
