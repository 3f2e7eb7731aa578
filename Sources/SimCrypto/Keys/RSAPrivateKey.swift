import COpenSSL

/// A private RSA key: signs tokens, assertions and SAML.
package final class RSAPrivateKey: Sendable {
    let handle: KeyHandle
    private let contexts: SigningContexts
    /// The half that may be published.
    package let publicKey: RSAPublicKey

    private init(_ handle: KeyHandle) throws(CryptoError) {
        guard handle.isRSA else {
            throw CryptoError(operation: "read an RSA key", reasons: ["another kind of key"])
        }
        self.handle = handle
        contexts = SigningContexts(handle)
        publicKey = try RSAPublicKey(sharing: handle)
    }

    /// A new key from the library's own randomness; takes 0.1 to 0.5 s for 2048 bits.
    package static func generate(bits: Int = 2048) throws(CryptoError) -> RSAPrivateKey {
        Library.prepare()
        guard RSAPublicKey.bitRange.contains(bits), let key = shim_EVP_RSA_gen(UInt32(bits)) else {
            throw .drained("make an RSA key")
        }
        return try RSAPrivateKey(KeyHandle(owning: key))
    }

    /// Reads PKCS#8 or PKCS#1 text without passphrase.
    package convenience init(pem: String) throws(CryptoError) {
        try self.init(KeyHandle(privatePEM: pem))
    }

    /// PKCS#8, unencrypted, with a final line break.
    package func pem() throws(CryptoError) -> String { try handle.privatePEM() }

    /// RSASSA-PKCS1-v1_5 with SHA-256: the same message always gives the same bytes.
    package func signRS256(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        try contexts.sign(SHA256.digest(message))
    }

    /// RSASSA-PSS with SHA-256 and a 32-byte salt: different bytes each time.
    package func signPS256(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        try RSASignature.signPSS(message, with: handle)
    }
}
