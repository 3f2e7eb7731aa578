import SimCore
import SimDirectory

/// Applications of the flows without a redirect: a public client, and an API that calls another.
extension Fixture {
    /// `console` is a public client of this tenant, `traveller` one of every organization;
    /// `gateway` (v1 tokens) and `hub` (v2 tokens) are APIs that call `api` for their callers.
    static var flowApplications: [TenantEvent] {
        registration("console") { $0.isFallbackPublicClient = true }
            + registration("traveller") {
                $0.isFallbackPublicClient = true
                $0.signInAudience = .multipleOrganizations
            }
            + middleTier("gateway", version: nil) + middleTier("hub", version: 2)
            + consents
    }

    private static func middleTier(_ name: String, version: Int?) -> [TenantEvent] {
        registration(name) {
            $0.identifierURIs = ["api://\(name)"]
            $0.requestedAccessTokenVersion = version
            $0.passwordCredentials = [web]
            $0.scopes = [
                .init(
                    id: PermissionScopeID(id("scope call \(name)")), value: "call",
                    displayName: "Call the \(name)")
            ]
        }
    }

    private static var consents: [TenantEvent] {
        let pairs = [
            ("console", "api", "read"), ("console", "gateway", "call"),
            ("console", "hub", "call"), ("traveller", "api", "read"),
            ("gateway", "api", "read"), ("hub", "api", "read"),
        ]
        return pairs.map { client, resource, scope in
            .granted(
                PermissionGrant(
                    id: GrantID(id("grant \(client) \(resource)")), client: principal(client),
                    resource: principal(resource), consent: .allPrincipals, scopes: [scope]))
        }
    }
}
