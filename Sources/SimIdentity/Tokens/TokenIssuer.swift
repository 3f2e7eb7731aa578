import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// Signs tokens of one tenant for one exchange.
struct TokenIssuer: Sendable {
    let platform: IdentityPlatform
    let exchange: Exchange
    let tenant: any DirectoryQueries

    enum TokenKind: Sendable {
        case appOnlyAccess, userAccess(SignIn), identity(SignIn)
    }

    var tenantID: TenantID { tenant.tenantID }

    /// A token under construction with the claims every kind has.
    func claimSet(
        _ kind: TokenKind, audience: String, version: ProtocolVersion, lifetime: Duration,
        app: AppID
    ) -> ClaimSet {
        let (subject, isIdentity) = kind.facts
        let appOnly = subject == .application
        var claims = ClaimSet(
            audience: audience, issuer: platform.issuer(version, tenant: tenantID),
            now: exchange.now, expiresAt: exchange.now + lifetime)
        let entropy = platform.random.bytes(72, for: .tokenEntropy)
        claims.set("aio", OpaqueClaims.aio(Array(entropy[0..<36]), subject))
        claims.set(
            "rh",
            OpaqueClaims.prefix(
                tenant: tenantID, app: app,
                varying: appOnly ? [0, 0, 0] : Array(entropy[36..<39])))
        claims.set("tid", tenantID.description)
        claims.set("uti", OpaqueClaims.uti(exchange.traceID))
        switch version {
        case .v1: claims.set("ver", "1.0")
        case .v2: claims.set("ver", "2.0")
        }
        if version == .v2, !isIdentity {
            claims.set("xms_ftd", OpaqueClaims.federatedTokenData(Array(entropy[40..<72])))
        }
        return claims
    }

    /// Signs; a signature that fails is ours to answer for.
    ///
    /// - Parameter audience: whom the token is for; an application with a key of its own gets its
    ///   tokens signed with that.
    func sign(
        _ claims: consuming ClaimSet, _ version: ProtocolVersion, _ token: TokenTamper.Token,
        for audience: AppID
    ) throws(AADSTSError) -> String {
        let key = platform.signingKey(of: tenant, for: audience, at: exchange.now)
        do {
            if let tamper = platform.tamper, tamper.touches(token) {
                return try TamperedToken(tamper.defect, at: exchange.now).signed(
                    claims.object(), header: version == .v1 ? key.v1Header : key.v2Header, by: key)
            }
            if token == .access, audience == MicrosoftGraph.appID,
                platform.settings.sealsGraphTokens
            {
                let nonce = Base64.urlEncode(platform.random.bytes(32, for: .tokenNonce))
                return try GraphToken.signed(
                    claims.object(), header: version == .v1 ? key.v1Header : key.v2Header,
                    nonce: nonce, by: key)
            }
            return try key.signToken(
                header: version == .v1 ? .v1 : .v2, claims: claims.object())
        } catch {
            throw .issuanceFailed
        }
    }
}

extension TokenIssuer.TokenKind {
    fileprivate var facts: (subject: OpaqueClaims.Subject, isIdentity: Bool) {
        switch self {
        case .appOnlyAccess: (.application, false)
        case .userAccess(let signIn): (signIn.opaqueSubject, false)
        case .identity(let signIn): (signIn.opaqueSubject, true)
        }
    }
}

extension SignIn {
    fileprivate var opaqueSubject: OpaqueClaims.Subject {
        hasSecondFactor ? .personWithSecondFactor : .person
    }
}
