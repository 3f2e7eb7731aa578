import COpenSSL
import SimCore

/// The three certificates the simulator makes.
extension Certificate {
    /// A token-signing certificate: it vouches for `key` with `key` itself.
    ///
    /// Source: identity-platform.md §6 (`CN=accounts.accesscontrol.windows.net`, five years).
    /// - Parameter serial: 1 to 20 bytes; the top bit is cleared.
    package static func selfSigned(
        rsa key: RSAPrivateKey, commonName: String, serial: [UInt8], from: Timestamp, to: Timestamp
    ) throws(CryptoError) -> Certificate {
        try CertificateBuilder(
            commonName: commonName, serial: serial, notBefore: from, notAfter: to, key: key.handle,
            extensions: [(NID_subject_key_identifier, "hash")]
        ).sign(with: key.handle, issuer: nil)
    }

    /// The local authority that issues the server certificate; it may issue no authorities.
    package static func authority(
        key: ECPrivateKey, commonName: String, serial: [UInt8], from: Timestamp, to: Timestamp
    ) throws(CryptoError) -> Certificate {
        try CertificateBuilder(
            commonName: commonName, serial: serial, notBefore: from, notAfter: to, key: key.handle,
            extensions: [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"),
                (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
            ]
        ).sign(with: key.handle, issuer: nil)
    }

    /// A TLS server certificate.
    ///
    /// - Parameter names: DNS names, `*.` wildcards and IP literals, at least one; the first is
    ///   the common name too.
    package static func server(
        names: [String], publicKeyOf key: ECPrivateKey, issuer: Certificate,
        issuerKey: ECPrivateKey, serial: [UInt8], from: Timestamp, to: Timestamp
    ) throws(CryptoError) -> Certificate {
        var alternatives: [String] = []
        for name in names { alternatives.append(try ServerName(name).extensionText) }
        guard let first = names.first else {
            throw CryptoError(operation: "make a certificate", reasons: ["no server name"])
        }
        return try CertificateBuilder(
            commonName: first, serial: serial, notBefore: from, notAfter: to, key: key.handle,
            extensions: [
                (NID_basic_constraints, "critical,CA:FALSE"),
                (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, "serverAuth"),
                (NID_subject_key_identifier, "hash"),
                (NID_authority_key_identifier, "keyid:always"),
                (NID_subject_alt_name, alternatives.joined(separator: ",")),
            ]
        ).sign(with: issuerKey.handle, issuer: issuer)
    }
}
