import COpenSSL

/// Owner of one `EVP_PKEY`.
///
/// Unchecked: OpenSSL lets threads that each hold their own context use one key at the same time.
/// That the key is never changed after it was made protects it.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over the reference.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_free(pointer)
    }

    var isRSA: Bool { EVP_PKEY_is_a(pointer, "RSA") == 1 }
    var isEC: Bool { EVP_PKEY_is_a(pointer, "EC") == 1 }

    /// Reads an unencrypted private key, PKCS#8 or the algorithm's traditional form.
    convenience init(privatePEM pem: String) throws(CryptoError) {
        Library.prepare()
        let bio = try MemoryBuffer.holding(pem, "read a private key")
        defer { BIO_free(bio) }
        // Without a callback of ours the library would ask at the terminal for a passphrase.
        guard let key = PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil) else {
            throw .drained("read a private key")
        }
        self.init(owning: key)
    }

    /// PKCS#8, unencrypted.
    func privatePEM() throws(CryptoError) -> String {
        try MemoryBuffer.text("write a private key") { bio in
            PEM_write_bio_PKCS8PrivateKey(bio, pointer, nil, nil, 0, nil, nil)
        }
    }

    /// A large number of the key as big-endian bytes without leading zeros.
    func number(_ name: String) throws(CryptoError) -> [UInt8] {
        var value: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &value) == 1, let value else {
            throw .drained("read a key's numbers")
        }
        defer { BN_free(value) }
        var out = [UInt8](repeating: 0, count: Int(BN_num_bits(value) + 7) / 8)
        _ = BN_bn2bin(value, &out)
        return out
    }
}

/// Text for the library's readers and output of its writers, in memory.
enum MemoryBuffer {
    /// A buffer with a copy of `text`: the library reads it after this call has returned, when an
    /// array's own memory would already be free. The caller frees the buffer.
    static func holding(
        _ text: String, _ operation: String
    ) throws(CryptoError) -> OpaquePointer {
        guard let bio = BIO_new(BIO_s_mem()) else { throw .drained(operation) }
        let bytes = Array(text.utf8)
        guard
            bytes.isEmpty || Int(BIO_write(bio, bytes, Int32(clamping: bytes.count))) == bytes.count
        else {
            BIO_free(bio)
            throw .drained(operation)
        }
        return bio
    }

    /// What `write` wrote; `operation` names it in the error.
    static func bytes(
        _ operation: String, _ write: (OpaquePointer) -> Int32
    ) throws(CryptoError) -> [UInt8] {
        guard let bio = BIO_new(BIO_s_mem()) else { throw .drained(operation) }
        defer { BIO_free(bio) }
        guard write(bio) >= 1 else { throw .drained(operation) }
        return contents(of: bio)
    }

    /// As `bytes`, as text.
    static func text(
        _ operation: String, _ write: (OpaquePointer) -> Int32
    ) throws(CryptoError) -> String {
        String(decoding: try bytes(operation, write), as: UTF8.self)
    }

    /// What a memory BIO holds; it keeps it.
    static func contents(of bio: OpaquePointer) -> [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = shim_BIO_get_mem_data(bio, &start)
        guard count > 0, let start else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
