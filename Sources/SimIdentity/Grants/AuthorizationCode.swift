import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// A single-use code handed to the client on the redirect. RFC 6749 §4.1.2.
///
/// Readable only by us; single use is held by the tenant's log, under the digest of the text.
struct AuthorizationCode: Hashable, Sendable {
    let grant: UserGrant
    /// As sent to the authorize endpoint; nil when the registered one was used.
    let redirectURI: String?
    let nonce: String?
    let challenge: CodeChallenge?
    let wantsAuthenticationTime: Bool
    let claims: ClaimsRequest
    /// What policies said yes to when the code was made.
    let decided: AccessScope

    var expiresAt: Timestamp { grant.issuedAt + TokenLifetime.code }

    /// The text for the redirect.
    func text(_ platform: IdentityPlatform) throws(AADSTSError) -> String {
        let record: JSONValue = [
            grant.record, redirectURI.map { .string($0) } ?? .null,
            nonce.map { .string($0) } ?? .null,
            challenge.map { .string($0.method.rawValue + " " + $0.value) } ?? .null,
            .bool(wantsAuthenticationTime), claims.text.map { .string($0) } ?? .null,
            JSONValue(strings: decided.targets.map(\.description)),
        ]
        guard let sealed = platform.sealed.seal(record, for: .code) else {
            throw .issuanceFailed
        }
        return GrantText.write(
            sealed, tenant: grant.tenant, client: grant.client,
            varying: platform.random.bytes(3, for: .grantID))
    }

    /// Reads a text; one that is not a code of ours is malformed, whatever else is wrong.
    init(_ text: String, _ platform: IdentityPlatform) throws(AADSTSError) {
        guard let blob = GrantText.read(text),
            let fields = platform.sealed.open(blob, for: .code)?.arrayValue, fields.count == 7,
            let grant = UserGrant(record: fields[0])
        else { throw .malformedRequest }
        self.grant = grant
        redirectURI = fields[1].stringValue
        nonce = fields[2].stringValue
        challenge = fields[3].stringValue.flatMap(CodeChallenge.init(record:))
        wantsAuthenticationTime = fields[4].boolValue ?? false
        claims = try ClaimsRequest(fields[5].stringValue)
        let targets = fields[6].arrayValue ?? []
        decided = AccessScope(
            targets: targets.compactMap { $0.stringValue.flatMap { AppID($0) } },
            contexts: claims.accessContexts)
    }

    init(
        grant: UserGrant, redirectURI: String?, nonce: String?, challenge: CodeChallenge?,
        wantsAuthenticationTime: Bool, claims: ClaimsRequest, decided: AccessScope
    ) {
        self.grant = grant
        self.redirectURI = redirectURI
        self.nonce = nonce
        self.challenge = challenge
        self.wantsAuthenticationTime = wantsAuthenticationTime
        self.claims = claims
        self.decided = decided
    }

    /// What the log remembers of a used code.
    static func digest(_ text: String) -> String {
        Base64.urlEncode(SHA256.digest(Array(text.utf8)))
    }
}
