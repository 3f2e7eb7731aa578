import SimCore
import SimCrypto
import SimDirectory
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// Answers `/{t}/discovery/…/keys`. Source: identity-platform.md §6, §11.3.
    func keySet(
        _ exchange: Exchange, _ version: ProtocolVersion, tenant segment: String
    ) -> HTTPResponse {
        publicDocument(exchange) { () throws(AADSTSError) in
            keyDocument(
                version, try TenantScope.find(segment, in: tenants),
                app: exchange.query?["appid"].flatMap { AppID($0) }, at: exchange.now
            ).serialized
        }
    }

    /// The keys of a tenant; on an alias those of every tenant, each once.
    ///
    /// - Parameter app: an application whose own keys are wanted too.
    func keyDocument(
        _ version: ProtocolVersion, _ scope: TenantScope, app: AppID? = nil, at now: Timestamp
    ) -> JSONObject {
        var published: [(key: SigningKey, issuer: String)] = []
        switch scope {
        case .tenant(let tenant):
            let id = tenant.tenantID
            published = publishedKeys(of: tenant, for: app, at: now).map {
                ($0, issuer(.v2, tenant: id))
            }
        case .alias:
            let issuer = issuer(.v2, tenant: "{tenantid}")
            for tenant in tenants.all {
                for key in publishedKeys(of: tenant, for: app, at: now)
                where !published.contains(where: { $0.key.kid == key.kid }) {
                    published.append((key, issuer))
                }
            }
        }
        let values = published.map { key, issuer -> JSONValue in
            switch version {
            case .v1: .object(key.jwk(issuer: nil, withCloudInstance: false))
            case .v2: .object(key.jwk(issuer: issuer, withCloudInstance: true))
            }
        }
        return ["keys": .array(values)]
    }
}
