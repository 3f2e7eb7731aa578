import SimCore
import SimHTTP

extension ControlRoutes {
    /// Tenants as wholes, and tokens made for them.
    static let tenantEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "tenants", "tenants with counts") { _ in .listTenants },
        ControlEndpoint(.get, "tenants/{tenant}", "one tenant") { input throws(ControlError) in
            .showTenant(try input.parameter("tenant"))
        },
        ControlEndpoint(.get, "tenants/{tenant}/export", "the tenant as a fixture") {
            input throws(ControlError) in
            .exportTenant(try input.parameter("tenant"))
        },
        ControlEndpoint(
            .post, "tenants/{tenant}/tokens", body: ["app", "user", "scope", "lifetime"],
            "a token without a flow"
        ) { input throws(ControlError) in
            let scope = try input.body.string("scope") ?? ""
            let mint = TokenMint(
                app: try input.body.requiredString("app"), user: try input.body.string("user"),
                scopes: scope.split(separator: " ").map(String.init),
                lifetime: try input.body.duration("lifetime"))
            return .mintToken(tenant: try input.parameter("tenant"), mint)
        },
    ]
}
