import SimCore
import SimCrypto

/// Where the platform finds the keys of issuers other than its own tenants: their discovery
/// documents, fetched ahead of a request. Deciding stays free of input and output.
package protocol TrustedIssuerKeys: Sendable {
    /// A key an issuer publishes now; nil when it is not known.
    func publicKey(issuer: String, keyID: String?) -> RSAPublicKey?
}

/// No issuer but the simulator's own tenants.
package struct NoForeignIssuers: TrustedIssuerKeys {
    package init() {}

    package func publicKey(issuer: String, keyID: String?) -> RSAPublicKey? { nil }
}

extension IdentityPlatform {
    /// Whether an issuer is one of our tenants.
    func issues(_ name: String) -> Bool {
        tenants.all.contains { tenant in
            let id = tenant.profile.id
            return name == issuer(.v1, tenant: id) || name == issuer(.v2, tenant: id)
        }
    }

    /// A key of an issuer: of one of our tenants, or of a foreign one.
    func publicKey(
        issuer name: String, keyID: String?, at now: Timestamp
    ) -> RSAPublicKey? {
        for tenant in tenants.all {
            let id = tenant.profile.id
            guard name == issuer(.v1, tenant: id) || name == issuer(.v2, tenant: id) else {
                continue
            }
            return publishedKeys(of: tenant, at: now).first { $0.kid == keyID }?.privateKey
                .publicKey
        }
        return issuerKeys.publicKey(issuer: name, keyID: keyID)
    }
}
