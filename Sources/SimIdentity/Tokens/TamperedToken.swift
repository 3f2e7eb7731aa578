import SimCore
import SimCrypto

/// Signs a token with one thing wrong; everything else is as it should be.
struct TamperedToken: Sendable {
    private let defect: TokenTamper.Defect
    private let now: Timestamp

    init(_ defect: TokenTamper.Defect, at now: Timestamp) {
        self.defect = defect
        self.now = now
    }

    func signed(
        _ claims: JSONObject, header: JSONObject, by key: SigningKey
    ) throws(CryptoError) -> String {
        var claims = claims
        var header = header
        switch defect {
        case .badSignature:
            return Self.withChangedSignature(
                try key.signToken(header: .custom(header), claims: claims))
        case .unsigned:
            header["alg"] = "none"
            header["kid"] = nil
            header["x5t"] = nil
            return Base64.urlEncode(header.serialized) + "." + Base64.urlEncode(claims.serialized)
                + "."
        case .unknownKey:
            let unknown = Base64.urlEncode([UInt8](repeating: 0x5A, count: 20))
            header["kid"] = .string(unknown)
            if header["x5t"] != nil { header["x5t"] = .string(unknown) }
        case .expired:
            move(&claims, to: now - .hours(2), lasting: .hours(1))
        case .notYetValid:
            move(&claims, to: now + .hours(1), lasting: .hours(1))
        case .missing(let claim): claims[claim] = nil
        case .changed(let claim, let value): claims[claim] = value
        }
        return try key.signToken(header: .custom(header), claims: claims)
    }

    private func move(_ claims: inout JSONObject, to start: Timestamp, lasting: Duration) {
        claims["iat"] = .int(start.seconds)
        claims["nbf"] = .int(start.seconds)
        claims["exp"] = .int((start + lasting).seconds)
    }

    /// The first character of the signature becomes another one, so that it still decodes.
    private static func withChangedSignature(_ token: String) -> String {
        guard let dot = token.lastIndex(of: ".") else { return token }
        let first = token.index(after: dot)
        let other = token[first...].hasPrefix("A") ? "B" : "A"
        return token[...dot] + other + token[first...].dropFirst()
    }
}
