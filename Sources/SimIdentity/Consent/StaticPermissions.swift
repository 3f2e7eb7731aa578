import SimCore
import SimDirectory
import SimErrors

/// What `.default` means: the permissions an application listed in its registration.
/// identity-platform.md §7.
struct StaticPermissions: Sendable {
    let client: ClientApplication
    let resource: Resource

    /// The listed delegated permissions of the resource; for Graph at least signing in.
    var scopes: [AppRegistration.PermissionScope] {
        let ids = client.registration.requiredResourceAccess
            .filter { $0.resource == resource.appID }.flatMap { $0.ids(.scope) }
        let listed = resource.scopes.filter { $0.isEnabled && ids.contains($0.id.guid) }
        guard listed.isEmpty, resource.isGraph else { return listed }
        return resource.scopes.filter {
            $0.value == ScopeRequest.OpenIDScope.openid.rawValue
        }
    }

    /// Refuses `.default` of an API that is not listed and of which nothing was ever granted.
    func check(_ tenant: any DirectoryQueries) throws(AADSTSError) {
        guard scopes.isEmpty, client.appID != resource.appID else { return }
        let grants = tenant.grants(of: client.principal.id)
        guard !grants.contains(where: { $0.resource == resource.principal }) else { return }
        let listed = client.registration.requiredResourceAccess.map(\.resource)
        guard !listed.isEmpty else {
            throw .permissionsNotListed(resource.displayName, app: client.named)
        }
        throw .resourceNotListed(
            resource.requestedName ?? resource.appID.description, resource: resource.appID.guid,
            listed: listed.map(\.guid), app: client.named)
    }
}
