import SimCore

extension FixtureEdits {
    /// What the file does not have any more and the directory still has. What hangs on an object
    /// goes before it; people go to the recycle bin.
    func removals() -> [TenantEvent] {
        removedAccess() + removedRoles() + removedEntitlements() + removedMembers()
            + removedUsers() + removedGroups() + removedApplications()
    }

    private func removedAccess() -> [TenantEvent] {
        let policies = old.accessPolicies.filter {
            new.accessPolicy($0.id) == nil && current.accessPolicy($0.id) != nil
        }
        let locations = old.namedLocations.filter {
            new.namedLocation($0.id) == nil && current.namedLocation($0.id) != nil
        }
        return policies.map { .accessPolicyDeleted($0.id) }
            + locations.map { .namedLocationDeleted($0.id) }
    }

    private func removedRoles() -> [TenantEvent] {
        old.directoryRoleAssignments.filter {
            !new.directoryRoleAssignments.contains($0)
                && current.directoryRoleAssignments.contains($0)
        }
        .map { .directoryRoleUnassigned($0) }
    }

    private func removedEntitlements() -> [TenantEvent] {
        old.servicePrincipals.flatMap { app -> [TenantEvent] in
            let assignments = old.assignments(to: app.id).filter { assignment in
                let isKept = new.assignments(to: app.id).contains {
                    $0.principal == assignment.principal && $0.appRole == assignment.appRole
                }
                return !isKept && current.assignment(assignment.id) != nil
            }
            let present = current.grants(of: app.id).map(\.id)
            let kept = new.grants(of: app.id).map(\.id)
            let grants = old.grants(of: app.id).filter {
                !kept.contains($0.id) && present.contains($0.id)
            }
            return assignments.map { .unassigned($0.id) } + grants.map { .grantRevoked($0.id) }
        }
    }

    private func removedMembers() -> [TenantEvent] {
        old.groups.flatMap { group -> [TenantEvent] in
            guard new.group(group.id) != nil, current.group(group.id) != nil else { return [] }
            return old.members(of: group.id)
                .filter {
                    !new.isMember($0, of: group.id) && current.isMember($0, of: group.id)
                }
                .map { .memberRemoved(group.id, $0) }
        }
    }

    private func removedUsers() -> [TenantEvent] {
        var gone: [TenantEvent] = []
        old.forEachUser { user in
            guard new.user(user.id) == nil, let present = current.user(user.id),
                present.deletedAt == nil
            else { return }
            gone.append(.userDeleted(user.id))
        }
        return gone
    }

    private func removedGroups() -> [TenantEvent] {
        old.groups
            .filter { new.group($0.id) == nil && current.group($0.id) != nil }
            .map { .groupDeleted($0.id) }
    }

    private func removedApplications() -> [TenantEvent] {
        let principals = old.servicePrincipals.filter {
            new.servicePrincipal($0.id) == nil && current.servicePrincipal($0.id) != nil
        }
        let applications = old.applications.filter {
            new.application($0.id) == nil && current.application($0.id) != nil
        }
        return principals.map { .servicePrincipalDeleted($0.id) }
            + applications.map { .applicationDeleted($0.id) }
    }
}
