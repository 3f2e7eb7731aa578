import SimCore
import SimCrypto

/// What is wrong with a server certificate that clients are to refuse.
package enum CertificateDefect: Hashable, Sendable {
    case expired, notYetValid, wrongName, untrusted
}

/// Makes the certificates of a key set. Lifetimes follow what clients accept: a server certificate
/// over 825 days is refused by some of them.
struct CertificateMaker {
    private static let authorityLifetime = Duration.days(3_650)
    private static let serverLifetime = Duration.days(820)
    /// Renewed when less than this is left.
    private static let renewalMargin = Duration.days(30)
    /// Source: identity-platform.md §6.
    private static let signingLifetime = Duration.days(1_826)
    private static let applicationLifetime = Duration.days(1_096)
    private static let applicationCommonName = "Microsoft Azure Federated SSO Certificate"
    private static let signingCommonName = "accounts.accesscontrol.windows.net"
    /// Clients whose clock is a little behind accept a new certificate too.
    private static let backdate = Duration.days(1)

    let machineTime: Timestamp
    let random: any RandomSource

    private var start: Timestamp { machineTime - Self.backdate }

    func authority() throws(CryptoError) -> CertifiedKey {
        let key = try ECPrivateKey.generate()
        let certificate = try Certificate.authority(
            key: key, commonName: "entra-sim local CA (test only)", serial: serial(), from: start,
            to: machineTime + Self.authorityLifetime)
        return CertifiedKey(certificate: certificate, key: key)
    }

    func server(names: [String], authority: CertifiedKey) throws(CryptoError) -> CertifiedKey {
        let key = try ECPrivateKey.generate()
        let certificate = try Certificate.server(
            names: names, publicKeyOf: key, issuer: authority.certificate,
            issuerKey: authority.key, serial: serial(), from: start,
            to: machineTime + Self.serverLifetime)
        return CertifiedKey(certificate: certificate, key: key)
    }

    /// The same with one thing wrong with it.
    func server(
        names: [String], authority: CertifiedKey, with defect: CertificateDefect
    ) throws(CryptoError) -> CertifiedKey {
        let key = try ECPrivateKey.generate()
        let (from, to) =
            switch defect {
            case .expired: (machineTime - Self.serverLifetime, machineTime - Self.backdate)
            case .notYetValid: (machineTime + .days(30), machineTime + Self.serverLifetime)
            case .wrongName, .untrusted: (start, machineTime + Self.serverLifetime)
            }
        let certificate = try Certificate.server(
            names: defect == .wrongName ? ["wrong.example"] : names, publicKeyOf: key,
            issuer: authority.certificate, issuerKey: authority.key, serial: serial(), from: from,
            to: to)
        return CertifiedKey(certificate: certificate, key: key)
    }

    func signingKey() throws(CryptoError) -> SigningKey {
        try selfSigned(Self.signingCommonName, lasting: Self.signingLifetime)
    }

    /// A key that signs the tokens of one application alone.
    func applicationKey() throws(CryptoError) -> SigningKey {
        try selfSigned(Self.applicationCommonName, lasting: Self.applicationLifetime)
    }

    private func selfSigned(
        _ commonName: String, lasting lifetime: Duration
    ) throws(CryptoError) -> SigningKey {
        let key = try RSAPrivateKey.generate()
        let certificate = try Certificate.selfSigned(
            rsa: key, commonName: commonName, serial: serial(), from: start,
            to: machineTime + lifetime)
        return try SigningKey(privateKey: key, certificate: certificate)
    }

    /// Whether a stored server certificate still serves: issued by our CA, in time, all names.
    func isStillGood(_ certificate: Certificate, for names: [String], issuer: Certificate) -> Bool {
        certificate.signatureIsValid(with: issuer)
            && certificate.notAfter > machineTime + Self.renewalMargin
            // A wildcard cannot be asked for by itself, and it never stands alone here.
            && names.allSatisfy { $0.hasPrefix("*.") || certificate.isValid(forHost: $0) }
    }

    /// 16 random bytes, positive and not zero. RFC 5280 §4.1.2.2.
    private func serial() -> [UInt8] {
        var bytes = random.bytes(16, for: RandomPurpose("certificate serial"))
        bytes[0] = bytes[0] & 0x7F | 0x01
        return bytes
    }
}
