import SimCore
import SimCrypto
import SimErrors

/// The PKCE challenge of an authorization request. RFC 7636 §4.2.
struct CodeChallenge: Hashable, Sendable {
    enum Method: String, CaseIterable, Sendable {
        case plain
        case s256 = "S256"
    }

    /// Lengths of a challenge and of a verifier. RFC 7636 §4.1.
    static let lengths = 43...128

    let value: String
    let method: Method

    /// - Parameter method: as sent; a challenge without a method is plain.
    init(_ value: String, method: String?) throws(AADSTSError) {
        guard let method = Method(rawValue: method ?? Method.plain.rawValue) else {
            throw .challengeMethodInvalid
        }
        guard Self.lengths.contains(value.utf8.count) else { throw .challengeSizeInvalid }
        self.value = value
        self.method = method
    }

    /// Reads `S256 {value}` back from a sealed code.
    init?(record: String) {
        let parts = record.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let method = Method(rawValue: String(parts[0])) else { return nil }
        self.method = method
        value = String(parts[1])
    }

    func isMet(by verifier: String) -> Bool {
        let derived =
            switch method {
            case .plain: Array(verifier.utf8)
            case .s256: Base64.urlEncodedBytes(SHA256.digest(Array(verifier.utf8)))
            }
        return ConstantTime.areEqual(derived, Array(value.utf8))
    }
}
