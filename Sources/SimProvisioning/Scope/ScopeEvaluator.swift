import SimDirectory

/// Decides who belongs to the app. provisioning.md §1.6.
///
/// Cost: what one object is assigned to and contained in, never the size of the app's list.
struct ScopeEvaluator: Sendable {
    let snapshot: DirectorySnapshot
    let servicePrincipal: ServicePrincipalID
    let scope: ProvisioningConfiguration.Scope
    var userFilter: ScopingFilter?
    var groupFilter: ScopingFilter?
    /// What expressions may know beside the object.
    var expressions = ExpressionContext.standard

    func entitlement(of user: User) -> Entitlement { source(of: user).entitlement }

    func entitlement(of group: Group) -> Entitlement { source(of: group).entitlement }

    /// The user as the mappings see it.
    func source(of user: User) -> SourceObject {
        let principal = Principal.user(user.id)
        return filtered(
            SourceObject(
                user,
                Entitlement(
                    isAssigned: isInScope(principal),
                    isActive: user.accountEnabled && user.deletedAt == nil,
                    roles: roles(of: principal)), context: expressions),
            userFilter)
    }

    /// The group as the mappings see it.
    func source(of group: Group) -> SourceObject {
        filtered(
            SourceObject(
                group,
                Entitlement(
                    isAssigned: isInScope(group), isActive: true,
                    roles: roles(of: .group(group.id))), context: expressions),
            groupFilter)
    }

    /// The filter sees the object as it is without the filter.
    private func filtered(_ source: SourceObject, _ filter: ScopingFilter?) -> SourceObject {
        guard let filter else { return source }
        return SourceObject(source, verdict: filter.verdict(on: source))
    }

    /// A group counts when it is assigned itself and security-enabled; nesting is not followed.
    func isInScope(_ group: Group) -> Bool {
        switch scope {
        case .all: true
        case .assignedOnly: group.securityEnabled && isAssigned(.group(group.id))
        }
    }

    /// Assigned directly, or a direct member of an assigned security-enabled group.
    private func isInScope(_ principal: Principal) -> Bool {
        guard scope == .assignedOnly else { return true }
        if isAssigned(principal) { return true }
        return snapshot.groups(containing: principal).contains { id in
            snapshot.group(id).map { isInScope($0) } ?? false
        }
    }

    func isAssigned(_ principal: Principal) -> Bool {
        snapshot.assignments(of: principal).contains { $0.resource == servicePrincipal }
    }

    /// The app roles held, own before inherited is not told apart by the service.
    private func roles(of principal: Principal) -> [AssignedRole] {
        let assigned = snapshot.assignments(of: principal).filter {
            $0.resource == servicePrincipal
        }
        guard !assigned.isEmpty else { return [] }
        let application = snapshot.servicePrincipal(servicePrincipal).flatMap {
            snapshot.application(appID: $0.appID)
        }
        return assigned.map { assignment in
            AssignedRole(application?.appRoles.first { $0.id == assignment.appRole })
        }
    }

    /// Everybody an initial cycle looks at, in directory or assignment order, nobody twice.
    func candidates() -> (users: [UserID], groups: [GroupID]) {
        switch scope {
        case .all:
            return (Array(snapshot.userIDs), snapshot.groups.map(\.id))
        case .assignedOnly:
            var users: [UserID] = []
            var groups: [GroupID] = []
            var seen: Set<Principal> = []
            for assignment in snapshot.assignments(to: servicePrincipal)
            where seen.insert(assignment.principal).inserted {
                switch assignment.principal {
                case .user(let id): users.append(id)
                case .group(let id): groups.append(id)
                case .servicePrincipal: break
                }
            }
            for group in groups where snapshot.group(group)?.securityEnabled == true {
                for member in snapshot.members(of: group) {
                    if case .user(let id) = member, seen.insert(member).inserted {
                        users.append(id)
                    }
                }
            }
            return (users, groups)
        }
    }
}
