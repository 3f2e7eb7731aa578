import SimCore
import SimCrypto
import Testing

@Suite("Certificates — RFC 5280, identity-platform.md §6")
struct CertificateTests {
    private func authority() throws -> Certificate { try TestAuthority.make() }

    @Test("a token-signing certificate names its subject, its validity and its key")
    func tokenSigning() throws {
        let key = try TestKeys.rsa.get()
        let certificate = try TestKeys.signing().certificate
        #expect(certificate.subject == "CN=accounts.accesscontrol.windows.net")
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.notBefore == Moments.start)
        #expect(certificate.notAfter == Moments.start + .days(1_826))
        #expect(certificate.publicKey == key.publicKey)
        #expect(certificate.signatureIsValid(with: certificate))
        #expect(certificate.sha1Thumbprint == SHA1.digest(certificate.der))
        #expect(certificate.sha256Thumbprint == SHA256.digest(certificate.der))
    }

    @Test("the same key, serial and moments give the same certificate")
    func repeatable() throws {
        #expect(try TestKeys.signing().certificate == TestKeys.signing().certificate)
    }

    @Test("validity before 1970 and after 2050 is kept to the second")
    func farMoments() throws {
        let from = Timestamp(seconds: -86_399)
        let to = Timestamp(seconds: 4_102_444_801)
        let certificate = try Certificate.selfSigned(
            rsa: TestKeys.rsa.get(), commonName: "far", serial: [1], from: from, to: to)
        #expect(certificate.notBefore == from)
        #expect(certificate.notAfter == to)
    }

    @Test("the server certificate is signed by the authority, and by nobody else")
    func chain() throws {
        let authority = try authority()
        let server = try TestAuthority.server(names: ["localhost"])
        #expect(server.issuer == authority.subject)
        #expect(server.subject == "CN=localhost")
        #expect(server.publicKey == nil)
        #expect(server.signatureIsValid(with: authority))
        #expect(!server.signatureIsValid(with: server))
        #expect(try !server.signatureIsValid(with: TestKeys.signing().certificate))
        #expect(authority.signatureIsValid(with: authority))
    }

    @Test("PEM and DER are two forms of one certificate; text around it is ignored")
    func forms() throws {
        let certificate = try TestKeys.signing().certificate
        #expect(try Certificate(der: certificate.der) == certificate)
        #expect(try Certificate(pem: certificate.pem) == certificate)
        #expect(try Certificate(pem: "subject=x\n\(certificate.pem)\n# end") == certificate)
        #expect(certificate.pem.split(separator: "\n").allSatisfy { $0.count <= 64 })
        #expect(certificate.pem.hasSuffix("-----END CERTIFICATE-----\n"))
    }

    @Test("a file with several certificates gives all in order, one without gives none")
    func several() throws {
        let list = [try TestKeys.signing().certificate, try authority()]
        #expect(try Certificate.all(inPEM: list.map(\.pem).joined()) == list)
        #expect(try Certificate.all(inPEM: "nothing here") == [])
        #expect(throws: CryptoError.self) { try Certificate(pem: "nothing here") }
    }

    @Test("a broken certificate in a file is an error, not the end of the list")
    func broken() throws {
        let good = try TestKeys.signing().certificate.pem
        let bad = "-----BEGIN CERTIFICATE-----\nMAAw\n-----END CERTIFICATE-----\n"
        #expect(throws: CryptoError.self) { try Certificate.all(inPEM: good + bad) }
    }

    @Test("cut, lengthened or damaged DER never passes for the certificate")
    func damagedDER() throws {
        let certificate = try TestKeys.signing().certificate
        for count in stride(from: 0, to: certificate.der.count, by: 7) {
            #expect(throws: CryptoError.self) {
                try Certificate(der: Array(certificate.der.prefix(count)))
            }
        }
        #expect(throws: CryptoError.self) { try Certificate(der: certificate.der + [0]) }
        for index in certificate.der.indices {
            var changed = certificate.der
            changed[index] ^= 0x55
            // Most changes are still certificates; what matters is that none is taken as signed.
            guard let read = try? Certificate(der: changed) else { continue }
            #expect(!read.signatureIsValid(with: certificate), "byte \(index)")
        }
    }

    @Test(
        "names that are no host names are refused, a comma among them",
        arguments: ["", "a,IP:10.0.0.1", "a b", "*.", "a..b", "*", "a/b", "[::1", "a*.b"])
    func refusedNames(_ name: String) {
        #expect(throws: CryptoError.self) { try TestAuthority.server(names: [name]) }
    }

    @Test(
        "a certificate is asked whether it names a host: DNS name, wildcard or address",
        arguments: [
            ("localhost", true), ("LOCALHOST", true), ("app.contoso.test", true),
            ("127.0.0.1", true), ("::1", true), ("contoso.test", false),
            ("a.app.contoso.test", false), ("127.0.0.2", false), ("", false),
        ])
    func hosts(_ name: String, _ isNamed: Bool) throws {
        let certificate = try TestAuthority.server(
            names: ["localhost", "*.contoso.test", "127.0.0.1", "::1"])
        #expect(certificate.isValid(forHost: name) == isNamed)
    }

    @Test("no name, no serial, one of 0 or of 21 bytes and an end before the beginning are refused")
    func refusedFields() throws {
        let key = try TestKeys.rsa.get()
        #expect(throws: CryptoError.self) { try TestAuthority.server(names: []) }
        for serial in [[], [0x80, 0], [UInt8](repeating: 0xFF, count: 21)] {
            #expect(throws: CryptoError.self) {
                try Certificate.selfSigned(
                    rsa: key, commonName: "x", serial: serial, from: Moments.start,
                    to: Moments.start + .days(1))
            }
        }
        #expect(throws: Never.self) {
            try Certificate.selfSigned(
                rsa: key, commonName: "x", serial: Array(repeating: 0xFF, count: 20),
                from: Moments.start, to: Moments.start + .seconds(1))
        }
        #expect(throws: CryptoError.self) {
            try Certificate.selfSigned(
                rsa: key, commonName: "x", serial: [1], from: Moments.start, to: Moments.start)
        }
    }

    @Test("a server identity needs the key of its first certificate")
    func identity() throws {
        let server = try TestAuthority.server(names: ["localhost"])
        let key = try TestKeys.server.get()
        #expect(throws: CryptoError.self) { try TLSIdentity(chain: [], key: key) }
        #expect(throws: CryptoError.self) {
            try TLSIdentity(chain: [server], key: TestKeys.authority.get())
        }
        let read = try TLSIdentity(
            chainPEM: server.pem + authority().pem, keyPEM: key.pem())
        #expect(try read.chain == [server, authority()])
    }
}
