import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// Another issuer's token in place of a certificate's. identity-platform.md §3.1.
extension ClientAssertion {
    /// The issuer, when it is not the client itself: clients name themselves by their app id,
    /// issuers by their address.
    var foreignIssuer: String? {
        token.claims["iss"]?.stringValue.flatMap { $0.hasPrefix("https://") ? $0 : nil }
    }

    /// Issuer, subject and audience in this order, each exactly; then times and signature.
    func check(
        from issuer: String, for client: ClientApplication, now: Timestamp,
        platform: IdentityPlatform
    ) throws(AADSTSError) {
        if let type = token.header["typ"] {
            guard let text = type.stringValue, Self.types.contains(text) else {
                throw .assertionTypeWrong
            }
        }
        guard token.algorithm.flatMap(SignatureAlgorithm.init) != nil else {
            throw .assertionAlgorithmUnsupported
        }
        var trusted = client.registration.federatedCredentials
        guard !trusted.isEmpty else { throw .noFederatedCredentials(client.named) }
        trusted = trusted.filter { $0.issuer.atOrigin(platform.origin) == issuer }
        let isOurs = platform.issues(issuer)
        guard !trusted.isEmpty else {
            throw isOurs ? .federatedServiceToken : .federatedIssuerUnknown(issuer)
        }
        if isOurs, token.claims["scp"] != nil { throw .federatedUserToken }
        let subject = token.claims["sub"]?.stringValue ?? ""
        trusted = trusted.filter { $0.subject == subject }
        guard !trusted.isEmpty else { throw .federatedSubjectUnknown(subject) }
        let audiences =
            token.claims["aud"]?.arrayValue?.compactMap(\.stringValue)
            ?? [token.claims["aud"]?.stringValue].compactMap { $0 }
        guard trusted.contains(where: { !audiences.filter($0.audiences.contains).isEmpty })
        else { throw .federatedAudienceUnknown(audiences.first ?? "") }
        try checkTimes(now)
        let key: RSAPublicKey
        switch platform.key(of: issuer, id: token.keyID, at: now) {
        case .found(let found): key = found
        case .notFound: throw .assertionRefused(.keyNotFound)
        case .unreachable: throw .issuerUnreachable
        }
        guard token.isSigned(by: key) else { throw .assertionRefused(.signatureInvalid) }
    }
}

extension String {
    /// With `{origin}` at the start replaced.
    fileprivate func atOrigin(_ origin: String) -> String {
        let mark = "{origin}"
        return hasPrefix(mark) ? origin + dropFirst(mark.count) : self
    }
}
