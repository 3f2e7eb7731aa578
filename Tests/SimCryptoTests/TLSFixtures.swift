import SimCore
import SimCrypto

/// A local authority and the server certificates it issues, all valid for a year.
enum TestAuthority {
    /// Made once: two certificates of one EC key differ in their signature.
    private static let certificate = Result { () throws(CryptoError) in
        try Certificate.authority(
            key: TestKeys.authority.get(), commonName: "Test authority", serial: [2],
            from: Moments.start, to: Moments.start + .days(365))
    }

    static func make() throws -> Certificate { try certificate.get() }

    static func server(
        names: [String], from: Timestamp = Moments.start,
        to: Timestamp = Moments.start + .days(365)
    ) throws -> Certificate {
        try Certificate.server(
            names: names, publicKeyOf: TestKeys.server.get(), issuer: make(),
            issuerKey: TestKeys.authority.get(), serial: [3], from: from, to: to)
    }

    static func serverContext(
        names: [String] = ["localhost"], minimum: TLSVersion = .v12, maximum: TLSVersion = .v13
    ) throws -> TLSContext {
        try .server(
            identity: TLSIdentity(chain: [server(names: names)], key: TestKeys.server.get()),
            minimum: minimum, maximum: maximum)
    }
}

/// Two machines wired back to back in memory.
struct Wire {
    /// Most turns before the test is called stuck.
    static let turnLimit = 10_000

    let client: TLSConnection
    let server: TLSConnection
    /// Plaintext the client and the server have read.
    var clientRead: [UInt8] = []
    var serverRead: [UInt8] = []
    var isClientClosed = false
    var isServerClosed = false
    /// How each side failed, once it has.
    var clientFailure: TLSFailure?
    var serverFailure: TLSFailure?

    init(client: TLSConnection, server: TLSConnection) {
        self.client = client
        self.server = server
    }

    init(
        names: [String] = ["localhost"], asking name: String = "localhost",
        versions: ClosedRange<Int> = 2...3, trusting trust: TrustStore? = nil,
        at moment: Timestamp = Moments.start + .days(1)
    ) throws {
        let version = [2: TLSVersion.v12, 3: .v13]
        let server = try TLSConnection(
            server: TestAuthority.serverContext(
                names: names, minimum: version[versions.lowerBound] ?? .v12,
                maximum: version[versions.upperBound] ?? .v13))
        let client = try TLSConnection(
            client: .client(trust: trust ?? .certificates([TestAuthority.make()])),
            serverName: name, verifyingAt: moment)
        self.init(client: client, server: server)
    }

    /// Carries bytes both ways, in pieces of `piece` bytes, until neither side has anything to say.
    /// `damage` may change what travels; true stands for "towards the server".
    mutating func run(piece: Int = .max, damage: (inout [UInt8], Bool) -> Void = { _, _ in }) {
        for _ in 0..<Self.turnLimit {
            var toServer: [UInt8] = []
            client.takeCiphertext(into: &toServer)
            var toClient: [UInt8] = []
            server.takeCiphertext(into: &toClient)
            if toServer.isEmpty, toClient.isEmpty { return }
            damage(&toServer, true)
            damage(&toClient, false)
            deliverToServer(toServer, piece: piece)
            deliverToClient(toClient, piece: piece)
        }
    }

    mutating func deliverToServer(_ ciphertext: [UInt8], piece: Int = .max) {
        for part in Self.pieces(ciphertext, piece) {
            server.receive(part)
            Self.read(server, &serverRead, &isServerClosed, &serverFailure)
        }
    }

    mutating func deliverToClient(_ ciphertext: [UInt8], piece: Int = .max) {
        for part in Self.pieces(ciphertext, piece) {
            client.receive(part)
            Self.read(client, &clientRead, &isClientClosed, &clientFailure)
        }
    }

    private static func pieces(_ bytes: [UInt8], _ size: Int) -> [[UInt8]] {
        guard size < bytes.count else { return bytes.isEmpty ? [] : [bytes] }
        return stride(from: 0, to: bytes.count, by: size).map {
            Array(bytes[$0..<min($0 + size, bytes.count)])
        }
    }

    private static func read(
        _ connection: TLSConnection, _ plaintext: inout [UInt8], _ isClosed: inout Bool,
        _ failure: inout TLSFailure?
    ) {
        do {
            while true {
                switch try connection.readPlaintext(into: &plaintext) {
                case .progress: continue
                case .needsMore: return
                case .closed:
                    isClosed = true
                    return
                }
            }
        } catch {
            failure = error
        }
    }
}
