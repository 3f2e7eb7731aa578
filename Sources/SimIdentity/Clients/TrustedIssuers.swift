import SimCore
import SimCrypto
import SimDirectory
import SimHTTP

/// What is known of a key of another issuer.
package enum IssuerKey: Sendable {
    case found(RSAPublicKey)
    /// The issuer's key set has no such key.
    case notFound
    /// The issuer's documents could not be read, or nobody said where they are (50166).
    case unreachable
}

/// Where the platform finds the keys of issuers other than its own tenants: what somebody gave it,
/// or fetched ahead of a request. Deciding stays free of input and output.
package protocol TrustedIssuerKeys: Sendable {
    func key(of issuer: String, id: String?) -> IssuerKey
}

/// No issuer but the simulator's own tenants.
package struct NoForeignIssuers: TrustedIssuerKeys {
    package init() {}

    package func key(of issuer: String, id: String?) -> IssuerKey { .unreachable }
}

/// Whose key a request will be judged by.
package struct IssuerQuestion: Hashable, Sendable {
    package let issuer: String
    package let keyID: String?

    package init(issuer: String, keyID: String?) {
        self.issuer = issuer
        self.keyID = keyID
    }
}

extension IdentityPlatform {
    /// The foreign key a token request needs: that of its assertion, when the application it
    /// names trusts the issuer. Asked before the request is answered, so that whoever may read the
    /// network can have the key by then.
    package func issuerQuestion(_ request: HTTPRequest) -> IssuerQuestion? {
        // What is no form, and no token, needs no key.
        guard let form = try? FormFields(parsing: String(decoding: request.body, as: UTF8.self)),
            let text = form["client_assertion"], let token = try? JSONWebToken(parsing: text),
            let issuer = token.claims["iss"]?.stringValue, issuer.hasPrefix("https://"),
            !issues(issuer), let app = form["client_id"].flatMap({ AppID($0) }),
            let registration = tenants.registration(app),
            registration.federatedCredentials.contains(where: { $0.issuer == issuer })
        else { return nil }
        return IssuerQuestion(issuer: issuer, keyID: token.keyID)
    }

    /// Whether an issuer is one of our tenants.
    func issues(_ name: String) -> Bool {
        tenants.all.contains { tenant in
            let id = tenant.tenantID
            return name == issuer(.v1, tenant: id) || name == issuer(.v2, tenant: id)
        }
    }

    /// A key of an issuer: of one of our tenants, or of a foreign one.
    func key(of name: String, id keyID: String?, at now: Timestamp) -> IssuerKey {
        for tenant in tenants.all {
            let id = tenant.tenantID
            guard name == issuer(.v1, tenant: id) || name == issuer(.v2, tenant: id) else {
                continue
            }
            let key = publishedKeys(of: tenant, at: now).first { $0.kid == keyID }
            return key.map { .found($0.privateKey.publicKey) } ?? .notFound
        }
        return issuerKeys.key(of: name, id: keyID)
    }
}
