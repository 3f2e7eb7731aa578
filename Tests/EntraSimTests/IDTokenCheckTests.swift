import SimCore
import SimCrypto
import Testing

@testable import EntraSim

@Suite("What an app checks of an ID token — OpenID Connect Core §3.1.3.7")
struct IDTokenCheckTests {
    private static let now = Timestamp(seconds: 1_767_600_000)

    @Test(
        "is the times with five minutes of tolerance, on both sides",
        arguments: [
            (start: 300, end: 3_600, isGood: true), (start: 301, end: 3_600, isGood: false),
            (start: 0, end: -300, isGood: true), (start: 0, end: -301, isGood: false),
        ])
    func times(start: Int, end: Int, isGood: Bool) throws {
        let token = try Signed(["nbf": time(start), "exp": time(end)])
        #expect((check.refusal(of: token.token, key: token.key) == nil) == isGood)
    }

    @Test(
        "is issuer, audience and nonce, to the letter",
        arguments: [
            ("iss", "https://other.example/v2.0"), ("aud", "another app"), ("nonce", "another"),
        ])
    func claims(name: String, value: String) throws {
        let good = try Signed(["nbf": time(0), "exp": time(3_600)])
        #expect(check.refusal(of: good.token, key: good.key) == nil)
        let bad = try Signed(["nbf": time(0), "exp": time(3_600), name: .string(value)])
        #expect(check.refusal(of: bad.token, key: bad.key) != nil)
    }

    @Test("is the signature by the key its header names: known, and fitting")
    func key() throws {
        let token = try Signed(["nbf": time(0), "exp": time(3_600)])
        let other = try Signed(["nbf": time(0), "exp": time(3_600)], key: Signed.other)
        #expect(check.refusal(of: token.token, key: nil)?.contains("no known key") == true)
        #expect(check.refusal(of: token.token, key: other.key) == "the signature does not fit")
    }

    private let check = IDTokenCheck(
        issuer: "https://login.example/v2.0", audience: "the app", nonce: "n", now: now)

    private func time(_ offset: Int) -> JSONValue {
        .int(Self.now.seconds + Int64(offset))
    }
}

/// A token of a key pair made for these tests.
private struct Signed {
    static let own = try? RSAPrivateKey.generate()
    static let other = try? RSAPrivateKey.generate()

    let token: JSONWebToken
    let key: RSAPublicKey

    init(_ claims: JSONObject, key: RSAPrivateKey? = Self.own) throws {
        let key = try #require(key)
        var all: JSONObject = [
            "iss": "https://login.example/v2.0", "aud": "the app", "nonce": "n",
        ]
        for member in claims.members { all[member.name] = member.value }
        let header: JSONObject = ["typ": "JWT", "alg": "RS256", "kid": "k"]
        let input =
            Base64.urlEncode(header.serialized) + "." + Base64.urlEncode(all.serialized)
        let signature = try key.signRS256(Array(input.utf8))
        token = try JSONWebToken(parsing: input + "." + Base64.urlEncode(signature))
        self.key = key.publicKey
    }
}
