import SimCore
import SimCrypto
import Testing

@Suite("TLS: what a broken peer does — RFC 8446 §6")
struct TLSFailureTests {
    @Test("sides without a common version fail and say so")
    func versions() throws {
        var wire = Wire(
            client: try TLSConnection(
                client: .client(trust: .certificates([]), maximum: .v12), serverName: "localhost"),
            server: try TLSConnection(server: TestAuthority.serverContext(minimum: .v13)))
        wire.run()
        #expect(wire.serverFailure == .failed(reason: "unsupported protocol"))
        guard case .failed(let reason)? = wire.clientFailure else {
            Issue.record("the client noticed nothing")
            return
        }
        #expect(reason.contains("protocol version"))
    }

    @Test("plain HTTP on the TLS port is named as such")
    func plainHTTP() throws {
        let server = try TLSConnection(server: TestAuthority.serverContext())
        server.receive(bytes("GET /common/discovery/keys HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        var plaintext: [UInt8] = []
        #expect(throws: TLSFailure.failed(reason: "http request")) {
            _ = try server.readPlaintext(into: &plaintext)
        }
    }

    @Test("a failed connection stays failed with its first reason, for reading and for writing")
    func staysFailed() throws {
        let server = try TLSConnection(server: TestAuthority.serverContext())
        server.receive(bytes("GET / HTTP/1.1\r\n\r\n"))
        var plaintext: [UInt8] = []
        for _ in 0..<3 {
            #expect(throws: TLSFailure.failed(reason: "http request")) {
                _ = try server.readPlaintext(into: &plaintext)
            }
            #expect(throws: TLSFailure.failed(reason: "http request")) {
                try server.write(bytes("x"))
            }
        }
        server.shutdown()
        #expect(plaintext.isEmpty)
    }

    @Test("a peer that stops in the middle leaves the machine waiting: ends are the owner's to see")
    func truncated() throws {
        var wire = try Wire()
        var hello: [UInt8] = []
        wire.client.takeCiphertext(into: &hello)
        wire.deliverToServer(Array(hello.dropLast()))
        #expect(wire.serverFailure == nil)
        #expect(!wire.server.hasCiphertext)
        wire.deliverToServer([hello.last ?? 0])
        #expect(wire.server.hasCiphertext)
    }

    @Test("a changed record after the handshake is refused, what came before it is kept")
    func changedRecord() throws {
        var wire = try Wire()
        wire.run()
        try wire.client.write(bytes("first"))
        wire.run()
        try wire.client.write(bytes("second"))
        wire.run { bytes, isTowardsServer in
            if isTowardsServer, let last = bytes.indices.last { bytes[last] ^= 1 }
        }
        #expect(wire.serverRead == bytes("first"))
        #expect(
            wire.serverFailure == .failed(reason: "decryption failed or bad record mac"))
    }

    @Test("damage anywhere in the handshake ends in a failure or a wait, never in a crash")
    func damagedHandshake() throws {
        var chance = SplitMix64(state: 20_260_105)
        var hits = 0
        for round in 0..<200 {
            var wire = try Wire(versions: round % 2 == 0 ? 2...2 : 3...3)
            try wire.client.write(bytes("secret"))
            let position = Int(chance.next() % 900)
            let mask = UInt8(truncatingIfNeeded: chance.next()) | 1
            let hitsServer = chance.next() % 2 == 0
            var passed = 0
            wire.run { bytes, isTowardsServer in
                guard isTowardsServer == hitsServer else { return }
                let index = position - passed
                if bytes.indices.contains(index) { bytes[index] ^= mask }
                passed += bytes.count
            }
            #expect(
                wire.serverRead.isEmpty || wire.serverRead == bytes("secret"),
                "byte \(position) ^ \(mask)")
            hits += passed > position ? 1 : 0
        }
        #expect(hits > 100, "the damage falls into the handshake")
    }

    @Test("noise instead of TLS fails on both sides")
    func noise() throws {
        var chance = SplitMix64(state: 4_711)
        for length in [1, 4, 5, 6, 64, 4_096, 100_000] {
            let noise = (0..<length).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
            var wire = try Wire()
            wire.deliverToServer(noise)
            wire.deliverToClient(noise)
            if length >= 64 {
                #expect(wire.serverFailure != nil)
                #expect(wire.clientFailure != nil)
            }
            #expect(wire.serverRead.isEmpty && wire.clientRead.isEmpty)
        }
    }

    @Test("a failure of one connection does not colour the next one's")
    func errorQueue() throws {
        for _ in 0..<3 {
            let broken = try TLSConnection(server: TestAuthority.serverContext())
            broken.receive(bytes("not tls at all"))
            var plaintext: [UInt8] = []
            #expect(throws: TLSFailure.self) { _ = try broken.readPlaintext(into: &plaintext) }
            #expect(throws: CryptoError.self) { try RSAPrivateKey(pem: "no key") }
            var wire = try Wire()
            try wire.client.write(bytes("x"))
            wire.run()
            #expect(wire.serverRead == bytes("x"))
            #expect(wire.clientFailure == nil && wire.serverFailure == nil)
        }
    }
}
