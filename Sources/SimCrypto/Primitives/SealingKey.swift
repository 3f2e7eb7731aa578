import COpenSSL

/// A secret that turns bytes into tokens only its holder can read or change: AES-256-GCM.
///
/// Sealed shape: 12 bytes nonce ‖ ciphertext (as long as the plaintext) ‖ 16 bytes tag.
/// Source: NIST SP 800-38D.
package struct SealingKey: Sendable {
    package static let byteCount = 32
    package static let nonceByteCount = 12
    package static let tagByteCount = 16
    /// Bytes that sealing adds.
    package static let overhead = nonceByteCount + tagByteCount

    private let bytes: [UInt8]

    /// - Parameter bytes: exactly 32 bytes of chance.
    package init(_ bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == Self.byteCount else {
            throw CryptoError(
                operation: "use a sealing key",
                reasons: ["\(bytes.count) bytes instead of \(Self.byteCount)"])
        }
        self.bytes = bytes
    }

    /// Seals `plaintext`; opening needs the same `context`, which is authenticated, not contained.
    ///
    /// - Parameter nonce: 12 bytes never used before with this key.
    package func seal(
        _ plaintext: [UInt8], nonce: [UInt8], context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        guard nonce.count == Self.nonceByteCount, plaintext.count <= Int(Int32.max) / 2,
            context.count <= Int(Int32.max) / 2
        else { throw CryptoError(operation: "seal", reasons: ["nonce or text of wrong length"]) }
        guard let cipher = EVP_CIPHER_CTX_new() else { throw .drained("seal") }
        defer { EVP_CIPHER_CTX_free(cipher) }
        var out = nonce
        out.append(contentsOf: repeatElement(0, count: plaintext.count + Self.tagByteCount))
        var count: Int32 = 0
        let isSealed = out.withUnsafeMutableBufferPointer { out in
            guard let start = out.baseAddress else { return false }
            let text = start + Self.nonceByteCount
            let tag = text + plaintext.count
            return EVP_EncryptInit_ex(cipher, CipherAlgorithm.aes256GCM.pointer, nil, bytes, nonce)
                == 1
                && (context.isEmpty
                    || EVP_EncryptUpdate(cipher, nil, &count, context, Int32(context.count)) == 1)
                && EVP_EncryptUpdate(cipher, text, &count, plaintext, Int32(plaintext.count)) == 1
                && EVP_EncryptFinal_ex(cipher, tag, &count) == 1
                && EVP_CIPHER_CTX_ctrl(
                    cipher, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), tag) == 1
        }
        guard isSealed else { throw .drained("seal") }
        return out
    }

    /// The plaintext of `sealed`; nil when it was changed, shortened, sealed with another key or
    /// for another context.
    package func open(_ sealed: [UInt8], context: [UInt8] = []) -> [UInt8]? {
        guard sealed.count >= Self.overhead, sealed.count <= Int(Int32.max) / 2,
            context.count <= Int(Int32.max) / 2, let cipher = EVP_CIPHER_CTX_new()
        else { return nil }
        defer { EVP_CIPHER_CTX_free(cipher) }
        let textCount = sealed.count - Self.overhead
        var out = [UInt8](repeating: 0, count: textCount)
        var tag = Array(sealed.suffix(Self.tagByteCount))
        var count: Int32 = 0
        var rest: [UInt8] = [0]
        let isGenuine = sealed.withUnsafeBufferPointer { sealed in
            guard let nonce = sealed.baseAddress else { return false }
            return EVP_DecryptInit_ex(cipher, CipherAlgorithm.aes256GCM.pointer, nil, bytes, nonce)
                == 1
                && (context.isEmpty
                    || EVP_DecryptUpdate(cipher, nil, &count, context, Int32(context.count)) == 1)
                && EVP_DecryptUpdate(
                    cipher, &out, &count, nonce + Self.nonceByteCount, Int32(textCount)) == 1
                && EVP_CIPHER_CTX_ctrl(
                    cipher, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), &tag) == 1
                && EVP_DecryptFinal_ex(cipher, &rest, &count) == 1
        }
        guard isGenuine else {
            ERR_clear_error()
            return nil
        }
        return out
    }
}

extension SealingKey: CustomStringConvertible, CustomReflectable {
    /// Says nothing of the bytes: a key does not get into a log by being printed.
    package var description: String { "SealingKey" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
