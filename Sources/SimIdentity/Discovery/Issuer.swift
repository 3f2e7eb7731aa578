import SimDirectory

/// The names tokens are issued under. Source: identity-platform.md §4.2, §11.
enum Issuer {
    /// `https://localhost:8443/{tid}/v2.0`, or v1's form with a slash at the end.
    ///
    /// - Parameter tenant: a tenant's GUID, or the literal `{tenantid}` of alias documents.
    static func name(
        _ version: ProtocolVersion, tenant: String, origin: String,
        issuers: IdentitySettings.Issuers
    ) -> String {
        switch (version, issuers) {
        case (.v2, .ownOrigin): "\(origin)/\(tenant)/v2.0"
        case (.v1, .ownOrigin): "\(origin)/\(tenant)/"
        case (.v2, .microsoft): "https://login.microsoftonline.com/\(tenant)/v2.0"
        case (.v1, .microsoft): "https://sts.windows.net/\(tenant)/"
        }
    }
}

extension IdentityPlatform {
    func issuer(_ version: ProtocolVersion, tenant: TenantID) -> String {
        issuer(version, tenant: tenant.description)
    }

    func issuer(_ version: ProtocolVersion, tenant: String) -> String {
        Issuer.name(version, tenant: tenant, origin: origin, issuers: settings.issuers)
    }

    /// Who vouches for a user at home, as `idp` prints it.
    func identityProvider(of tenant: TenantID) -> String { issuer(.v1, tenant: tenant) }
}
