import SimCore

/// Which JOSE header a token gets. Source: identity-platform.md §4.1.
package enum TokenHeader: Hashable, Sendable {
    /// `typ`, `alg`, `x5t`, `kid`
    case v1
    /// `typ`, `alg`, `kid`
    case v2
    /// As given: Graph's `nonce`, faults that tamper.
    case custom(JSONObject)
}

/// A key that signs tokens, with the certificate that publishes it.
///
/// Source: identity-platform.md §4.1, §4.3, §6.
package final class SigningKey: Sendable {
    /// base64url of the SHA-1 of the certificate, 27 characters; `x5t` is the same text.
    package let kid: String
    package let privateKey: RSAPrivateKey
    package let certificate: Certificate
    /// The v1 header, encoded once.
    package let v1HeaderSegment: [UInt8]
    /// The v2 header, encoded once.
    package let v2HeaderSegment: [UInt8]

    /// - Parameter certificate: vouches for `privateKey`'s public half.
    package init(privateKey: RSAPrivateKey, certificate: Certificate) throws(CryptoError) {
        guard certificate.publicKey == privateKey.publicKey else {
            throw CryptoError(
                operation: "use a signing key", reasons: ["the certificate is of another key"])
        }
        self.privateKey = privateKey
        self.certificate = certificate
        kid = Base64.urlEncode(certificate.sha1Thumbprint)
        v1HeaderSegment = Base64.urlEncodedBytes(Self.v1Header(kid: kid).serialized)
        v2HeaderSegment = Base64.urlEncodedBytes(Self.v2Header(kid: kid).serialized)
    }

    /// The header of a v1 token as an object, for those that add to it.
    package var v1Header: JSONObject { Self.v1Header(kid: kid) }
    /// The header of a v2 token as an object, for those that add to it.
    package var v2Header: JSONObject { Self.v2Header(kid: kid) }

    /// The published form, members in the service's order; there is no `alg`.
    ///
    /// - Parameters:
    ///   - issuer: the issuer the key signs for; v1 documents leave it out.
    ///   - withCloudInstance: whether `cloud_instance_name` is there; v1 documents leave it out.
    package func jwk(issuer: String?, withCloudInstance: Bool) -> JSONObject {
        let key = privateKey.publicKey
        var out: JSONObject = [
            "kty": "RSA", "use": "sig", "kid": .string(kid), "x5t": .string(kid),
            "n": .string(Base64.urlEncode(key.modulus)),
            "e": .string(Base64.urlEncode(key.exponent)),
            "x5c": [.string(Base64.encode(certificate.der))],
        ]
        if withCloudInstance { out.append("cloud_instance_name", "microsoftonline.com") }
        out.appendIfPresent("issuer", issuer)
        return out
    }

    /// A compact RS256 token over `claims`.
    package func signToken(
        header: TokenHeader, claims: JSONObject
    ) throws(CryptoError) -> String {
        var token =
            switch header {
            case .v1: v1HeaderSegment
            case .v2: v2HeaderSegment
            case .custom(let object): Base64.urlEncodedBytes(object.serialized)
            }
        let payload = claims.serialized(reserving: 1_024)
        token.reserveCapacity(token.count + payload.count * 4 / 3 + 400)
        token.append(UInt8(ascii: "."))
        Base64.urlAppend(payload, to: &token)
        let signature = try privateKey.signRS256(token)
        token.append(UInt8(ascii: "."))
        Base64.urlAppend(signature, to: &token)
        return String(decoding: token, as: UTF8.self)
    }

    private static func v1Header(kid: String) -> JSONObject {
        ["typ": "JWT", "alg": "RS256", "x5t": .string(kid), "kid": .string(kid)]
    }

    private static func v2Header(kid: String) -> JSONObject {
        ["typ": "JWT", "alg": "RS256", "kid": .string(kid)]
    }
}
