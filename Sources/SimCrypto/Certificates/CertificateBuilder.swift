import COpenSSL
import SimCore

/// What goes into a new certificate, and its signing. RFC 5280 §4.
struct CertificateBuilder {
    /// Longest serial number, in bytes. RFC 5280 §4.1.2.2.
    static let serialByteLimit = 20

    let commonName: String
    /// 1 to 20 bytes, unsigned, big-endian; the top bit is cleared to keep the number positive.
    let serial: [UInt8]
    let notBefore: Timestamp
    let notAfter: Timestamp
    let key: KeyHandle
    /// Extensions in order, with the values of OpenSSL's configuration language (x509v3_config).
    let extensions: [(nid: Int32, value: String)]

    private static let operation = "make a certificate"

    /// Signs with `signer`; without an `issuer` the certificate names itself as its issuer.
    func sign(with signer: KeyHandle, issuer: Certificate?) throws(CryptoError) -> Certificate {
        guard notBefore < notAfter else {
            throw CryptoError(operation: Self.operation, reasons: ["it ends before it begins"])
        }
        guard let certificate = X509_new() else { throw .drained(Self.operation) }
        var isHandedOver = false
        defer { if !isHandedOver { X509_free(certificate) } }
        try setSerial(of: certificate)
        let subject = X509_get_subject_name(certificate)
        guard X509_set_version(certificate, 2) == 1,
            ASN1_TIME_set(X509_getm_notBefore(certificate), Int(notBefore.seconds)) != nil,
            ASN1_TIME_set(X509_getm_notAfter(certificate), Int(notAfter.seconds)) != nil,
            X509_NAME_add_entry_by_txt(
                subject, "CN", MBSTRING_FLAG | 0, Array(commonName.utf8),
                Int32(clamping: commonName.utf8.count), -1, 0) == 1,
            X509_set_issuer_name(
                certificate, issuer.map { X509_get_subject_name($0.handle.pointer) } ?? subject)
                == 1,
            X509_set_pubkey(certificate, key.pointer) == 1
        else { throw .drained(Self.operation) }
        for (nid, value) in extensions {
            try add(nid, value, to: certificate, issuer: issuer?.handle.pointer ?? certificate)
        }
        guard X509_sign(certificate, signer.pointer, DigestAlgorithm.sha256.pointer) > 0 else {
            throw .drained(Self.operation)
        }
        isHandedOver = true
        return try Certificate(owning: certificate)
    }

    private func setSerial(of certificate: OpaquePointer) throws(CryptoError) {
        var bytes = serial
        guard (1...Self.serialByteLimit).contains(bytes.count) else {
            throw CryptoError(
                operation: Self.operation,
                reasons: ["a serial number has 1 to \(Self.serialByteLimit) bytes"])
        }
        bytes[0] &= 0x7F
        guard bytes.contains(where: { $0 != 0 }) else {
            throw CryptoError(operation: Self.operation, reasons: ["a serial number is not zero"])
        }
        let number = BN_bin2bn(bytes, Int32(bytes.count), nil)
        defer { BN_free(number) }
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil else {
            throw .drained(Self.operation)
        }
    }

    private func add(
        _ nid: Int32, _ value: String, to certificate: OpaquePointer, issuer: OpaquePointer
    ) throws(CryptoError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, nid, value) else {
            throw .drained("make a certificate extension \"\(value)\"")
        }
        defer { X509_EXTENSION_free(made) }
        guard X509_add_ext(certificate, made, -1) == 1 else { throw .drained(Self.operation) }
    }
}
