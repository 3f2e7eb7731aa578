import SimCore
import SimDirectory
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// The token the provisioning service presents for an app of a tenant at a target's token
    /// endpoint (AT1): app-only, version 2, for the app itself, whatever its registration asks
    /// for. provisioning.md §10.2.
    ///
    /// - Throws: what a token request in the app's name would be refused with.
    package func workloadToken(
        of app: AppID, in tenantID: TenantID, now: Timestamp
    ) throws(AADSTSError) -> String {
        guard let tenant = tenants.tenant(tenantID) else {
            throw .tenantNotFound(tenantID.description)
        }
        let client = try client(app.description, in: tenant)
        let exchange = Exchange(
            HTTPRequest(method: .post, target: "/\(tenantID)/oauth2/v2.0/token"), at: now,
            platform: self)
        let issuer = TokenIssuer(platform: self, exchange: exchange, tenant: tenant)
        var claims = issuer.claimSet(
            .appOnlyAccess, audience: app.description, version: .v2,
            lifetime: TokenLifetime.appOnly(
                settings,
                tenant.policies.tokenLifetime(
                    client.principal.tokenLifetimePolicy, client.registration.tokenLifetimePolicy)),
            app: app)
        let principal = client.principal.id
        claims.set("oid", principal.description)
        claims.set("sub", principal.description)
        claims.set("azp", app.description)
        // No secret was shown: the service itself vouches for the app.
        claims.set("azpacr", ClientProof.certificate.rawValue)
        claims.set("idtyp", "app")
        claims.set(
            "roles",
            Assignments(tenant: tenant).roles(
                of: principal, on: principal, defined: client.registration.appRoles))
        return try issuer.sign(claims, .v2, .access, for: app)
    }
}
