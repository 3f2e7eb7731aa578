import SimCore

extension DirectoryEdits {
    /// Assigns a user, group or enterprise app to an application.
    /// - Parameter role: value or display name of an app role; nil takes the app's only role for
    ///   people besides `msiam_access`, or default access.
    package func assign(
        _ principalName: String, to appName: String, role: String? = nil
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let app = try servicePrincipal(appName)
        let principal = try principal(principalName)
        let roleID = try roleID(role, of: app, for: principal)
        let isDouble = snapshot.assignments(of: principal).contains {
            $0.resource == app.id && $0.appRole == roleID
        }
        guard !isDouble else {
            throw .alreadyAssigned(app: app.displayName, principal: name(of: principal))
        }
        return [
            .assigned(
                AppRoleAssignment(
                    id: AssignmentID(guid(.objectID)), principal: principal, resource: app.id,
                    appRole: roleID, createdAt: now))
        ]
    }

    /// Removes every assignment of the principal to the app, or the one in `role`.
    package func unassign(
        _ principalName: String, from appName: String, role: String? = nil
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let app = try servicePrincipal(appName)
        let principal = try principal(principalName)
        let wanted = try role.map { name throws(DirectoryEditError) in
            try roleID(name, of: app, for: principal)
        }
        let matches = snapshot.assignments(of: principal).filter {
            $0.resource == app.id && (wanted == nil || $0.appRole == wanted)
        }
        guard !matches.isEmpty else {
            throw .notAssigned(app: app.displayName, principal: name(of: principal))
        }
        return matches.map { .unassigned($0.id) }
    }

    /// Records admin consent, tenant-wide, to delegated permissions of `resource`; joined with
    /// what was granted before.
    package func grantAdminConsent(
        to clientName: String, scopes: [String], of resourceName: String = "Microsoft Graph"
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let client = try servicePrincipal(clientName)
        let resource = try servicePrincipal(resourceName)
        let known = snapshot.application(appID: resource.appID)?.scopes.map(\.value) ?? []
        for scope in scopes where !known.contains(scope) {
            throw .notFound(.scope, name: scope, nearest: NearestName.of(scope, in: known))
        }
        let existing = snapshot.grants(of: client.id).first {
            $0.resource == resource.id && $0.consent == .allPrincipals
        }
        var grant =
            existing
            ?? PermissionGrant(
                id: GrantID(guid(.objectID)), client: client.id, resource: resource.id,
                consent: .allPrincipals, scopes: [])
        for scope in scopes where !grant.scopes.contains(scope) { grant.scopes.append(scope) }
        return grant == existing ? [] : [.granted(grant)]
    }

    /// People get the application's role for people, apps its role for applications.
    private func roleID(
        _ name: String?, of app: ServicePrincipal, for principal: Principal
    ) throws(DirectoryEditError) -> AppRoleID {
        let roles = snapshot.application(appID: app.appID)?.appRoles.filter(\.isEnabled) ?? []
        let member: AppRegistration.AppRole.MemberType =
            if case .servicePrincipal = principal { .application } else { .user }
        let fitting = roles.filter { $0.allowedMemberTypes.contains(member) }
        guard let name else {
            let plain = fitting.filter { $0.displayName != "msiam_access" }
            return plain.count == 1 ? plain[0].id : .defaultAccess
        }
        if name == "Default Access" { return .defaultAccess }
        if let role = fitting.first(where: { $0.value == name || $0.displayName == name }) {
            return role.id
        }
        let names = fitting.map { $0.value ?? $0.displayName }
        throw .notFound(.appRole, name: name, nearest: NearestName.of(name, in: names))
    }

    /// What a person calls a principal, however a command named it.
    func name(of principal: Principal) -> String {
        switch principal {
        case .user(let id): snapshot.user(id)?.userPrincipalName ?? id.description
        case .group(let id): snapshot.group(id)?.displayName ?? id.description
        case .servicePrincipal(let id):
            snapshot.servicePrincipal(id)?.displayName ?? id.description
        }
    }
}
