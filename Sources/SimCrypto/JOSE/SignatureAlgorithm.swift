import SimCore

/// The `alg` values a token or assertion may carry to be believed. RFC 7518 §3.1.
package enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case ps256 = "PS256"
}

extension JSONWebToken {
    /// Whether the token was signed by the holder of `key`, with RS256 or PS256. Every other
    /// `alg`, `none` and the HMAC family among them, and a `crit` header are false.
    package func isSigned(by key: RSAPublicKey) -> Bool {
        // RFC 7515 §4.1.11: an extension marked critical that we do not know invalidates the token.
        guard header["crit"] == nil, let algorithm = algorithm.flatMap(SignatureAlgorithm.init)
        else { return false }
        return switch algorithm {
        case .rs256: key.verifyRS256(signingInput, signature: signature)
        case .ps256: key.verifyPS256(signingInput, signature: signature)
        }
    }
}
