import SimCore

/// Role assignments and permission grants, by each side that asks for them.
struct EntitlementTable: Sendable {
    private(set) var assignments = ShardedTable<AssignmentID, AppRoleAssignment>()
    private(set) var grants = ShardedTable<GrantID, PermissionGrant>()
    private var byResource = ShardedMap<ServicePrincipalID, ShardedTable<AssignmentID, Void>>()
    private var byPrincipal = ShardedMap<Principal, [AssignmentID]>()
    private var byClient = ShardedMap<ServicePrincipalID, [GrantID]>()

    func assignments(to resource: ServicePrincipalID) -> [AppRoleAssignment] {
        byResource[resource]?.keys.compactMap { assignments[$0] } ?? []
    }

    func assignments(of principal: Principal) -> [AppRoleAssignment] {
        (byPrincipal[principal] ?? []).compactMap { assignments[$0] }
    }

    func grants(of client: ServicePrincipalID) -> [PermissionGrant] {
        (byClient[client] ?? []).compactMap { grants[$0] }
    }

    mutating func assign(_ assignment: AppRoleAssignment) {
        unassign(assignment.id)
        let id = assignment.id
        assignments.insert(assignment, for: id)
        byResource.update(assignment.resource, default: ShardedTable()) { $0.insert((), for: id) }
        byPrincipal.update(assignment.principal, default: []) { $0.append(id) }
    }

    mutating func unassign(_ id: AssignmentID) {
        guard let old = assignments.remove(id) else { return }
        byResource.update(old.resource, default: ShardedTable()) { _ = $0.remove(id) }
        let isLast = byPrincipal.update(old.principal, default: []) { ids in
            ids.removeAll { $0 == id }
            return ids.isEmpty
        }
        if isLast { byPrincipal[old.principal] = nil }
    }

    mutating func grant(_ grant: PermissionGrant) {
        if grants.contains(grant.id) {
            grants.insert(grant, for: grant.id)
        } else {
            grants.insert(grant, for: grant.id)
            byClient.update(grant.client, default: []) { $0.append(grant.id) }
        }
    }

    mutating func revoke(_ id: GrantID) {
        guard let old = grants.remove(id) else { return }
        byClient.update(old.client, default: []) { $0.removeAll { $0 == id } }
    }

    /// A user or group is gone: its assignments, and the consents it gave.
    mutating func remove(_ principal: Principal) {
        for id in byPrincipal[principal] ?? [] { unassign(id) }
        guard case .user(let user) = principal else { return }
        for grant in grants.rows.filter({ $0.consent == .principal(user) }) { revoke(grant.id) }
    }

    /// An enterprise app is gone: as resource, as client and as principal.
    mutating func remove(_ servicePrincipal: ServicePrincipalID) {
        for assignment in assignments(to: servicePrincipal) { unassign(assignment.id) }
        byResource[servicePrincipal] = nil
        remove(.servicePrincipal(servicePrincipal))
        let involved = grants.rows.filter {
            $0.client == servicePrincipal || $0.resource == servicePrincipal
        }
        for grant in involved { revoke(grant.id) }
        byClient[servicePrincipal] = nil
    }
}
