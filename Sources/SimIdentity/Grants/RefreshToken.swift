import SimErrors

/// A refresh token: a user's grant that may be used again and again. RFC 6749 §1.5.
///
/// A used token stays valid; each use issues a newer one. identity-platform.md §3.4.
struct RefreshToken: Hashable, Sendable {
    let grant: UserGrant

    init(grant: UserGrant) {
        self.grant = grant
    }

    func text(_ platform: IdentityPlatform) throws(AADSTSError) -> String {
        guard let sealed = platform.sealed.seal(grant.record, for: .refreshToken) else {
            throw .issuanceFailed
        }
        return GrantText.write(
            sealed, tenant: grant.tenant, client: grant.client,
            varying: platform.random.bytes(3, for: .grantID))
    }

    /// Reads a text; one of another shape is malformed, and nil stands for one that has the shape
    /// and is not ours.
    init?(_ text: String, _ platform: IdentityPlatform) throws(AADSTSError) {
        guard let blob = GrantText.read(text) else { throw .malformedRefreshToken }
        guard let record = platform.sealed.open(blob, for: .refreshToken),
            let grant = UserGrant(record: record)
        else { return nil }
        self.grant = grant
    }
}
