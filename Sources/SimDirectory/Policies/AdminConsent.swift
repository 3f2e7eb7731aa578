import SimCore

/// An administrator's consent for everybody: delegated permissions tenant-wide, and permissions
/// for the application itself as role assignments. identity-platform.md §7.
package struct AdminConsent: Hashable, Sendable {
    /// What is consented to on one API.
    package struct Part: Hashable, Sendable {
        package let resource: ServicePrincipal
        package var scopes: [AppRegistration.PermissionScope]
        package var roles: [AppRegistration.AppRole]

        package init(
            resource: ServicePrincipal, scopes: [AppRegistration.PermissionScope],
            roles: [AppRegistration.AppRole] = []
        ) {
            self.resource = resource
            self.scopes = scopes
            self.roles = roles
        }

        package var isEmpty: Bool { scopes.isEmpty && roles.isEmpty }
    }

    package let client: ServicePrincipal
    package var parts: [Part]

    package init(client: ServicePrincipal, parts: [Part] = []) {
        self.client = client
        self.parts = parts
    }

    /// Everything a registration says it needs, as far as its APIs are in the tenant.
    ///
    /// - Parameter registration: finds an API's registration wherever it was made.
    package init(
        client: ServicePrincipal, needs: [RequiredResourceAccess],
        in tenant: any DirectoryQueries, registration: (AppID) -> AppRegistration?
    ) {
        self.client = client
        parts = needs.compactMap { need in
            guard let resource = tenant.servicePrincipal(appID: need.resource),
                let api = registration(need.resource)
            else { return nil }
            let scopeIDs = need.ids(.scope)
            let roleIDs = need.ids(.role)
            let part = Part(
                resource: resource, scopes: api.scopes.filter { scopeIDs.contains($0.id.guid) },
                roles: api.appRoles.filter { roleIDs.contains($0.id.guid) })
            return part.isEmpty ? nil : part
        }
    }

    /// Whether only the highest administrators may give it: application permissions of Graph.
    package var needsPrivilegedAdministrator: Bool {
        parts.contains { BuiltInApplications.isBuiltIn($0.resource.appID) && !$0.roles.isEmpty }
    }

    /// What must be written; grants join what was granted before. Nothing when all of it is there.
    package func events(
        in tenant: any DirectoryQueries, now: Timestamp, random: any RandomSource
    ) -> [TenantEvent] {
        var events: [TenantEvent] = []
        if tenant.servicePrincipal(client.id) == nil {
            events.append(.servicePrincipalCreated(client))
        }
        for part in parts {
            events += grant(part, in: tenant, random)
            let present = tenant.assignments(of: .servicePrincipal(client.id))
            for role in part.roles
            where !present.contains(where: {
                $0.resource == part.resource.id && $0.appRole == role.id
            }) {
                events.append(
                    .assigned(
                        AppRoleAssignment(
                            id: AssignmentID(random.guid(for: .adminConsent)),
                            principal: .servicePrincipal(client.id), resource: part.resource.id,
                            appRole: role.id, createdAt: now)))
            }
        }
        return events
    }

    private func grant(
        _ part: Part, in tenant: any DirectoryQueries, _ random: any RandomSource
    ) -> [TenantEvent] {
        guard !part.scopes.isEmpty else { return [] }
        let present = tenant.grants(of: client.id).first {
            $0.resource == part.resource.id && $0.consent == .allPrincipals
        }
        var grant =
            present
            ?? PermissionGrant(
                id: GrantID(random.guid(for: .adminConsent)), client: client.id,
                resource: part.resource.id, consent: .allPrincipals, scopes: [])
        for scope in part.scopes where !grant.scopes.contains(scope.value) {
            grant.scopes.append(scope.value)
        }
        return grant == present ? [] : [.granted(grant)]
    }
}

extension DirectoryRole {
    /// Roles that may consent for everybody; the first two to everything, the others to all but
    /// Graph's application permissions.
    package static let consenting: [DirectoryRole] = [
        .globalAdministrator, .privilegedRoleAdministrator, .applicationAdministrator,
        .cloudApplicationAdministrator,
    ]

    package static let privileged: [DirectoryRole] = [
        .globalAdministrator, .privilegedRoleAdministrator,
    ]
}

extension RandomPurpose {
    fileprivate static let adminConsent = RandomPurpose("admin consent")
}
