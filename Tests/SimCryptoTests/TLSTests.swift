import SimCore
import SimCrypto
import Testing

@Suite("TLS between two machines in memory — RFC 5246, RFC 8446")
struct TLSTests {
    private let request = bytes("GET / HTTP/1.1\r\n\r\n")
    private let answer = bytes("HTTP/1.1 200 OK\r\n\r\n")

    @Test(
        "request and answer travel, in whole flights and byte by byte",
        arguments: [TLSVersion.v12, .v13], [1, 7, Int.max])
    func exchange(_ version: TLSVersion, piece: Int) throws {
        let number = version == .v12 ? 2 : 3
        var wire = try Wire(versions: number...number)
        #expect(wire.client.negotiatedVersion == nil)
        try wire.client.write(request)
        wire.run(piece: piece)
        #expect(wire.clientFailure == nil && wire.serverFailure == nil)
        #expect(wire.serverRead == request)
        try wire.server.write(answer)
        wire.run(piece: piece)
        #expect(wire.clientRead == answer)
        #expect(wire.client.isHandshakeComplete && wire.server.isHandshakeComplete)
        #expect(wire.client.negotiatedVersion == version.rawValue)
        #expect(wire.server.requestedServerName == "localhost")
    }

    @Test("the newest version both speak is chosen")
    func newest() throws {
        var wire = try Wire()
        wire.run()
        #expect(wire.server.negotiatedVersion == "TLSv1.3")
    }

    @Test("a megabyte each way arrives unchanged", arguments: [2, 3])
    func large(_ version: Int) throws {
        var wire = try Wire(versions: version...version)
        let upload = (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let download = Array(upload.reversed())
        try wire.client.write(upload)
        wire.run(piece: 50_000)
        try wire.server.write(download)
        try wire.server.write([])
        wire.run(piece: 50_000)
        #expect(wire.serverRead == upload)
        #expect(wire.clientRead == download)
        try wire.server.write(answer)
        wire.run()
        #expect(wire.clientRead.suffix(answer.count) == answer[...])
    }

    @Test("close_notify ends reading cleanly, after what was written before it", arguments: [2, 3])
    func goodbye(_ version: Int) throws {
        var wire = try Wire(versions: version...version)
        wire.run()
        try wire.server.write(answer)
        wire.server.shutdown()
        wire.server.shutdown()
        wire.run()
        #expect(wire.clientRead == answer)
        #expect(wire.isClientClosed)
        #expect(wire.clientFailure == nil)
        wire.client.shutdown()
        wire.run()
        #expect(wire.isServerClosed)
        #expect(wire.serverFailure == nil)
    }

    @Test("a goodbye during the handshake sends nothing and breaks nothing")
    func earlyGoodbye() throws {
        var wire = try Wire()
        wire.client.shutdown()
        wire.server.shutdown()
        wire.run()
        #expect(wire.client.isHandshakeComplete)
    }

    @Test("what was written before the handshake waits for it, both sides in order")
    func early() throws {
        var wire = try Wire()
        for part in ["a", "b", "c"] { try wire.client.write(bytes(part)) }
        try wire.server.write(answer)
        wire.run()
        #expect(wire.serverRead == bytes("abc"))
        #expect(wire.clientRead == answer)
    }
}
