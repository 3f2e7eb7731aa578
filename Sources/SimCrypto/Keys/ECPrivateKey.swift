import COpenSSL

/// A private P-256 key, for the local authority and the TLS server certificate: half the
/// handshake cost of RSA. Tokens are never signed with it.
package final class ECPrivateKey: Sendable {
    let handle: KeyHandle

    private init(_ handle: KeyHandle) throws(CryptoError) {
        guard handle.isEC else {
            throw CryptoError(operation: "read an EC key", reasons: ["another kind of key"])
        }
        self.handle = handle
    }

    /// A new key from the library's own randomness.
    package static func generate() throws(CryptoError) -> ECPrivateKey {
        Library.prepare()
        guard let key = shim_EVP_EC_gen("P-256") else { throw .drained("make an EC key") }
        return try ECPrivateKey(KeyHandle(owning: key))
    }

    /// Reads PKCS#8 or SEC 1 text without passphrase.
    package convenience init(pem: String) throws(CryptoError) {
        try self.init(KeyHandle(privatePEM: pem))
    }

    /// PKCS#8, unencrypted, with a final line break.
    package func pem() throws(CryptoError) -> String { try handle.privatePEM() }
}
