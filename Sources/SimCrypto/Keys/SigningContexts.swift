import COpenSSL
import Synchronization

/// Contexts that are ready to sign SHA-256 digests with one RSA key, PKCS#1 v1.5.
///
/// To make one the library looks its algorithms up behind locks that all threads share, and
/// allocates; a used one is ready again. There are as many as threads ever signed at once.
final class SigningContexts: Sendable {
    /// Kept for the next signatures: one for each thread that signs, on the largest machines.
    private static let limit = 64

    private let key: KeyHandle
    private let idle = Mutex<[SigningContext]>([])

    init(_ key: KeyHandle) {
        self.key = key
    }

    func sign(_ digest: [UInt8]) throws(CryptoError) -> [UInt8] {
        let taken = idle.withLock { $0.popLast() }
        let context: SigningContext
        if let taken { context = taken } else { context = try SigningContext(key) }
        let signature = try context.sign(digest)
        // One that has failed is not used again.
        idle.withLock { if $0.count < Self.limit { $0.append(context) } }
        return signature
    }
}

/// A context that signs.
///
/// Unchecked: whoever takes it out of the idle ones has it alone.
/// That there is one owner at a time protects it.
private final class SigningContext: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let signatureCount: Int

    init(_ key: KeyHandle) throws(CryptoError) {
        guard let pointer = EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil) else {
            throw .drained("sign")
        }
        self.pointer = pointer
        signatureCount = Int(EVP_PKEY_get_size(key.pointer))
        guard EVP_PKEY_sign_init(pointer) == 1,
            EVP_PKEY_CTX_set_rsa_padding(pointer, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(pointer, DigestAlgorithm.sha256.pointer) == 1
        else { throw .drained("sign") }
    }

    deinit {
        EVP_PKEY_CTX_free(pointer)
    }

    func sign(_ digest: [UInt8]) throws(CryptoError) -> [UInt8] {
        var count = signatureCount
        var out = [UInt8](repeating: 0, count: count)
        guard EVP_PKEY_sign(pointer, &out, &count, digest, digest.count) == 1 else {
            throw .drained("sign")
        }
        out.removeLast(out.count - count)
        return out
    }
}
