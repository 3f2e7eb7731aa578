import SimCore
import SimCrypto
import Testing

@Suite("Keys")
struct KeyTests {
    @Test("an RSA key written as text and read again signs the same bytes")
    func rsaText() throws {
        let key = try TestKeys.rsa.get()
        let text = try key.pem()
        let again = try RSAPrivateKey(pem: text)
        #expect(text.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try again.pem() == text)
        #expect(again.publicKey == key.publicKey)
        #expect(try again.signRS256(bytes("text")) == key.signRS256(bytes("text")))
        #expect(key.publicKey.modulus.count == 256)
        #expect(key.publicKey.exponent == [1, 0, 1])
    }

    @Test("one RSA key signs for many at once, and then alone, the same bytes each time")
    func together() async throws {
        let key = try TestKeys.rsa.get()
        let texts = (0..<8).map { bytes("text \($0)") }
        let expected = try texts.map { try key.signRS256($0) }
        let signed = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for number in 0..<200 {
                let place = number % texts.count
                group.addTask { (place, try key.signRS256(texts[place])) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(signed.count == 200)
        for (place, signature) in signed {
            #expect(signature == expected[place])
            #expect(key.publicKey.verifyRS256(texts[place], signature: signature))
        }
        #expect(try key.signRS256(texts[0]) == expected[0])
    }

    @Test("an EC key written as text and read again is the same key")
    func ecText() throws {
        let key = try TestKeys.server.get()
        #expect(try ECPrivateKey(pem: key.pem()).pem() == key.pem())
    }

    @Test("an RSA key is not read as an EC key, nor the other way round")
    func kinds() throws {
        let rsa = try TestKeys.rsa.get().pem()
        let ec = try TestKeys.server.get().pem()
        #expect(throws: CryptoError.self) { try ECPrivateKey(pem: rsa) }
        #expect(throws: CryptoError.self) { try RSAPrivateKey(pem: ec) }
    }

    @Test(
        "text that is no key is refused with the library's reason",
        arguments: ["", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func noKey(_ text: String) throws {
        let error = #expect(throws: CryptoError.self) { try RSAPrivateKey(pem: text) }
        #expect(error?.reasons.isEmpty == false)
        #expect(error?.description.hasPrefix("could not read a private key: ") == true)
    }

    @Test("an encrypted key is refused at once: nobody is asked for a passphrase")
    func encryptedKey() {
        // PBES2 with an empty body: enough for the library to want a passphrase.
        let text = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MFMwPwYJKoZIhvcNAQUNMDIwGgYJKoZIhvcNAQUMMA0ECAECAwQFBgcIAgEBMBQG
            CCqGSIb3DQMHBAgBAgMEBQYHCAQQAAECAwQFBgcICQoLDA0ODw==
            -----END ENCRYPTED PRIVATE KEY-----
            """
        #expect(throws: CryptoError.self) { try RSAPrivateKey(pem: text) }
    }

    @Test("a public key survives its DER form")
    func spki() throws {
        let key = try TestKeys.rsa.get().publicKey
        #expect(try RSAPublicKey(spkiDER: key.spkiDER()) == key)
        #expect(throws: CryptoError.self) { try RSAPublicKey(spkiDER: []) }
        #expect(throws: CryptoError.self) { try RSAPublicKey(spkiDER: [0x30, 0x80, 1]) }
    }

    @Test("leading zeros of a modulus are ignored")
    func leadingZeros() throws {
        let key = try TestKeys.rsa.get().publicKey
        #expect(try RSAPublicKey(modulus: [0, 0] + key.modulus, exponent: key.exponent) == key)
    }

    @Test("numbers that cannot be a key are refused: too short, too long, even, empty")
    func impossibleNumbers() {
        func modulus(_ count: Int) -> [UInt8] { Array(repeating: 0xFF, count: count) }
        for (n, e) in [
            (modulus(127), [3]), (modulus(1_025), [3]), ([], [3]), (modulus(256), []),
            (modulus(256), [2]), (modulus(255) + [2], [3]), (modulus(256), modulus(9)),
        ] as [([UInt8], [UInt8])] {
            #expect(throws: CryptoError.self) { try RSAPublicKey(modulus: n, exponent: e) }
        }
        #expect(throws: Never.self) { try RSAPublicKey(modulus: modulus(128), exponent: [3]) }
        #expect(throws: Never.self) { try RSAPublicKey(modulus: modulus(1_024), exponent: [3]) }
    }

    @Test("a signature of wrong length, or with anything before or after it, is invalid")
    func wrongLength() throws {
        let key = try TestKeys.rsa.get()
        let signature = try key.signRS256(bytes("text"))
        #expect(key.publicKey.verifyRS256(bytes("text"), signature: signature))
        for wrong in [[], signature.dropLast(), signature + [0], [0] + signature] {
            #expect(!key.publicKey.verifyRS256(bytes("text"), signature: Array(wrong)))
            #expect(!key.publicKey.verifyPS256(bytes("text"), signature: Array(wrong)))
        }
        #expect(!key.publicKey.verifyRS256(bytes("texts"), signature: signature))
    }

    @Test("one key signs on many threads at once")
    func threads() async throws {
        let key = try TestKeys.rsa.get()
        let expected = try key.signRS256(bytes("text"))
        let areSame = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask { (try? key.signRS256(bytes("text"))) == expected }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(areSame)
    }
}
