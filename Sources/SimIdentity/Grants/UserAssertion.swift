import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// An access token of ours that its API presents to act for the person in it. RFC 7523 §2.1.
struct UserAssertion: Sendable {
    private let token: JSONWebToken

    /// Anything that is no JWT is malformed before the client is looked at.
    init(_ text: String) throws(AADSTSError) {
        token = try JSONWebToken(presented: text)
    }

    /// The tenant it says it comes from; not yet believed.
    var tenant: TenantID? { text("tid").flatMap { TenantID($0) } }

    /// The person's sign-in, if this client may use the token now. Order: aadsts.md §5.1, row 11.
    func signIn(
        for client: ClientApplication, in tenant: any DirectoryQueries,
        _ platform: IdentityPlatform, now: Timestamp
    ) throws(AADSTSError) -> SignIn {
        // Only access tokens name the client they were issued to.
        guard text("azp") != nil || text("appid") != nil else { throw .assertionIsIDToken }
        guard text("idtyp") != "app", text("sub") != text("oid") else {
            throw .assertionIsAppOnly(app: client.appID.guid)
        }
        let audience = text("aud") ?? ""
        guard client.isNamed(byAudience: audience) else {
            throw .assertionForAnotherAPI(audience, app: client.named)
        }
        try checkSignature(tenant, platform, now)
        guard let end = token.claims["exp"]?.intValue, let start = token.claims["iat"]?.intValue,
            let user = text("oid").flatMap({ UserID($0) })
        else { throw .assertionNotJWT }
        let until = Timestamp(seconds: end)
        guard now < until else { throw .assertionExpired(now: now, until: until) }
        let issuedAt = Timestamp(seconds: start) + TokenLifetime.backDate
        return SignIn(
            user: user, authenticatedAt: issuedAt, methods: methods,
            sessionID: text("sid").flatMap { GUID($0) } ?? platform.sessionID(),
            secondFactorAt: methods.contains("mfa") ? issuedAt : nil)
    }

    private func checkSignature(
        _ tenant: any DirectoryQueries, _ platform: IdentityPlatform, _ now: Timestamp
    ) throws(AADSTSError) {
        let id = tenant.tenantID
        let issuers = [platform.issuer(.v1, tenant: id), platform.issuer(.v2, tenant: id)]
        guard let issuer = text("iss"), issuers.contains(issuer) else {
            throw .assertionRefused(.issuerUnknown)
        }
        guard
            let key = platform.publishedKeys(of: tenant, at: now).first(where: {
                $0.kid == token.keyID
            })
        else { throw .assertionRefused(.keyNotFound) }
        guard token.isSigned(by: key.privateKey.publicKey) else {
            throw .assertionRefused(.signatureInvalid)
        }
    }

    /// How the person signed in: `amr` of a v1 token; a v2 token says it in its `aio` alone.
    private var methods: [String] {
        if let methods = token.claims["amr"]?.arrayValue {
            return methods.compactMap(\.stringValue)
        }
        return OpaqueClaims.tellsSecondFactor(aio: text("aio") ?? "") ? ["pwd", "mfa"] : ["pwd"]
    }

    private func text(_ name: String) -> String? { token.claims[name]?.stringValue }
}

extension ClientApplication {
    /// Whether a token for `audience` is a token for this application.
    fileprivate func isNamed(byAudience audience: String) -> Bool {
        let bare = audience.hasSuffix("/") ? String(audience.dropLast()) : audience
        let id = appID.description
        return bare.lowercased() == id || bare.lowercased() == "api://" + id
            || registration.identifierURIs.contains { uri in
                uri == audience || uri == bare || uri == bare + "/"
            }
    }
}
