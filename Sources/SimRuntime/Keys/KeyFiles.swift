import SimCore
import SimCrypto

/// A certificate with the private key that belongs to it.
struct CertifiedKey: Sendable {
    let certificate: Certificate
    let key: ECPrivateKey
}

/// Reads and writes the files of a key folder; with `.memory` there is nothing to read and saving
/// does nothing.
struct KeyFiles {
    private let folder: String?

    init(_ storage: KeySet.Storage) {
        switch storage {
        case .folder(let path): folder = path
        case .memory: folder = nil
        }
    }

    func prepare() throws(KeyFailure) {
        guard let folder else { return }
        try asKeyFailure { () throws(FileFailure) in try FileAccess.createFolder(folder) }
    }

    /// `{name}.pem` holds the certificate, `{name}.key` the private key; nil when either is
    /// missing.
    func load(_ name: String) throws(KeyFailure) -> CertifiedKey? {
        guard let certificate = try text("\(name).pem"), let key = try text("\(name).key") else {
            return nil
        }
        return CertifiedKey(
            certificate: try parse("\(name).pem") { () throws(CryptoError) in
                try Certificate(pem: certificate)
            },
            key: try parse("\(name).key") { () throws(CryptoError) in try ECPrivateKey(pem: key) })
    }

    func save(_ pair: CertifiedKey, as name: String) throws(KeyFailure) {
        try save(pair.certificate, as: name) { () throws(CryptoError) in try pair.key.pem() }
    }

    /// The text of the private key is made only where there is a folder for it.
    private func save(
        _ certificate: Certificate, as name: String, key: () throws(CryptoError) -> String
    ) throws(KeyFailure) {
        guard folder != nil else { return }
        let text: String
        do { text = try key() } catch { throw .crypto(error) }
        try write(Array(text.utf8), to: "\(name).key", isPrivate: true)
        try write(Array(certificate.pem.utf8), to: "\(name).pem", isPrivate: false)
    }

    func loadOrMake(
        _ name: String, _ make: () throws(CryptoError) -> CertifiedKey
    ) throws(KeyFailure) -> CertifiedKey {
        if let found = try load(name) { return found }
        let made: CertifiedKey
        do { made = try make() } catch { throw .crypto(error) }
        try save(made, as: name)
        return made
    }

    func loadOrMakeSigningKey(
        _ name: String, _ make: () throws(CryptoError) -> SigningKey
    ) throws(KeyFailure) -> SigningKey {
        if let certificate = try text("\(name).pem"), let key = try text("\(name).key") {
            return try parse("\(name).key") { () throws(CryptoError) in
                try SigningKey(
                    privateKey: RSAPrivateKey(pem: key), certificate: Certificate(pem: certificate))
            }
        }
        let made: SigningKey
        do { made = try make() } catch { throw .crypto(error) }
        if let folder, let slash = name.lastIndex(of: "/") {
            let path = "\(folder)/\(name[..<slash])"
            try asKeyFailure { () throws(FileFailure) in try FileAccess.createFolder(path) }
        }
        try save(made.certificate, as: name) { () throws(CryptoError) in
            try made.privateKey.pem()
        }
        return made
    }

    func loadOrMakeBytes(
        _ name: String, count: Int, random: any RandomSource
    ) throws(KeyFailure) -> [UInt8] {
        if let text = try text(name) {
            guard let bytes = Base64.urlDecode(text.filter { !$0.isWhitespace }),
                bytes.count == count
            else {
                throw .unusable(
                    path: path(name),
                    CryptoError(operation: "read", reasons: ["not \(count) bytes in base64url"]))
            }
            return bytes
        }
        let bytes = random.bytes(count, for: RandomPurpose("key material"))
        try write(Array("\(Base64.urlEncode(bytes))\n".utf8), to: name, isPrivate: true)
        return bytes
    }

    private func path(_ name: String) -> String { "\(folder ?? "")/\(name)" }

    private func text(_ name: String) throws(KeyFailure) -> String? {
        guard folder != nil else { return nil }
        do {
            return String(decoding: try FileAccess.read(path(name)), as: UTF8.self)
        } catch {
            if error.isMissing { return nil }
            throw .file(error)
        }
    }

    private func write(_ bytes: [UInt8], to name: String, isPrivate: Bool) throws(KeyFailure) {
        guard folder != nil else { return }
        try asKeyFailure { () throws(FileFailure) in
            try FileAccess.writeAtomically(bytes, to: path(name), mode: isPrivate ? 0o600 : 0o644)
        }
    }

    private func parse<Value>(
        _ name: String, _ body: () throws(CryptoError) -> Value
    ) throws(KeyFailure) -> Value {
        do { return try body() } catch { throw .unusable(path: path(name), error) }
    }

    private func asKeyFailure(_ body: () throws(FileFailure) -> Void) throws(KeyFailure) {
        do { try body() } catch { throw .file(error) }
    }
}
