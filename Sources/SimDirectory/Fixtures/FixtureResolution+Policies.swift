import SimCore

extension FixtureResolution {
    /// Roles of the tenant, once everybody exists.
    func resolveRoles(into result: inout Result) {
        var seen: Set<DirectoryRoleAssignment> = []
        for draft in roles {
            guard let principal = principal(draft.principal, into: &result) else { continue }
            let assignment = DirectoryRoleAssignment(role: draft.role, principal: principal)
            guard seen.insert(assignment).inserted else {
                result.note(
                    .duplicate(kind: "role", name: draft.role.displayName),
                    at: draft.principal.place)
                continue
            }
            result.events.append(.directoryRoleAssigned(assignment))
        }
    }

    /// The application with every permission it needs as an id.
    func resolved(
        _ draft: ApplicationDraft, into result: inout Result
    ) -> AppRegistration {
        var application = draft.application
        application.requiredResourceAccess = draft.requiredAccess.compactMap {
            required($0, into: &result)
        }
        return application
    }

    private func required(
        _ draft: RequiredAccessDraft, into result: inout Result
    ) -> RequiredResourceAccess? {
        var appID = draft.resourceAppID
        if let reference = draft.resource {
            guard let resource = app(reference, into: &result) else { return nil }
            appID = resource.appID
        }
        guard let appID else { return nil }
        let registration = registration(of: appID)
        var permissions = draft.permissions
        for scope in draft.scopes {
            let known = registration?.scopes ?? []
            if let found = known.first(where: { $0.value == scope.name }) {
                permissions.append(.init(id: found.id.guid, kind: .scope))
            } else {
                noteUnknown(scope, "scope", registration, known.map(\.value), into: &result)
            }
        }
        for role in draft.roles {
            let known = (registration?.appRoles ?? []).filter {
                $0.allowedMemberTypes.contains(.application)
            }
            if let found = known.first(where: { $0.value == role.name }) {
                permissions.append(.init(id: found.id.guid, kind: .role))
            } else {
                noteUnknown(
                    role, "app role", registration, known.compactMap(\.value), into: &result)
            }
        }
        return RequiredResourceAccess(resource: appID, permissions: permissions)
    }

    private func noteUnknown(
        _ reference: FixtureReference, _ kind: String, _ resource: AppRegistration?,
        _ known: [String], into result: inout Result
    ) {
        result.note(
            .unknownReference(
                kind: "\(kind) of \(resource?.displayName ?? "that app")", name: reference.name),
            at: reference.place, nearest: NearestName.of(reference.name, in: known))
    }
}
