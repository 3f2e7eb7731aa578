import SimCore
import SimCrypto
import Testing

@Suite("Signing keys and tokens — identity-platform.md §4.1, §6")
struct SigningKeyTests {
    private let claims: JSONObject = ["aud": "api://orders", "iat": 1_767_600_000]

    @Test("a v2 token's header is typ, alg, kid and its signature verifies with the published key")
    func v2() throws {
        let key = try TestKeys.signing()
        let token = try JSONWebToken(parsing: key.signToken(header: .v2, claims: claims))
        #expect(token.header.text == #"{"typ":"JWT","alg":"RS256","kid":"\#(key.kid)"}"#)
        #expect(token.claims == claims)
        #expect(token.isSigned(by: key.privateKey.publicKey))
        #expect(try !token.isSigned(by: TestKeys.otherRSA.get().publicKey))
    }

    @Test("a v1 token's header is typ, alg, x5t, kid in this order")
    func v1() throws {
        let key = try TestKeys.signing()
        let token = try JSONWebToken(parsing: key.signToken(header: .v1, claims: claims))
        #expect(
            token.header.text
                == #"{"typ":"JWT","alg":"RS256","x5t":"\#(key.kid)","kid":"\#(key.kid)"}"#)
        #expect(token.isSigned(by: key.privateKey.publicKey))
    }

    @Test("a header of one's own is signed as given")
    func custom() throws {
        let key = try TestKeys.signing()
        var header = key.v1Header
        header.append("nonce", "q1w2")
        let token = try JSONWebToken(
            parsing: key.signToken(header: .custom(header), claims: claims))
        #expect(token.header["nonce"] == "q1w2")
        #expect(token.isSigned(by: key.privateKey.publicKey))
    }

    @Test("the JWK has the service's members in order, and no alg")
    func jwk() throws {
        let key = try TestKeys.signing()
        let jwk = key.jwk(issuer: "https://localhost:8443/t/v2.0", withCloudInstance: true)
        #expect(
            jwk.names == [
                "kty", "use", "kid", "x5t", "n", "e", "x5c", "cloud_instance_name", "issuer",
            ])
        #expect(
            key.jwk(issuer: nil, withCloudInstance: false).names
                == ["kty", "use", "kid", "x5t", "n", "e", "x5c"])
        #expect(key.kid.utf8.count == 27)
        #expect(jwk["x5t"]?.stringValue == key.kid)
        #expect(jwk["e"] == "AQAB")
        let certificate = try #require(jwk["x5c"]?.arrayValue?.first?.stringValue)
        #expect(Base64.decode(certificate) == key.certificate.der)
    }

    @Test("a key rebuilt from its JWK's n and e verifies")
    func rebuilt() throws {
        let key = try TestKeys.signing()
        let jwk = key.jwk(issuer: nil, withCloudInstance: false)
        let n = try #require(jwk["n"]?.stringValue.flatMap { Base64.urlDecode($0) })
        let e = try #require(jwk["e"]?.stringValue.flatMap { Base64.urlDecode($0) })
        let rebuilt = try RSAPublicKey(modulus: n, exponent: e)
        #expect(rebuilt == key.privateKey.publicKey)
        let token = try JSONWebToken(parsing: key.signToken(header: .v2, claims: claims))
        #expect(token.isSigned(by: rebuilt))
    }

    @Test("a certificate of another key makes no signing key")
    func mismatch() throws {
        let certificate = try TestKeys.signing().certificate
        #expect(throws: CryptoError.self) {
            try SigningKey(privateKey: TestKeys.otherRSA.get(), certificate: certificate)
        }
    }
}
