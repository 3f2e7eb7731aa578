import SimCore
import SimCrypto

/// A key of the app's API, or the secret of one of its OAuth clients: its value is shown once,
/// afterwards only the digest is known.
package struct APIKey: Hashable, Sendable {
    package let id: String
    package let name: String
    package let scopes: [String]
    /// The OAuth client whose secret this is; nil for a key that is sent as bearer token.
    package let clientID: String?
    /// SHA-256 of the value, 32 bytes.
    package let digest: [UInt8]
    /// The value's last four characters, for telling keys apart.
    package let hint: String
    /// nil for a key of the fixture.
    package let issuedAt: Timestamp?
    package var revokedAt: Timestamp?

    package init(
        id: String, name: String, scopes: [String], clientID: String? = nil, value: String,
        issuedAt: Timestamp?
    ) {
        self.init(
            id: id, name: name, scopes: scopes, clientID: clientID,
            digest: Self.digest(of: value), hint: String(value.suffix(4)), issuedAt: issuedAt)
    }

    init(
        id: String, name: String, scopes: [String], clientID: String?, digest: [UInt8],
        hint: String, issuedAt: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.clientID = clientID
        self.digest = digest
        self.hint = hint
        self.issuedAt = issuedAt
    }

    static func digest(of value: String) -> [UInt8] { SHA256.digest(Array(value.utf8)) }
}

/// The app's keys and client secrets, in the order issued, revoked ones kept.
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
        /// The key or token is known but may not do this.
        case forbidden(keyID: String, scopes: [String])
        /// An access token whose time is over.
        case expired(keyID: String)
        /// No key was sent, or one that is unknown or revoked.
        case unknown(isPresented: Bool)

        var isGranted: Bool {
            if case .granted = self { true } else { false }
        }
    }

    /// Every digest is compared in constant time and none is skipped, so that the time taken
    /// tells nothing about the keys.
    ///
    /// - Parameter tokens: access tokens the app has given out; each dies with its client.
    package func access(
        authorization: String?, scope: String, tokens: TokenRing = TokenRing(),
        trusts: [OAuthConfiguration.Trust] = [], at now: Timestamp = .epoch
    ) -> Access {
        guard let value = Self.bearer(authorization) else {
            return .unknown(isPresented: authorization != nil)
        }
        let digest = APIKey.digest(of: value)
        var found: APIKey?
        for key in keys where key.clientID == nil && ConstantTime.areEqual(key.digest, digest) {
            found = key
        }
        if found == nil, let token = tokens.token(digest) {
            return access(token, scope, trusts, at: now)
        }
        guard let found, found.revokedAt == nil else { return .unknown(isPresented: true) }
        guard found.scopes.contains(scope) else {
            return .forbidden(keyID: found.id, scopes: found.scopes)
        }
        return .granted(keyID: found.id)
    }

    private func access(
        _ token: IssuedToken, _ scope: String, _ trusts: [OAuthConfiguration.Trust],
        at now: Timestamp
    ) -> Access {
        let secret = keys.last { $0.clientID == token.clientID && $0.revokedAt == nil }
        let isTrusted = trusts.contains { $0.clientID == token.clientID }
        guard secret != nil || isTrusted else { return .unknown(isPresented: true) }
        let id = secret?.id ?? token.clientID
        guard now < token.expiresAt else { return .expired(keyID: id) }
        guard token.scopes.contains(scope) else {
            return .forbidden(keyID: id, scopes: token.scopes)
        }
        return .granted(keyID: id)
    }

    /// The secret of a client that is presented; nil for an unknown client, another value, or one
    /// that was revoked. Every digest is compared.
    func client(_ id: String, secret: String) -> APIKey? {
        let digest = APIKey.digest(of: secret)
        var found: APIKey?
        for key in keys where key.clientID != nil && ConstantTime.areEqual(key.digest, digest) {
            if key.clientID == id, key.revokedAt == nil { found = key }
        }
        return found
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
