import COpenSSL

/// A public RSA key: checks signatures.
package final class RSAPublicKey: Sendable {
    /// Sizes accepted; a larger one would let a stranger's key make a check cost a second.
    package static let bitRange = 1_024...8_192
    /// Longest exponent accepted, in bytes.
    package static let exponentByteLimit = 8

    private let handle: KeyHandle
    /// `n`, big-endian without leading zeros.
    package let modulus: [UInt8]
    /// `e`, big-endian without leading zeros; 65537 is `01 00 01`.
    package let exponent: [UInt8]

    init(sharing handle: KeyHandle) throws(CryptoError) {
        guard handle.isRSA else {
            throw CryptoError(operation: "read an RSA key", reasons: ["another kind of key"])
        }
        modulus = try handle.number(OSSL_PKEY_PARAM_RSA_N)
        exponent = try handle.number(OSSL_PKEY_PARAM_RSA_E)
        self.handle = handle
        guard Self.bitRange.contains(Int(EVP_PKEY_get_bits(handle.pointer))) else {
            throw CryptoError(
                operation: "read an RSA key", reasons: ["not \(Self.bitRange) bits long"])
        }
    }

    /// A key from the numbers of a JWK, big-endian; leading zeros are accepted.
    package convenience init(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        let significant = modulus.drop { $0 == 0 }
        guard significant.count <= Self.bitRange.upperBound / 8,
            significant.count >= Self.bitRange.lowerBound / 8,
            (1...Self.exponentByteLimit).contains(exponent.count),
            significant.last.map({ $0 & 1 == 1 }) == true,
            exponent.last.map({ $0 & 1 == 1 }) == true
        else {
            throw CryptoError(operation: "read an RSA key", reasons: ["impossible numbers"])
        }
        try self.init(sharing: Self.handle(modulus: Array(significant), exponent: exponent))
    }

    /// A key from a SubjectPublicKeyInfo. RFC 5280 §4.1.2.7.
    package convenience init(spkiDER der: [UInt8]) throws(CryptoError) {
        Library.prepare()
        let key = der.withUnsafeBufferPointer { der -> OpaquePointer? in
            var cursor = der.baseAddress
            return d2i_PUBKEY(nil, &cursor, der.count)
        }
        guard let key else { throw .drained("read a public key") }
        try self.init(sharing: KeyHandle(owning: key))
    }

    /// The key as a SubjectPublicKeyInfo.
    package func spkiDER() throws(CryptoError) -> [UInt8] {
        try MemoryBuffer.bytes("write a public key") { i2d_PUBKEY_bio($0, handle.pointer) }
    }

    /// Whether `signature` is the PKCS#1 v1.5 signature of `message` with SHA-256.
    package func verifyRS256(_ message: [UInt8], signature: [UInt8]) -> Bool {
        RSASignature.isValid(signature, of: message, key: handle, .pkcs1)
    }

    /// Whether `signature` is a PSS signature of `message` with SHA-256 and a 32-byte salt.
    package func verifyPS256(_ message: [UInt8], signature: [UInt8]) -> Bool {
        RSASignature.isValid(signature, of: message, key: handle, .pss)
    }

    private static func handle(
        modulus: [UInt8], exponent: [UInt8]
    ) throws(CryptoError) -> KeyHandle {
        Library.prepare()
        let operation = "read an RSA key"
        let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
        let e = BN_bin2bn(exponent, Int32(exponent.count), nil)
        let builder = OSSL_PARAM_BLD_new()
        let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer {
            BN_free(n)
            BN_free(e)
            OSSL_PARAM_BLD_free(builder)
            EVP_PKEY_CTX_free(context)
        }
        guard shim_OSSL_PARAM_BLD_push_rsa_n(builder, n) == 1,
            shim_OSSL_PARAM_BLD_push_rsa_e(builder, e) == 1,
            let parameters = OSSL_PARAM_BLD_to_param(builder)
        else { throw .drained(operation) }
        defer { OSSL_PARAM_free(parameters) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, shim_EVP_PKEY_PUBLIC_KEY(), parameters) == 1, let key
        else { throw .drained(operation) }
        return KeyHandle(owning: key)
    }
}

extension RSAPublicKey: Hashable {
    package static func == (left: RSAPublicKey, right: RSAPublicKey) -> Bool {
        left.modulus == right.modulus && left.exponent == right.exponent
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(modulus)
        hasher.combine(exponent)
    }
}
