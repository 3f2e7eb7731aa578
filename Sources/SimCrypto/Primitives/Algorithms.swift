import COpenSSL

/// A digest algorithm looked up once: looking it up by name costs more than hashing a short text.
///
/// Unchecked: a fetched `EVP_MD` lives until the process ends.
/// That it is never changed protects it.
struct DigestAlgorithm: @unchecked Sendable {
    let pointer: OpaquePointer
    let byteCount: Int

    static let sha1 = DigestAlgorithm("SHA1")
    static let sha256 = DigestAlgorithm("SHA256")
    static let sha384 = DigestAlgorithm("SHA384")
    static let sha512 = DigestAlgorithm("SHA512")

    private init(_ name: String) {
        Library.prepare()
        guard let pointer = EVP_MD_fetch(nil, name, nil) else {
            preconditionFailure("this OpenSSL has no \(name): \(ErrorQueue.drain())")
        }
        self.pointer = pointer
        byteCount = Int(EVP_MD_get_size(pointer))
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: byteCount)
        let status = EVP_Digest(bytes, bytes.count, &out, nil, pointer, nil)
        precondition(status == 1, "hashing in memory fails only when memory is exhausted")
        return out
    }
}

/// AES-256-GCM looked up once.
///
/// Unchecked: a fetched `EVP_CIPHER` lives until the process ends.
/// That it is never changed protects it.
struct CipherAlgorithm: @unchecked Sendable {
    let pointer: OpaquePointer

    static let aes256GCM = CipherAlgorithm("AES-256-GCM")

    private init(_ name: String) {
        Library.prepare()
        guard let pointer = EVP_CIPHER_fetch(nil, name, nil) else {
            preconditionFailure("this OpenSSL has no \(name): \(ErrorQueue.drain())")
        }
        self.pointer = pointer
    }
}

/// HMAC looked up once.
///
/// Unchecked: a fetched `EVP_MAC` lives until the process ends.
/// That it is never changed protects it.
struct MACAlgorithm: @unchecked Sendable {
    let pointer: OpaquePointer

    static let hmac = MACAlgorithm("HMAC")

    private init(_ name: String) {
        Library.prepare()
        guard let pointer = EVP_MAC_fetch(nil, name, nil) else {
            preconditionFailure("this OpenSSL has no \(name): \(ErrorQueue.drain())")
        }
        self.pointer = pointer
    }
}
