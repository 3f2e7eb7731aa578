import COpenSSL

/// The two RSA signatures with SHA-256 that tokens and assertions use. RFC 7518 §3.3, §3.5.
enum RSASignature {
    enum Scheme: Sendable {
        /// PKCS#1 v1.5: `RS256`.
        case pkcs1
        /// PSS with a salt as long as the digest: `PS256`.
        case pss
    }

    /// Other bytes each time; `SigningContexts` makes the other scheme's.
    static func signPSS(
        _ message: [UInt8], with key: KeyHandle
    ) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .drained("sign") }
        defer { EVP_MD_CTX_free(context) }
        var options: OpaquePointer?
        var count = Int(EVP_PKEY_get_size(key.pointer))
        var out = [UInt8](repeating: 0, count: count)
        guard
            EVP_DigestSignInit(
                context, &options, DigestAlgorithm.sha256.pointer, nil, key.pointer) == 1,
            configure(options, .pss),
            EVP_DigestSign(context, &out, &count, message, message.count) == 1
        else { throw .drained("sign") }
        out.removeLast(out.count - count)
        return out
    }

    static func isValid(
        _ signature: [UInt8], of message: [UInt8], key: KeyHandle, _ scheme: Scheme
    ) -> Bool {
        guard signature.count == Int(EVP_PKEY_get_size(key.pointer)),
            let context = EVP_MD_CTX_new()
        else { return false }
        defer { EVP_MD_CTX_free(context) }
        var options: OpaquePointer?
        let isValid =
            EVP_DigestVerifyInit(
                context, &options, DigestAlgorithm.sha256.pointer, nil, key.pointer) == 1
            && configure(options, scheme)
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    private static func configure(_ options: OpaquePointer?, _ scheme: Scheme) -> Bool {
        switch scheme {
        case .pkcs1:
            true
        case .pss:
            EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1
        }
    }
}
