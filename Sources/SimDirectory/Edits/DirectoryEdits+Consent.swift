import SimCore

extension DirectoryEdits {
    /// Lists further permissions of an API in a registration; those that are there stay once.
    /// - Parameters:
    ///   - scopes: values of delegated permissions.
    ///   - roles: values of app roles for applications.
    package func require(
        scopes: [String], roles: [String], of apiName: String, for appName: String
    ) throws(DirectoryEditError) -> [TenantEvent] {
        var app = try application(appName)
        let api = try servicePrincipal(apiName)
        let exposed = snapshot.application(appID: api.appID)
        var wanted: [RequiredResourceAccess.Permission] = []
        for name in scopes {
            let known = exposed?.scopes ?? []
            guard let found = known.first(where: { $0.value == name }) else {
                throw .notFound(
                    .scope, name: name, nearest: NearestName.of(name, in: known.map(\.value)))
            }
            wanted.append(.init(id: found.id.guid, kind: .scope))
        }
        for name in roles {
            let known = (exposed?.appRoles ?? []).filter {
                $0.allowedMemberTypes.contains(.application)
            }
            guard let found = known.first(where: { $0.value == name }) else {
                throw .notFound(
                    .appRole, name: name,
                    nearest: NearestName.of(name, in: known.compactMap(\.value)))
            }
            wanted.append(.init(id: found.id.guid, kind: .role))
        }
        let index = app.requiredResourceAccess.firstIndex { $0.resource == api.appID }
        let present = index.map { app.requiredResourceAccess[$0].permissions } ?? []
        let all = RequiredResourceAccess(
            resource: api.appID,
            permissions: present + wanted.filter { !present.contains($0) })
        if let index {
            app.requiredResourceAccess[index] = all
        } else {
            app.requiredResourceAccess.append(all)
        }
        return app == snapshot.application(app.id) ? [] : [.applicationChanged(app)]
    }

    /// An administrator's consent, for everybody, to everything an application lists.
    package func consent(to appName: String) throws(DirectoryEditError) -> [TenantEvent] {
        let app = try application(appName)
        return AdminConsent(
            client: try servicePrincipal(appName), needs: app.requiredResourceAccess,
            in: snapshot, registration: { snapshot.application(appID: $0) }
        ).events(in: snapshot, now: now, random: random)
    }
}
