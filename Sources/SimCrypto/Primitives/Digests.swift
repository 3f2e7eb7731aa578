import COpenSSL

/// SHA-1: certificate thumbprints (`x5t`), name-based GUIDs and authenticator codes only, never a
/// signature.
package enum SHA1 {
    /// The 20-byte digest.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sha1.digest(bytes) }
}

/// SHA-256. FIPS 180-4.
package enum SHA256 {
    /// The 32-byte digest.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sha256.digest(bytes) }
}

/// SHA-384. FIPS 180-4.
package enum SHA384 {
    /// The 48-byte digest.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sha384.digest(bytes) }
}

/// SHA-512. FIPS 180-4.
package enum SHA512 {
    /// The 64-byte digest.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sha512.digest(bytes) }
}

/// HMAC with SHA-256. RFC 2104.
package enum HMACSHA256 {
    package static let byteCount = 32

    /// The 32-byte authentication code of `bytes` under `key` (any length, empty too).
    package static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        guard let context = EVP_MAC_CTX_new(MACAlgorithm.hmac.pointer) else {
            preconditionFailure("a context fails only when memory is exhausted")
        }
        defer { EVP_MAC_CTX_free(context) }
        var out = [UInt8](repeating: 0, count: byteCount)
        var written = 0
        let parameters = [shim_OSSL_MAC_PARAM_DIGEST_sha256(), OSSL_PARAM_construct_end()]
        // An empty key needs a pointer all the same: nil means "keep the former key".
        let material = key.isEmpty ? [0] : key
        let isDone =
            EVP_MAC_init(context, material, key.count, parameters) == 1
            && EVP_MAC_update(context, bytes, bytes.count) == 1
            && EVP_MAC_final(context, &out, &written, byteCount) == 1
        precondition(isDone && written == byteCount, "HMAC of memory fails without memory only")
        return out
    }
}

/// HMAC with SHA-1, which authenticator apps use. RFC 2104; RFC 6238 §1.2.
package enum HMACSHA1 {
    private static let blockByteCount = 64

    /// The 20-byte authentication code of `bytes` under `key` (any length, empty too).
    package static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var block = key.count > blockByteCount ? SHA1.digest(key) : key
        block += [UInt8](repeating: 0, count: blockByteCount - block.count)
        let inner = SHA1.digest(block.map { $0 ^ 0x36 } + bytes)
        return SHA1.digest(block.map { $0 ^ 0x5C } + inner)
    }
}

/// Comparison of secrets that takes as long for the first byte as for the last.
package enum ConstantTime {
    /// Whether both are the same; only the lengths may be told from the time it takes.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return CRYPTO_memcmp(left, right, left.count) == 0
    }
}
