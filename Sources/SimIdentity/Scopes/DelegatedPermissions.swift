import SimDirectory
import SimErrors

/// What a client may do on a resource in a person's name, and what it asked for beyond that.
struct DelegatedPermissions: Sendable {
    /// Granted short names, sorted.
    let granted: [String]
    /// Asked for, but nobody has consented; in the order asked.
    let missing: [AppRegistration.PermissionScope]
    /// Asked for and not exposed by the resource.
    let unknown: [String]
    let asksForDefault: Bool

    /// Grants of the tenant's administrators and of the person together.
    /// An application needs nobody's consent to call itself.
    /// Source: identity-platform.md §3.3 rule 9, §7.
    init(
        of client: ClientApplication, on resource: Resource, for user: UserID?,
        asking scopes: [ScopeRequest.ResourceScope], in tenant: any DirectoryQueries
    ) {
        let exposed = resource.scopes.filter(\.isEnabled)
        let asked = scopes.filter { !$0.isDefault }.map(\.value)
        var granted: Set<String> = []
        if client.appID == resource.appID {
            granted = Set(exposed.map(\.value))
        } else {
            for grant in tenant.grants(of: client.principal.id)
            where grant.resource == resource.principal
                && (grant.consent == .allPrincipals
                    || user.map { grant.consent == .principal($0) } == true)
            {
                granted.formUnion(grant.scopes)
            }
            // What an API lets an application do without asking anybody.
            let trusted = resource.preAuthorized.first { $0.appID == client.appID }?.scopes ?? []
            granted.formUnion(exposed.filter { trusted.contains($0.id) }.map(\.value))
        }
        asksForDefault = scopes.contains(where: \.isDefault)
        unknown = asked.filter { value in
            !exposed.contains { $0.value == value } && !granted.contains(value)
        }
        var missing = asked.compactMap { value in
            granted.contains(value) ? nil : exposed.first { $0.value == value }
        }
        // `.default` prompts only when nothing at all is granted.
        if asksForDefault, granted.isEmpty, client.appID != resource.appID {
            missing = StaticPermissions(client: client, resource: resource).scopes
        }
        self.missing = missing
        self.granted = granted.subtracting(ScopeRequest.OpenIDScope.allCases.map(\.rawValue))
            .sorted()
    }

    /// `scope` of a token answer. identity-platform.md §3.2, table "Scope echo".
    func echo(_ request: ScopeRequest, resource: Resource, version: ProtocolVersion) -> String {
        switch version {
        case .v1:
            return granted.joined(separator: " ")
        case .v2:
            var names = resource.isGraph ? request.echoedOpenID : []
            names += granted.map { resource.scopePrefix + $0 }
            if asksForDefault { names.append(resource.scopePrefix + ScopeRequest.defaultScope) }
            return names.joined(separator: " ")
        }
    }

    /// `scp` of the access token: short names, Graph's with the OpenID scopes.
    func claim(_ request: ScopeRequest, resource: Resource) -> String? {
        let names = (resource.isGraph ? request.echoedOpenID : []) + granted
        return names.isEmpty ? nil : names.joined(separator: " ")
    }
}
