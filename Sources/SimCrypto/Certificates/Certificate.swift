import COpenSSL
import SimCore

/// An X.509 certificate. Two are equal when their DER bytes are.
package struct Certificate: Sendable {
    /// Largest certificate read, in bytes.
    package static let byteLimit = 65_536
    /// Most certificates read from one PEM text (a system store has about 150).
    package static let countLimit = 1_000

    let handle: CertificateHandle
    /// The certificate as it was signed.
    package let der: [UInt8]
    /// SHA-1 of the DER, 20 bytes: `x5t` and the token keys' `kid` are made from it.
    package let sha1Thumbprint: [UInt8]
    /// First moment of validity.
    package let notBefore: Timestamp
    /// Last moment of validity.
    package let notAfter: Timestamp
    /// RFC 4514 text: `CN=accounts.accesscontrol.windows.net`.
    package let subject: String
    /// RFC 4514 text of who signed it.
    package let issuer: String
    /// The key it vouches for; nil when that is not an RSA key.
    package let publicKey: RSAPublicKey?

    /// Reads one certificate; bytes after it are refused.
    package init(der: [UInt8]) throws(CryptoError) {
        Library.prepare()
        let operation = "read a certificate"
        guard der.count <= Self.byteLimit else {
            throw CryptoError(operation: operation, reasons: ["more than \(Self.byteLimit) bytes"])
        }
        var used = 0
        let pointer = der.withUnsafeBufferPointer { der -> OpaquePointer? in
            var cursor = der.baseAddress
            let pointer = d2i_X509(nil, &cursor, der.count)
            used = cursor.flatMap { end in der.baseAddress.map { end - $0 } } ?? 0
            return pointer
        }
        guard let pointer else { throw .drained(operation) }
        let handle = CertificateHandle(owning: pointer)
        guard used == der.count else {
            throw CryptoError(operation: operation, reasons: ["bytes after the certificate"])
        }
        try self.init(handle, der: der)
    }

    /// Reads the first certificate of a PEM text; text around it is ignored.
    package init(pem: String) throws(CryptoError) {
        guard let first = try Self.all(inPEM: pem, limit: 1).first else {
            throw CryptoError(operation: "read a certificate", reasons: ["no certificate in it"])
        }
        self = first
    }

    /// Every certificate of a PEM text, in order; empty when there is none.
    package static func all(inPEM pem: String) throws(CryptoError) -> [Certificate] {
        try all(inPEM: pem, limit: countLimit)
    }

    init(owning pointer: OpaquePointer) throws(CryptoError) {
        let handle = CertificateHandle(owning: pointer)
        try self.init(handle, der: handle.der())
    }

    private init(_ handle: CertificateHandle, der: [UInt8]) throws(CryptoError) {
        self.handle = handle
        self.der = der
        sha1Thumbprint = SHA1.digest(der)
        notBefore = try Self.timestamp(X509_get0_notBefore(handle.pointer))
        notAfter = try Self.timestamp(X509_get0_notAfter(handle.pointer))
        subject = try Self.text(of: X509_get_subject_name(handle.pointer))
        issuer = try Self.text(of: X509_get_issuer_name(handle.pointer))
        publicKey = try handle.publicKey().flatMap { key throws(CryptoError) in
            key.isRSA ? try RSAPublicKey(sharing: key) : nil
        }
    }

    /// SHA-256 of the DER, 32 bytes: `x5t#S256`.
    package var sha256Thumbprint: [UInt8] { SHA256.digest(der) }

    /// PEM text, 64 characters a line, with a final line break.
    package var pem: String {
        let text = Array(Base64.encode(der).utf8)
        var out = "-----BEGIN CERTIFICATE-----\n"
        for start in stride(from: 0, to: text.count, by: 64) {
            out += String(decoding: text[start..<min(start + 64, text.count)], as: UTF8.self)
            out += "\n"
        }
        return out + "-----END CERTIFICATE-----\n"
    }

    /// Whether the key in `issuer` signed this certificate. Says nothing of names or validity.
    package func signatureIsValid(with issuer: Certificate) -> Bool {
        defer { ERR_clear_error() }
        guard let key = X509_get0_pubkey(issuer.handle.pointer) else { return false }
        return X509_verify(handle.pointer, key) == 1
    }

    /// Whether the certificate names this host: an IP literal among its addresses, or a DNS name,
    /// wildcards included. RFC 6125 §6.4.
    package func isValid(forHost name: String) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_ip_asc(handle.pointer, name, 0) == 1
            || X509_check_host(handle.pointer, name, name.utf8.count, 0, nil) == 1
    }

    private static func all(inPEM pem: String, limit: Int) throws(CryptoError) -> [Certificate] {
        Library.prepare()
        let bio = try MemoryBuffer.holding(pem, "read certificates")
        defer { BIO_free(bio) }
        var found: [Certificate] = []
        while found.count < limit {
            guard let pointer = PEM_read_bio_X509(bio, nil, { _, _, _, _ in -1 }, nil) else {
                let reasons = ErrorQueue.drain()
                // Reaching the end without a further certificate is how the list ends.
                guard reasons.allSatisfy({ $0 == "no start line" }) else {
                    throw CryptoError(operation: "read certificates", reasons: reasons)
                }
                break
            }
            found.append(try Certificate(owning: pointer))
        }
        return found
    }

    private static func timestamp(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptoError)
        -> Timestamp
    {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
            throw .drained("read a certificate's validity")
        }
        return Timestamp(seconds: Int64(days) * 86_400 + Int64(seconds))
    }

    private static func text(of name: OpaquePointer?) throws(CryptoError) -> String {
        guard X509_NAME_entry_count(name) > 0 else { return "" }
        return try MemoryBuffer.text("read a certificate's names") { bio in
            X509_NAME_print_ex(
                bio, name, 0, shim_XN_FLAG_RFC2253() & ~UInt(ASN1_STRFLGS_ESC_MSB))
        }
    }
}

extension Certificate: Hashable {
    package static func == (left: Certificate, right: Certificate) -> Bool { left.der == right.der }

    /// The thumbprint tells certificates apart; hashing all of one costs more than a request.
    package func hash(into hasher: inout Hasher) { hasher.combine(sha1Thumbprint) }
}

/// Owner of one `X509`.
///
/// Unchecked: OpenSSL's own lock protects what is cached in a certificate on first use.
/// That nothing else in it is ever changed after it was made protects the rest.
final class CertificateHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over the reference.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        X509_free(pointer)
    }

    func der() throws(CryptoError) -> [UInt8] {
        try MemoryBuffer.bytes("write a certificate") { i2d_X509_bio($0, pointer) }
    }

    /// The key inside; nil when it is of a kind this library does not know.
    func publicKey() -> KeyHandle? {
        guard let key = X509_get_pubkey(pointer) else {
            ERR_clear_error()
            return nil
        }
        return KeyHandle(owning: key)
    }
}
