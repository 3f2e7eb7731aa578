import SimCore
import SimCrypto

/// A key of the app's API: its value is shown once, afterwards only the digest is known.
package struct APIKey: Hashable, Sendable {
    package let id: String
    package let name: String
    package let scopes: [String]
    /// SHA-256 of the value, 32 bytes.
    package let digest: [UInt8]
    /// The value's last four characters, for telling keys apart.
    package let hint: String
    /// nil for a key of the fixture.
    package let issuedAt: Timestamp?
    package var revokedAt: Timestamp?

    package init(
        id: String, name: String, scopes: [String], value: String, issuedAt: Timestamp?
    ) {
        self.init(
            id: id, name: name, scopes: scopes, digest: Self.digest(of: value),
            hint: String(value.suffix(4)), issuedAt: issuedAt)
    }

    init(
        id: String, name: String, scopes: [String], digest: [UInt8], hint: String,
        issuedAt: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.digest = digest
        self.hint = hint
        self.issuedAt = issuedAt
    }

    static func digest(of value: String) -> [UInt8] { SHA256.digest(Array(value.utf8)) }
}

/// The app's keys, in the order issued, revoked ones kept.
package struct KeyRing: Hashable, Sendable {
    package private(set) var keys: [APIKey]

    /// Most keys an app can have, revoked ones counted.
    package static let limit = 200

    package init(_ keys: [APIKey] = []) {
        self.keys = keys
    }

    /// What a call with this `Authorization` field may do.
    package enum Access: Hashable, Sendable {
        case granted(keyID: String)
        /// The key is known but may not do this.
        case forbidden(keyID: String, scopes: [String])
        /// No key was sent, or one that is unknown or revoked.
        case unknown(isPresented: Bool)

        var isGranted: Bool {
            if case .granted = self { true } else { false }
        }
    }

    /// Every digest is compared in constant time and none is skipped, so that the time taken
    /// tells nothing about the keys.
    package func access(authorization: String?, scope: String) -> Access {
        guard let value = Self.bearer(authorization) else {
            return .unknown(isPresented: authorization != nil)
        }
        let digest = APIKey.digest(of: value)
        var found: APIKey?
        for key in keys where ConstantTime.areEqual(key.digest, digest) { found = key }
        guard let found, found.revokedAt == nil else { return .unknown(isPresented: true) }
        guard found.scopes.contains(scope) else {
            return .forbidden(keyID: found.id, scopes: found.scopes)
        }
        return .granted(keyID: found.id)
    }

    package mutating func add(_ key: APIKey) {
        keys.append(key)
    }

    package mutating func revoke(_ id: String, at time: Timestamp) {
        guard let index = keys.firstIndex(where: { $0.id == id && $0.revokedAt == nil }) else {
            return
        }
        keys[index].revokedAt = time
    }

    /// The token of `Bearer token`; nil for any other scheme or an empty token. RFC 6750 §2.1.
    private static func bearer(_ field: String?) -> String? {
        guard let field else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}
