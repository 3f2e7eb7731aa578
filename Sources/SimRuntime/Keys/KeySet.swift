import SimCore
import SimCrypto
import Synchronization

/// The simulator's own keys: the local CA, the server's certificate, the key that seals codes and
/// cookies, and each tenant's token-signing keys.
package final class KeySet: Sendable {
    /// Where keys are kept between runs.
    package enum Storage: Sendable {
        /// `ca.pem`, `server.pem`, `sealing.key`, `{tenant}/signing-1.pem`, …; private files 0600.
        case folder(String)
        /// Gone with the process.
        case memory
    }

    /// Host names the server certificate always carries: the simulator's own and Entra's, for
    /// those who route Entra's names here.
    package static let serverNames = [
        "localhost", "*.localhost", "127.0.0.1", "::1", "login.microsoftonline.com",
        "login.windows.net", "login.microsoft.com", "sts.windows.net", "graph.microsoft.com",
    ]

    package let authority: Certificate
    private let issuer: CertifiedKey
    private let names: [String]
    package let serverIdentity: TLSIdentity
    package let sealing: SealingKey
    private let storage: Storage
    private let random: any RandomSource
    /// The machine's time: certificates are checked by clients against theirs.
    private let machineTime: Timestamp
    private let signing = Mutex<[String: SigningKey]>([:])

    /// Loads what the storage has and makes what it lacks.
    package init(
        _ storage: Storage, extraServerNames: [String] = [], machineTime: Timestamp,
        random: any RandomSource
    ) throws(KeyFailure) {
        self.storage = storage
        self.random = random
        self.machineTime = machineTime
        let files = KeyFiles(storage)
        let maker = CertificateMaker(machineTime: machineTime, random: random)
        try files.prepare()

        let authority = try files.loadOrMake("ca") { () throws(CryptoError) in
            try maker.authority()
        }
        self.authority = authority.certificate
        issuer = authority
        let names = Self.serverNames + extraServerNames
        self.names = names
        var server = try files.load("server")
        if let found = server,
            !maker.isStillGood(found.certificate, for: names, issuer: authority.certificate)
        {
            server = nil
        }
        if server == nil {
            do {
                server = try maker.server(names: names, authority: authority)
            } catch {
                throw .crypto(error)
            }
            if let server { try files.save(server, as: "server") }
        }
        guard let server else { preconditionFailure("made above") }
        let sealingBytes = try files.loadOrMakeBytes(
            "sealing.key", count: SealingKey.byteCount, random: random)
        do {
            serverIdentity = try TLSIdentity(
                chain: [server.certificate, authority.certificate], key: server.key)
            sealing = try SealingKey(sealingBytes)
        } catch {
            throw .crypto(error)
        }
    }

    /// A server identity with one thing wrong with its certificate. A new one each time.
    package func serverIdentity(
        with defect: CertificateDefect
    ) throws(CryptoError) -> TLSIdentity {
        let maker = CertificateMaker(machineTime: machineTime, random: random)
        let authority = defect == .untrusted ? try maker.authority() : issuer
        let server = try maker.server(names: names, authority: authority, with: defect)
        return try TLSIdentity(
            chain: [server.certificate, authority.certificate], key: server.key)
    }

    /// A token-signing key of a tenant, or of one of its applications. Made on first use, which
    /// takes a third of a second.
    package func signingKey(
        _ number: Int, tenant: String, app: String? = nil
    ) throws(KeyFailure) -> SigningKey {
        let name = "\(tenant)/" + (app.map { "apps/\($0)/" } ?? "") + "signing-\(number)"
        // Under the lock: two first users of a key must not make two.
        let result = signing.withLock { known -> Result<SigningKey, KeyFailure> in
            if let key = known[name] { return .success(key) }
            do throws(KeyFailure) {
                let key = try load(name, isApplication: app != nil)
                known[name] = key
                return .success(key)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func load(_ name: String, isApplication: Bool) throws(KeyFailure) -> SigningKey {
        let maker = CertificateMaker(machineTime: machineTime, random: random)
        return try KeyFiles(storage).loadOrMakeSigningKey(name) { () throws(CryptoError) in
            isApplication ? try maker.applicationKey() : try maker.signingKey()
        }
    }
}
