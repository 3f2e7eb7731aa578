import SimCore
import SimCrypto
import Testing

@Suite("Digests and authentication codes")
struct DigestTests {
    @Test(
        "digests of \"abc\" are those of FIPS 180-4",
        arguments: [
            (SHA1.digest, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                SHA256.digest,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            ),
            (
                SHA384.digest,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                    + "8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                SHA512.digest,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ] as [(@Sendable ([UInt8]) -> [UInt8], String)])
    func knownDigests(_ digest: @Sendable ([UInt8]) -> [UInt8], _ expected: String) {
        #expect(digest(bytes("abc")) == hexBytes(expected))
    }

    @Test("the digest of nothing is defined")
    func emptyDigest() {
        #expect(
            SHA256.digest([])
                == hexBytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    }

    struct Row: Sendable {
        let key: [UInt8]
        let text: [UInt8]
        let code: String
    }

    @Test(
        "HMAC-SHA-256 follows RFC 4231 §4",
        arguments: [
            Row(
                key: Array(repeating: 0x0b, count: 20), text: bytes("Hi There"),
                code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            Row(
                key: bytes("Jefe"), text: bytes("what do ya want for nothing?"),
                code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            Row(
                key: Array(repeating: 0xaa, count: 20), text: Array(repeating: 0xdd, count: 50),
                code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            Row(
                key: Array(repeating: 0xaa, count: 131),
                text: bytes("Test Using Larger Than Block-Size Key - Hash Key First"),
                code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
            Row(
                key: [], text: [],
                code: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
        ])
    func hmac(_ row: Row) {
        #expect(HMACSHA256.authenticate(row.text, key: row.key) == hexBytes(row.code))
    }

    @Test("equal secrets are equal, one changed bit or a missing byte is not")
    func constantTime() {
        #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
        #expect(ConstantTime.areEqual([], []))
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2, 2]))
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2]))
        #expect(!ConstantTime.areEqual([], [0]))
    }
}

@Suite("Sealed bytes — NIST SP 800-38D")
struct SealingKeyTests {
    private let nonce = [UInt8](1...12)

    private func key(_ seed: UInt8 = 7) throws -> SealingKey {
        try SealingKey(Array(repeating: seed, count: SealingKey.byteCount))
    }

    struct Vector: Sendable {
        let name: String
        let key: String
        let nonce: String
        var context = ""
        var plain = ""
        let sealed: String
    }

    @Test(
        "the published AES-256-GCM test cases 13 to 16 come out",
        arguments: [
            Vector(
                name: "13", key: String(repeating: "00", count: 32),
                nonce: String(repeating: "00", count: 12),
                sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
            Vector(
                name: "14", key: String(repeating: "00", count: 32),
                nonce: String(repeating: "00", count: 12),
                plain: String(repeating: "00", count: 16),
                sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
            Vector(
                name: "16",
                key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
                nonce: "cafebabefacedbaddecaf888",
                context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
                sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                    + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                    + "76fc6ece0f4e1768cddf8853bb2d551b"),
        ])
    func published(_ vector: Vector) throws {
        let key = try SealingKey(hexBytes(vector.key))
        let sealed = try key.seal(
            hexBytes(vector.plain), nonce: hexBytes(vector.nonce),
            context: hexBytes(vector.context))
        #expect(sealed == hexBytes(vector.nonce) + hexBytes(vector.sealed))
        #expect(key.open(sealed, context: hexBytes(vector.context)) == hexBytes(vector.plain))
    }

    @Test("a change of any single byte, nonce and tag included, is noticed")
    func tampered() throws {
        let key = try key()
        let sealed = try key.seal(bytes("adele"), nonce: nonce)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(key.open(changed) == nil, "byte \(index)")
        }
        for count in 0..<sealed.count { #expect(key.open(Array(sealed.prefix(count))) == nil) }
        #expect(key.open(sealed + [0]) == nil)
        #expect(key.open(sealed) == bytes("adele"))
    }

    @Test("another key or another context does not open it")
    func otherKeyOrContext() throws {
        let sealed = try key().seal(bytes("adele"), nonce: nonce, context: bytes("code"))
        #expect(try key(8).open(sealed, context: bytes("code")) == nil)
        #expect(try key().open(sealed, context: bytes("refresh")) == nil)
        #expect(try key().open(sealed) == nil)
        #expect(try key().open(sealed, context: bytes("code")) == bytes("adele"))
    }

    @Test("a key does not show its bytes when it is printed or mirrored")
    func printed() throws {
        let key = try key()
        #expect("\(key) \(String(reflecting: key))" == "SealingKey SealingKey")
        #expect(Mirror(reflecting: key).children.isEmpty)
    }

    @Test("a key of 31 or 33 bytes and a nonce of 11 or 13 are refused")
    func wrongLengths() throws {
        for count in [0, 31, 33] {
            #expect(throws: CryptoError.self) { try SealingKey(Array(repeating: 1, count: count)) }
        }
        for count in [0, 11, 13] {
            #expect(throws: CryptoError.self) {
                try key().seal([1], nonce: Array(repeating: 1, count: count))
            }
        }
    }
}
