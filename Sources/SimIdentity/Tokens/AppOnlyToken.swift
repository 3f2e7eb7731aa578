import SimCore
import SimDirectory
import SimErrors

/// An access token that speaks for an application alone. identity-platform.md §4.2, §11.5.
struct AppOnlyToken: Sendable {
    let issuer: TokenIssuer
    let client: ClientApplication
    let proof: ClientProof
    let resource: Resource
    let lifetime: Duration
    /// What the client asked for by `claims`.
    var requested = ClaimsRequest.none

    func signed() throws(AADSTSError) -> String {
        let version = resource.accessTokenVersion
        let optional = OptionalClaims(resource.optionalClaims, .accessToken)
        var claims = issuer.claimSet(
            .appOnlyAccess, audience: resource.audience(optional), version: version,
            lifetime: lifetime, app: resource.appID)
        let object = client.principal.id.description
        claims.set("oid", object)
        claims.set("sub", object)
        claims.set(
            "roles",
            Assignments(tenant: issuer.tenant).roles(
                of: client.principal.id, on: resource.principal, defined: resource.appRoles))
        resource.addCapabilities(of: requested, to: &claims, optional, issuer.platform.settings)
        optional.add(to: &claims, issuer)
        switch version {
        case .v2:
            claims.set("azp", client.appID.description)
            claims.set("azpacr", proof.rawValue)
            if optional.asks(for: "idtyp") { claims.set("idtyp", "app") }
        case .v1:
            claims.set("appid", client.appID.description)
            claims.set("appidacr", proof.rawValue)
            claims.set("idp", issuer.platform.identityProvider(of: issuer.tenantID))
            if optional.asks(for: "idtyp") || resource.isGraph { claims.set("idtyp", "app") }
            if resource.isGraph {
                claims.set("app_displayname", client.principal.displayName)
                FirstPartyClaims.application.add(to: &claims, issuer)
            }
        }
        return try issuer.sign(claims, version, .access, for: resource.appID)
    }
}
