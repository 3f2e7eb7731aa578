import SimCore

/// A token of the target's token endpoint.
package struct AccessToken: Hashable, Sendable {
    package let value: String
    package let issuedAt: Timestamp
    package let lifetime: Duration

    package init(value: String, issuedAt: Timestamp, lifetime: Duration) {
        self.value = value
        self.issuedAt = issuedAt
        self.lifetime = lifetime
    }

    package var expiresAt: Timestamp { issuedAt + lifetime }

    /// When the next token is asked for: `margin` before the end, and never before half its life.
    func renewedAt(margin: Duration) -> Timestamp {
        expiresAt - min(max(margin, .zero), lifetime / 2)
    }
}
