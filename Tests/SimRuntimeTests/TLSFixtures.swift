import SimCore
import SimCrypto

/// A local authority and servers it vouches for, made once per run.
enum TestTLS {
    struct Authority: Sendable {
        let key: ECPrivateKey
        let certificate: Certificate
    }

    static let from = Timestamp(seconds: 1_767_600_000)
    static let authority = Result { () throws(CryptoError) in
        let key = try ECPrivateKey.generate()
        return Authority(
            key: key,
            certificate: try .authority(
                key: key, commonName: "Runtime test authority", serial: [7], from: from,
                to: from + .days(3_650)))
    }

    /// Server settings with a certificate for `names`, valid for ten years.
    static func context(names: [String]) throws -> TLSContext {
        let authority = try authority.get()
        let key = try ECPrivateKey.generate()
        let certificate = try Certificate.server(
            names: names, publicKeyOf: key, issuer: authority.certificate,
            issuerKey: authority.key, serial: [8], from: from, to: from + .days(3_650))
        return try .server(identity: TLSIdentity(chain: [certificate], key: key))
    }

    static func trust() throws -> TrustStore {
        .certificates([try authority.get().certificate])
    }
}
