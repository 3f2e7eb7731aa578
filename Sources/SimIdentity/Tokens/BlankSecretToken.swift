import SimCore
import SimDirectory
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// The application every custom app's tokens are for. provisioning.md §1.1.
    private static let customApp = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
    /// The service itself, as captured in 2019. provisioning.md §10.1 [W].
    private static let provisioningService = "00000014-0000-0000-c000-000000000000"

    /// The token the provisioning service sends where the secret was left blank: version 1, from
    /// the tenant's issuer, for the application that stands for every custom app. For testing
    /// endpoints that can check a token. provisioning.md §10.1.
    package func blankSecretToken(
        in tenantID: TenantID, now: Timestamp
    ) throws(AADSTSError) -> String {
        guard let tenant = tenants.tenant(tenantID), let app = AppID(Self.provisioningService),
            let audience = AppID(Self.customApp)
        else { throw .tenantNotFound(tenantID.description) }
        let exchange = Exchange(
            HTTPRequest(method: .post, target: "/\(tenantID)/oauth2/token"), at: now,
            platform: self)
        let issuer = TokenIssuer(platform: self, exchange: exchange, tenant: tenant)
        var claims = issuer.claimSet(
            .appOnlyAccess, audience: Self.customApp, version: .v1,
            lifetime: TokenLifetime.appOnly(settings, nil), app: app)
        claims.set("appid", Self.provisioningService)
        claims.set("appidacr", ClientProof.certificate.rawValue)
        claims.set("idp", identityProvider(of: tenantID))
        return try issuer.sign(claims, .v1, .access, for: audience)
    }
}
