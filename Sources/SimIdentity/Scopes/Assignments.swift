import SimDirectory

/// Who may use an application, and in which roles. identity-platform.md §4.6, §5.3.
struct Assignments: Sendable {
    let tenant: any DirectoryQueries

    /// Whether a person is assigned directly or through a group they are a direct member of.
    func isAssigned(_ user: UserID, to resource: ServicePrincipalID) -> Bool {
        !assignments(of: user, to: resource).isEmpty
    }

    /// Role values of a person on an application, in order of assignment, each once.
    func roles(
        of user: UserID, on resource: ServicePrincipalID, defined: [AppRegistration.AppRole]
    ) -> [String] {
        values(assignments(of: user, to: resource), defined: defined)
    }

    /// Application permissions of a client on a resource.
    func roles(
        of client: ServicePrincipalID, on resource: ServicePrincipalID,
        defined: [AppRegistration.AppRole]
    ) -> [String] {
        values(assignments(of: client, to: resource), defined: defined)
    }

    func isAssigned(_ client: ServicePrincipalID, to resource: ServicePrincipalID) -> Bool {
        !assignments(of: client, to: resource).isEmpty
    }

    /// Every group that contains the person, directly or through groups, in a stable order.
    func transitiveGroups(of user: UserID) -> [GroupID] {
        var found: [GroupID] = []
        var seen: Set<GroupID> = []
        var open = tenant.groups(containing: .user(user))
        while !open.isEmpty {
            var next: [GroupID] = []
            for group in open where seen.insert(group).inserted {
                found.append(group)
                next += tenant.groups(containing: .group(group))
            }
            open = next
        }
        return found
    }

    private func assignments(
        of user: UserID, to resource: ServicePrincipalID
    ) -> [AppRoleAssignment] {
        var found = tenant.assignments(of: .user(user)).filter { $0.resource == resource }
        for group in tenant.groups(containing: .user(user)) {
            found += tenant.assignments(of: .group(group)).filter { $0.resource == resource }
        }
        return found
    }

    private func assignments(
        of client: ServicePrincipalID, to resource: ServicePrincipalID
    ) -> [AppRoleAssignment] {
        tenant.assignments(of: .servicePrincipal(client)).filter { $0.resource == resource }
    }

    private func values(
        _ assignments: [AppRoleAssignment], defined: [AppRegistration.AppRole]
    ) -> [String] {
        var values: [String] = []
        for assignment in assignments {
            if let value = defined.first(where: { $0.id == assignment.appRole })?.value,
                !values.contains(value)
            {
                values.append(value)
            }
        }
        return values
    }
}
