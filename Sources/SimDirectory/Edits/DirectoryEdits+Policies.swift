import SimCore

extension DirectoryEdits {
    /// A built-in role by display name or template id.
    package func role(_ name: String) throws(DirectoryEditError) -> DirectoryRole {
        if let role = DirectoryRole(named: name) { return role }
        throw .notFound(
            .directoryRole, name: name,
            nearest: NearestName.of(name, in: DirectoryRole.displayNames))
    }

    /// Gives a user, group or enterprise app a directory role; nothing for a role it has.
    package func assignRole(
        _ roleName: String, to principalName: String
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let assignment = DirectoryRoleAssignment(
            role: try role(roleName), principal: try principal(principalName))
        guard !snapshot.directoryRoleAssignments.contains(assignment) else { return [] }
        return [.directoryRoleAssigned(assignment)]
    }

    /// Takes a directory role away.
    package func unassignRole(
        _ roleName: String, from principalName: String
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let role = try role(roleName)
        let principal = try principal(principalName)
        let assignment = DirectoryRoleAssignment(role: role, principal: principal)
        guard snapshot.directoryRoleAssignments.contains(assignment) else {
            throw .notAssigned(app: role.displayName, principal: name(of: principal))
        }
        return [.directoryRoleUnassigned(assignment)]
    }
}

extension DirectoryEdits {
    /// Sets how long tokens for an enterprise app live, or for every app; nil ends the policy.
    /// - Parameter app: display name or id of the enterprise app; nil for the organization.
    package func setTokenLifetime(
        _ lifetime: Duration?, app: String?
    ) throws(DirectoryEditError) -> [TenantEvent] {
        var policies = snapshot.policies
        var principal = try app.map { name throws(DirectoryEditError) in
            try servicePrincipal(name)
        }
        let name = principal?.displayName ?? "Organization default"
        let index = policies.tokenLifetimes.firstIndex {
            principal == nil ? $0.isOrganizationDefault : $0.id == principal?.tokenLifetimePolicy
        }
        if let index {
            if let lifetime {
                policies.tokenLifetimes[index].accessTokenLifetime = lifetime
            } else if principal == nil {
                policies.tokenLifetimes.remove(at: index)
            }
        } else if let lifetime {
            let policy = TokenLifetimePolicy(
                id: TokenLifetimePolicyID(guid(.objectID)), displayName: name,
                accessTokenLifetime: lifetime, isOrganizationDefault: principal == nil)
            policies.tokenLifetimes.append(policy)
            principal?.tokenLifetimePolicy = policy.id
        }
        if lifetime == nil { principal?.tokenLifetimePolicy = nil }
        var events: [TenantEvent] = []
        if policies != snapshot.policies { events.append(.policiesChanged(policies)) }
        if let principal, principal != snapshot.servicePrincipal(principal.id) {
            events.append(.servicePrincipalChanged(principal))
        }
        return events
    }
}
