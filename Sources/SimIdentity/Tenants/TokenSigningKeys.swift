import SimCore
import SimCrypto
import SimDirectory

/// Where the platform finds the keys that sign tokens. When each of them signs and is published
/// is in the tenant's log (`SigningKeySchedule`); here are the keys themselves, by number.
package protocol TokenSigningKeys: Sendable {
    /// A key of a tenant, or of one of its applications.
    func key(_ number: Int, of tenant: TenantID, app: AppID?) -> SigningKey
    /// Whether some tenant may publish other keys than when the simulator started.
    var mayHaveChanged: Bool { get }
}

/// One key that every tenant signs with.
package struct SharedSigningKey: TokenSigningKeys {
    private let key: SigningKey

    package init(_ key: SigningKey) {
        self.key = key
    }

    package var mayHaveChanged: Bool { false }
    package func key(_ number: Int, of tenant: TenantID, app: AppID?) -> SigningKey { key }
}

extension IdentityPlatform {
    /// The key that signs a token: the audience's own where it has one, else the tenant's.
    /// identity-platform.md §6.
    ///
    /// - Parameter audience: the application the token is for.
    package func signingKey(
        of tenant: any DirectoryQueries, for audience: AppID?, at now: Timestamp
    ) -> SigningKey {
        let id = tenant.tenantID
        if let audience, let number = tenant.ownSigningKeys(of: audience).last {
            return keys.key(number, of: id, app: audience)
        }
        return keys.key(tenant.signingKeys.signingKey(at: now).number, of: id, app: nil)
    }

    /// What a key document holds, each key once.
    ///
    /// - Parameter app: `?appid=`: that application's own keys stand first.
    package func publishedKeys(
        of tenant: any DirectoryQueries, for app: AppID? = nil, at now: Timestamp
    ) -> [SigningKey] {
        let id = tenant.tenantID
        var found: [SigningKey] = []
        if let app {
            found = tenant.ownSigningKeys(of: app).reversed().map {
                keys.key($0, of: id, app: app)
            }
        }
        for entry in tenant.signingKeys.publishedKeys(at: now) {
            let key = keys.key(entry.number, of: id, app: nil)
            if !found.contains(where: { $0.kid == key.kid }) { found.append(key) }
        }
        return found
    }
}

extension DirectoryQueries {
    /// Numbers of an application's own token-signing keys; the last one signs.
    fileprivate func ownSigningKeys(of app: AppID) -> [Int] {
        servicePrincipal(appID: app)?.tokenSigningKeys ?? []
    }
}
