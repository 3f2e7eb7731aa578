import SimCore
import SimCrypto

/// What an app checks of an ID token before it believes it. OpenID Connect Core §3.1.3.7.
struct IDTokenCheck: Sendable {
    /// Tolerance for clocks that differ: the default of Microsoft's libraries.
    static let leeway: Duration = .minutes(5)

    let issuer: String
    let audience: String
    let nonce: String?
    /// By the app's own clock.
    let now: Timestamp

    /// Why the token is not accepted, one line; nil when it is.
    ///
    /// - Parameter key: the one its header names; nil when the app does not know it.
    func refusal(of token: JSONWebToken, key: RSAPublicKey?) -> String? {
        guard token.algorithm == "RS256" else {
            return "the token is signed with '\(token.algorithm ?? "nothing")'"
        }
        // Its name is left out: keys are made by chance, and a timeline is the same every time.
        guard let key else { return "no known key has the name the token gives" }
        guard key.verifyRS256(token.signingInput, signature: token.signature) else {
            return "the signature does not fit"
        }
        guard token.claims["iss"]?.stringValue == issuer else {
            return "issued by \(token.claims["iss"]?.text ?? "nobody")"
        }
        guard token.claims["aud"]?.stringValue == audience else {
            return "issued for \(token.claims["aud"]?.text ?? "nobody")"
        }
        if let nonce, token.claims["nonce"]?.stringValue != nonce {
            return "the nonce is another one"
        }
        guard let start = token.claims["nbf"]?.intValue, let end = token.claims["exp"]?.intValue
        else { return "it does not say when it is valid" }
        if Timestamp(seconds: start) > now + Self.leeway {
            return
                "not yet valid: \(Timestamp(seconds: start).iso8601) by a clock at \(now.iso8601)"
        }
        if Timestamp(seconds: end) < now - Self.leeway {
            return "expired: \(Timestamp(seconds: end).iso8601) by a clock at \(now.iso8601)"
        }
        return nil
    }
}
