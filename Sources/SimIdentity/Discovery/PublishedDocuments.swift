import SimCore

/// Discovery and key documents made in advance, so that the commonest requests copy bytes.
/// Made again when tenants or keys change.
package struct PublishedDocuments: Sendable {
    /// Bodies that hold as long as the tenants do.
    private var bodies: [String: [UInt8]] = [:]
    /// Bodies that hold until some tenant rolls over its keys.
    private var keyBodies: [String: [UInt8]] = [:]

    /// None: every document is made when asked for.
    package init() {}

    /// All documents of all tenants, by GUID and by domain, and of the aliases.
    package init(of platform: IdentityPlatform, at now: Timestamp) {
        var scopes: [(segment: String, scope: TenantScope)] = TenantScope.Alias.allCases.map {
            ($0.rawValue, .alias($0))
        }
        for tenant in platform.tenants.all {
            scopes.append((tenant.profile.id.description, .tenant(tenant)))
            scopes += tenant.profile.domains.map { ($0.lowercased(), .tenant(tenant)) }
        }
        for (segment, scope) in scopes {
            bodies["/\(segment)/v2.0/.well-known/openid-configuration"] =
                platform.document(.v2, scope).serialized
            bodies["/\(segment)/.well-known/openid-configuration"] =
                platform.document(.v1, scope).serialized
            keyBodies["/\(segment)/discovery/v2.0/keys"] =
                platform.keyDocument(.v2, scope, at: now).serialized
            keyBodies["/\(segment)/discovery/keys"] =
                platform.keyDocument(.v1, scope, at: now).serialized
        }
    }

    /// The body at a path, exactly as spelled here; nil for every other spelling, with a query, and
    /// for the keys of tenants whose keys may have changed.
    package subscript(
        target: String, keysMayHaveChanged changed: @autoclosure () -> Bool
    ) -> [UInt8]? {
        bodies[target] ?? (changed() ? nil : keyBodies[target])
    }

    /// Every path with a body, sorted.
    package var paths: [String] { (Array(bodies.keys) + Array(keyBodies.keys)).sorted() }
}
