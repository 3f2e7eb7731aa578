import SimCore
import SimCrypto

/// Keys made once per run: making one RSA key costs more than all the rest of these tests.
enum TestKeys {
    static let rsa = Result { () throws(CryptoError) in try RSAPrivateKey.generate() }
    static let otherRSA = Result { () throws(CryptoError) in try RSAPrivateKey.generate() }
    static let authority = Result { () throws(CryptoError) in try ECPrivateKey.generate() }
    static let server = Result { () throws(CryptoError) in try ECPrivateKey.generate() }

    /// A signing key with a certificate valid for five years from `Moments.start`.
    static func signing() throws -> SigningKey {
        let key = try rsa.get()
        return try SigningKey(
            privateKey: key,
            certificate: .selfSigned(
                rsa: key, commonName: "accounts.accesscontrol.windows.net",
                serial: hexBytes("6d0e1f5a"), from: Moments.start, to: Moments.start + .days(1_826))
        )
    }
}

/// Fixed points of time.
enum Moments {
    /// 2026-01-05T08:00:00Z
    static let start = Timestamp(seconds: 1_767_600_000)
}

/// Bytes from hexadecimal digits; spaces are skipped, anything else ends the text.
func hexBytes(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var high: UInt8?
    for digit in text where digit != " " {
        guard let value = digit.hexDigitValue.map(UInt8.init) else { break }
        if let first = high {
            out.append(first << 4 | value)
            high = nil
        } else {
            high = value
        }
    }
    return out
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
