import SimCore
import SimCrypto
import Testing

@Suite("TLS: whom a client believes — RFC 6125, X509_V_ERR")
struct TLSTrustTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var names = ["localhost"]
        var asking = "localhost"
        var version = 3
        var trusts = true
        var at: Timestamp = Moments.start + .days(1)
        /// X509_V_ERR number; nil when the server is believed.
        let code: Int?
    }

    @Test(
        "a client answers",
        arguments: [
            Row(testDescription: "yes to the name", code: nil),
            Row(testDescription: "yes to the name in capitals", asking: "LocalHost", code: nil),
            Row(
                testDescription: "yes to the second name", names: ["a.test", "localhost"], code: nil
            ),
            Row(
                testDescription: "yes to one label under a wildcard", names: ["*.contoso.test"],
                asking: "app.contoso.test", code: nil),
            Row(
                testDescription: "62 to two labels under a wildcard", names: ["*.contoso.test"],
                asking: "a.b.contoso.test", code: 62),
            Row(
                testDescription: "62 to a wildcard over a top level name, as OpenSSL decides",
                names: ["*.localhost"], asking: "claras.localhost", code: 62),
            Row(testDescription: "62 to another name", asking: "login.test", code: 62),
            Row(
                testDescription: "62 to another name in TLS 1.2", asking: "login.test", version: 2,
                code: 62),
            Row(
                testDescription: "yes to an IPv4 address", names: ["127.0.0.1"],
                asking: "127.0.0.1", code: nil),
            Row(
                testDescription: "yes to an IPv6 address", names: ["::1"], asking: "[::1]",
                code: nil),
            Row(
                testDescription: "64 to an address only named by DNS", asking: "127.0.0.1",
                code: 64),
            Row(
                testDescription: "62 to a name when only the address is there",
                names: ["127.0.0.1"], code: 62),
            Row(
                testDescription: "20 to an authority it does not know", trusts: false, code: 20),
            Row(
                testDescription: "20 rather than 62: the chain is judged before the name",
                asking: "login.test", trusts: false, code: 20),
            Row(
                testDescription: "yes one second before the end",
                at: Moments.start + .days(365) - .seconds(1), code: nil),
            Row(
                testDescription: "10 in the second of the end, which OpenSSL counts as over",
                at: Moments.start + .days(365), code: 10),
            Row(
                testDescription: "62 rather than 10: the name is judged before the validity",
                asking: "login.test", at: Moments.start + .days(366), code: 62),
            Row(testDescription: "yes in the first second", at: Moments.start, code: nil),
            Row(
                testDescription: "9 one second earlier", at: Moments.start - .seconds(1), code: 9),
        ])
    func verdict(_ row: Row) throws {
        let stranger = try TestKeys.signing().certificate
        var wire = try Wire(
            names: row.names, asking: row.asking, versions: row.version...row.version,
            trusting: row.trusts ? nil : .certificates([stranger]), at: row.at)
        wire.run()
        guard let code = row.code else {
            #expect(wire.clientFailure == nil)
            #expect(wire.client.isHandshakeComplete)
            return
        }
        guard case .untrusted(code, let reason)? = wire.clientFailure else {
            Issue.record("expected \(code), got \(String(describing: wire.clientFailure))")
            return
        }
        #expect(!reason.isEmpty)
        // The server learns of it by an alert.
        guard case .failed(let alert)? = wire.serverFailure else {
            Issue.record("the server noticed nothing")
            return
        }
        #expect(alert.contains("alert"))
    }

    @Test("a self-signed server is 18 until its own certificate is named as trusted")
    func selfSigned() throws {
        let key = try TestKeys.rsa.get()
        let certificate = try TestKeys.signing().certificate
        let identity = try TLSIdentity(chainPEM: certificate.pem, keyPEM: key.pem())
        for (trust, expected) in [
            (TrustStore.certificates([try TestAuthority.make()]), 18),
            (.certificates([certificate]), 62),
        ] {
            var wire = Wire(
                client: try TLSConnection(
                    client: .client(trust: trust), serverName: "localhost",
                    verifyingAt: Moments.start),
                server: try TLSConnection(server: .server(identity: identity)))
            wire.run()
            guard case .untrusted(expected, _)? = wire.clientFailure else {
                Issue.record("expected \(expected), got \(String(describing: wire.clientFailure))")
                continue
            }
        }
    }

    @Test("a server's own certificate may be named as trusted instead of its authority")
    func pinned() throws {
        let server = try TestAuthority.server(names: ["localhost"])
        let identity = try TLSIdentity(chain: [server], key: TestKeys.server.get())
        var wire = Wire(
            client: try TLSConnection(
                client: .client(trust: .certificates([server])), serverName: "localhost",
                verifyingAt: Moments.start),
            server: try TLSConnection(server: .server(identity: identity)))
        wire.run()
        #expect(wire.clientFailure == nil)
        #expect(wire.client.isHandshakeComplete)
    }

    @Test("the machine's store can be used alone and with another authority")
    func system() throws {
        #expect(throws: Never.self) { try TLSContext.client(trust: .system) }
        var wire = try Wire(trusting: .systemAnd([TestAuthority.make()]))
        wire.run()
        #expect(wire.clientFailure == nil)
    }

    @Test("a client asks for no server that is no host name")
    func badName() throws {
        let context = try TLSContext.client(trust: .certificates([]))
        for name in ["", "a b", "a/b", "[::1"] {
            #expect(throws: CryptoError.self) {
                try TLSConnection(client: context, serverName: name)
            }
        }
    }
}
