import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// A client's signed JWT. RFC 7523 §3; identity-platform.md §3.1.
struct ClientAssertion: Sendable {
    let token: JSONWebToken

    /// Header types the service accepts; an absent one is fine.
    static let types = ["JWT", "http://openid.net/specs/jwt/1.0"]
    /// Longest wrong clock of a client that is forgiven.
    static let clockSkew: Duration = .minutes(5)
    /// Shorter keys prove nothing any more (50032).
    static let leastKeyBits = 2_048

    init(_ text: String) throws(AADSTSError) {
        token = try JSONWebToken(presented: text, padding: .tolerated)
    }

    /// The checks in the service's order; the first that fails is the answer.
    func check(
        for client: ClientApplication, audiences: [String], now: Timestamp
    ) throws(AADSTSError) {
        if let type = token.header["typ"] {
            guard let text = type.stringValue, Self.types.contains(text) else {
                throw .assertionTypeWrong
            }
        }
        guard token.algorithm.flatMap(SignatureAlgorithm.init) != nil else {
            throw .assertionAlgorithmUnsupported
        }
        guard token.sha1Thumbprint != nil || token.sha256Thumbprint != nil else {
            throw .assertionWithoutThumbprint
        }
        let issuer = token.claims["iss"]?.stringValue
        guard issuer?.lowercased() == client.appID.description else {
            throw .assertionIssuerMismatch
        }
        guard token.claims["sub"]?.stringValue == issuer else { throw .assertionSubjectMismatch }
        guard hasAudience(audiences) else { throw .assertionAudienceMismatch }
        try checkTimes(now)
        try checkSignature(of: client, now: now)
    }

    private func hasAudience(_ accepted: [String]) -> Bool {
        let sent =
            token.claims["aud"]?.arrayValue?.compactMap(\.stringValue)
            ?? [token.claims["aud"]?.stringValue].compactMap { $0 }
        return sent.contains { audience in
            accepted.contains { $0.lowercased() == audience.lowercased() }
        }
    }

    func checkTimes(_ now: Timestamp) throws(AADSTSError) {
        guard let until = time("exp") else { throw .assertionNotJWT }
        let from = time("nbf") ?? time("iat") ?? until
        guard from <= now + Self.clockSkew, now - Self.clockSkew < until else {
            throw .assertionOutsideValidity(now: now, from: from, until: until)
        }
    }

    /// A numeric date; clients send whole seconds and fractions.
    private func time(_ name: String) -> Timestamp? {
        guard let seconds = token.claims[name]?.doubleValue, seconds.isFinite,
            abs(seconds) < 1e11
        else { return nil }
        return Timestamp(microseconds: Int64(seconds * 1_000_000))
    }

    private func checkSignature(
        of client: ClientApplication, now: Timestamp
    ) throws(AADSTSError) {
        let match = try registeredKey(of: client)
        let thumbprint = Self.hex(match.certificate.sha1Thumbprint)
        func refused(_ fault: AADSTSError.AssertionKeyFault) -> AADSTSError {
            .assertionKeyRefused(fault, thumbprint: thumbprint, app: client.appID.guid)
        }
        guard let key = match.certificate.publicKey, token.isSigned(by: key) else {
            throw refused(.signatureInvalid)
        }
        guard match.credential.startsAt <= now, now < match.credential.endsAt else {
            throw refused(.expired)
        }
        guard key.modulus.count * 8 >= Self.leastKeyBits else { throw .weakKey }
        let certificate = match.certificate
        guard certificate.notBefore <= now, now < certificate.notAfter else {
            throw .certificateOutsideValidity(
                now: now, from: certificate.notBefore, until: certificate.notAfter)
        }
    }

    /// The registered certificate the header names by SHA-256 or SHA-1.
    private func registeredKey(
        of client: ClientApplication
    ) throws(AADSTSError) -> (credential: AppRegistration.KeyCredential, certificate: Certificate) {
        for credential in client.registration.keyCredentials {
            // A registered credential that is no certificate of ours to read cannot be named.
            guard let certificate = try? Certificate(der: credential.certificate) else { continue }
            if let named = token.sha256Thumbprint {
                if named == certificate.sha256Thumbprint { return (credential, certificate) }
            } else if token.sha1Thumbprint == certificate.sha1Thumbprint {
                return (credential, certificate)
            }
        }
        guard !client.registration.keyCredentials.isEmpty else { throw .noKeysConfigured }
        let named = token.sha1Thumbprint ?? token.sha256Thumbprint ?? []
        throw .assertionKeyRefused(
            .notFound, thumbprint: Self.hex(named), app: client.appID.guid)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

extension JSONWebToken {
    /// A token somebody presents: a readable header (50120), and the rest of a JWT (50027).
    init(presented text: String, padding: Padding = .refused) throws(AADSTSError) {
        do {
            self = try JSONWebToken(parsing: text, padding: padding)
        } catch {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, !parts.contains(where: \.isEmpty) else {
                throw .assertionNotJWT
            }
            let header = Base64.urlDecode(parts[0]).flatMap { try? JSONValue(parsing: $0) }
            throw header?.objectValue == nil ? .tokenHeaderUnreadable : .assertionNotJWT
        }
    }
}
