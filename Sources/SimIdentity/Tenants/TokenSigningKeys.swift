import SimCrypto
import SimDirectory

/// Where the platform finds the keys that sign tokens.
package protocol TokenSigningKeys: Sendable {
    /// The key that signs a tenant's next token.
    func signingKey(of tenant: TenantID) -> SigningKey
    /// What the tenant's key document holds, in its order.
    func publishedKeys(of tenant: TenantID) -> [SigningKey]
}

/// One key that every tenant signs with.
package struct SharedSigningKey: TokenSigningKeys {
    private let key: SigningKey

    package init(_ key: SigningKey) {
        self.key = key
    }

    package func signingKey(of tenant: TenantID) -> SigningKey { key }
    package func publishedKeys(of tenant: TenantID) -> [SigningKey] { [key] }
}
