import SimCore

/// An access token the app has given out: only its digest is kept.
package struct IssuedToken: Hashable, Sendable {
    /// SHA-256 of the value, 32 bytes.
    package let digest: [UInt8]
    package let clientID: String
    package let scopes: [String]
    package let issuedAt: Timestamp
    package let expiresAt: Timestamp
}

/// The tokens that are not over yet, oldest first.
package struct TokenRing: Hashable, Sendable {
    /// Most tokens kept; the oldest makes room for one more.
    package static let limit = 1_000

    private var tokens: [[UInt8]: IssuedToken] = [:]
    /// Digests in the order issued.
    private var order: [[UInt8]] = []

    package init() {}

    package var count: Int { tokens.count }

    /// The token of this value, even one that is over; nil when it is not known (any more).
    func token(_ digest: [UInt8]) -> IssuedToken? { tokens[digest] }

    /// Takes a token in; those that ended an hour before it are forgotten.
    mutating func add(_ token: IssuedToken) {
        let horizon = token.issuedAt - Self.memory
        while let first = order.first,
            order.count >= Self.limit || tokens[first].map({ $0.expiresAt <= horizon }) ?? true
        {
            tokens[order.removeFirst()] = nil
        }
        tokens[token.digest] = token
        order.append(token.digest)
    }

    /// How long a token that is over is known by name, so that its refusal can say so.
    private static let memory: Duration = .seconds(3_600)
}
