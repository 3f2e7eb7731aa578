import COpenSSL

/// What a TLS server shows and proves: its certificate, those between it and the authority, and
/// the private key of the first.
package final class TLSIdentity: Sendable {
    /// Leaf first; the authority itself need not be there.
    package let chain: [Certificate]
    let key: KeyHandle

    /// - Parameters:
    ///   - chain: at least the server's own certificate, which comes first.
    ///   - key: the key it vouches for.
    package convenience init(chain: [Certificate], key: ECPrivateKey) throws(CryptoError) {
        try self.init(chain: chain, key: key.handle)
    }

    /// Reads a chain and a key of any kind from PEM texts.
    package convenience init(chainPEM: String, keyPEM: String) throws(CryptoError) {
        try self.init(
            chain: Certificate.all(inPEM: chainPEM), key: KeyHandle(privatePEM: keyPEM))
    }

    private init(chain: [Certificate], key: KeyHandle) throws(CryptoError) {
        guard let leaf = chain.first else {
            throw CryptoError(operation: "use a TLS identity", reasons: ["no certificate in it"])
        }
        guard X509_check_private_key(leaf.handle.pointer, key.pointer) == 1 else {
            throw .drained("use a TLS identity")
        }
        self.chain = chain
        self.key = key
    }
}
