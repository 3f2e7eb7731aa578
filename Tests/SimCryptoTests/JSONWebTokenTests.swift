import SimCore
import SimCrypto
import Testing

@Suite("Reading a JSON Web Token — RFC 7519 §7.2, RFC 7515 §5.2")
struct JSONWebTokenTests {
    /// The example of RFC 7515, appendix A.2.
    enum Example {
        static let modulus =
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEz"
            + "P1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf6"
            + "3kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Zw"
            + "Kh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRW"
            + "yuXpoQ"
        static let token =
            "eyJhbGciOiJSUzI1NiJ9."
            + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
            + "Ijp0cnVlfQ."
            + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt"
            + "_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArL"
            + "IARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7no"
            + "OPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ"
            + "Ge77Rw"

        static func key() throws -> RSAPublicKey {
            let modulus = try #require(Base64.urlDecode(modulus))
            return try RSAPublicKey(modulus: modulus, exponent: [1, 0, 1])
        }
    }

    @Test("the example of RFC 7515 A.2 is read and verifies")
    func example() throws {
        let token = try JSONWebToken(parsing: Example.token)
        #expect(token.algorithm == "RS256")
        #expect(token.claims["iss"] == "joe")
        #expect(token.claims["exp"]?.intValue == 1_300_819_380)
        #expect(try token.isSigned(by: Example.key()))
    }

    @Test("one changed bit in the claims or in the signature and it does not verify")
    func tampered() throws {
        let key = try Example.key()
        let parts = Example.token.split(separator: ".").map(String.init)
        for index in [1, 2] {
            var changed = parts
            let first = changed[index].removeFirst()
            changed[index] = (first == "e" ? "f" : "d") + changed[index]
            // Changed claims may no longer be JSON: then there is no token to verify.
            guard let token = try? JSONWebToken(parsing: changed.joined(separator: ".")) else {
                continue
            }
            #expect(!token.isSigned(by: key), "segment \(index)")
        }
        let short = try JSONWebToken(parsing: "\(parts[0]).\(parts[1]).AAAA")
        #expect(!short.isSigned(by: key))
    }

    /// A token over `claims` with `header`, its signature made by `sign` from the signing input.
    private func token(
        _ header: JSONObject, sign: ([UInt8]) throws -> [UInt8]
    ) throws -> JSONWebToken {
        var text = Base64.urlEncodedBytes(header.serialized)
        text += bytes(".") + Base64.urlEncodedBytes(bytes(#"{"sub":"adele"}"#))
        let signature = try sign(text)
        return try JSONWebToken(parsing: text + bytes(".") + Base64.urlEncodedBytes(signature))
    }

    @Test("PS256 assertions verify, and neither scheme passes for the other")
    func pss() throws {
        let key = try TestKeys.rsa.get()
        #expect(
            try token(["alg": "PS256"], sign: key.signPS256).isSigned(by: key.publicKey))
        #expect(
            try !token(["alg": "PS256"], sign: key.signRS256).isSigned(by: key.publicKey))
        #expect(
            try !token(["alg": "RS256"], sign: key.signPS256).isSigned(by: key.publicKey))
    }

    @Test("alg none is never signed, with or without a signature")
    func none() throws {
        let key = try TestKeys.rsa.get()
        for name in ["none", "None", ""] {
            let header: JSONObject = ["alg": .string(name)]
            #expect(try !token(header, sign: { _ in [] }).isSigned(by: key.publicKey))
            #expect(try !token(header, sign: key.signRS256).isSigned(by: key.publicKey))
        }
        #expect(try !token([:], sign: key.signRS256).isSigned(by: key.publicKey))
    }

    @Test("HS256 with the public key as the secret is refused")
    func confusedAlgorithm() throws {
        let key = try TestKeys.rsa.get()
        let secret = try key.publicKey.spkiDER()
        let forged = try token(["alg": "HS256"]) { HMACSHA256.authenticate($0, key: secret) }
        #expect(!forged.isSigned(by: key.publicKey))
    }

    @Test("a correctly signed token with RS512, ES256 or a critical extension is not believed")
    func otherAlgorithms() throws {
        let key = try TestKeys.rsa.get()
        let headers: [JSONObject] = [
            ["alg": "RS512"], ["alg": "ES256"], ["alg": "rs256"], ["alg": 256],
            ["alg": "RS256", "crit": ["exp"]],
        ]
        for header in headers {
            #expect(try !token(header, sign: key.signRS256).isSigned(by: key.publicKey))
        }
    }

    @Test("padding at the end of a segment is for those who tolerate it — RFC 7515 §2")
    func padding() throws {
        let header = Base64.encode(Array(#"{"alg":"PS256"}"#.utf8) + [0x20])
        let claims = Base64.encode(Array(#"{"a":1}"#.utf8))
        #expect(header.hasSuffix("==") && claims.hasSuffix("=="))
        let text = "\(header).\(claims).AAA="
        #expect(throws: JSONWebTokenError.notBase64URL(.header)) {
            try JSONWebToken(parsing: text)
        }
        let token = try JSONWebToken(parsing: text, padding: .tolerated)
        #expect(token.claims["a"] == 1)
        // What is signed is the text as it came.
        #expect(String(decoding: token.signingInput, as: UTF8.self) == "\(header).\(claims)")
        for text in ["\(header)=.\(claims).AAA=", "\(header).\(claims).AAA==", "=.=.="] {
            #expect(throws: JSONWebTokenError.self) {
                try JSONWebToken(parsing: text, padding: .tolerated)
            }
        }
    }

    @Test("thumbprints are the same bytes with and without padding, as MSAL Python sends them")
    func paddedThumbprints() throws {
        let certificate = try TestKeys.signing().certificate
        let plain = Base64.urlEncode(certificate.sha1Thumbprint)
        let long = Base64.urlEncode(certificate.sha256Thumbprint)
        for padding in ["", "="] {
            let read = try token(
                [
                    "alg": "RS256", "x5t": .string(plain + padding),
                    "x5t#S256": .string(long + padding),
                ], sign: { _ in [1] })
            #expect(read.sha1Thumbprint == certificate.sha1Thumbprint)
            #expect(read.sha256Thumbprint == certificate.sha256Thumbprint)
        }
        #expect(try token(["alg": "RS256"], sign: { _ in [1] }).sha1Thumbprint == nil)
        #expect(try token(["x5t": "*"], sign: { _ in [1] }).sha1Thumbprint == nil)
    }

    @Test(
        "is refused with its reason",
        arguments: [
            ("", JSONWebTokenError.notThreeSegments(found: 1)),
            ("a.b", .notThreeSegments(found: 2)),
            ("e30.e30.AA.AA.AA", .notThreeSegments(found: 5)),
            ("*.e30.AA", .notBase64URL(.header)),
            ("e30=.e30.AA", .notBase64URL(.header)),
            ("e30.e30.A", .notBase64URL(.signature)),
            ("e30.*.*", .notBase64URL(.claims)),
            ("..", .notAnObject(.header)),
            ("W10.e30.AA", .notAnObject(.header)),
            ("e30.bnVsbA.AA", .notAnObject(.claims)),
            ("e30.eyI.AA", .notAnObject(.claims)),
        ])
    func refused(_ text: String, _ reason: JSONWebTokenError) {
        #expect(throws: reason) { try JSONWebToken(parsing: text) }
    }

    @Test("an empty signature is read, so that an unsigned token can be named as such")
    func unsigned() throws {
        let token = try JSONWebToken(parsing: "eyJhbGciOiJub25lIn0.e30.")
        #expect(token.algorithm == "none")
        #expect(token.signature.isEmpty)
    }

    @Test("the longest token is read, one byte more is refused")
    func limit() throws {
        let longest = "e30.e30." + String(repeating: "A", count: JSONWebToken.byteLimit - 8)
        #expect(try JSONWebToken(parsing: longest).signature.count == 49_146)
        #expect(throws: JSONWebTokenError.tooLong(limit: JSONWebToken.byteLimit)) {
            try JSONWebToken(parsing: longest + "A")
        }
    }
}
