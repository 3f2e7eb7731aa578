import SimDirectory
import SimHTTP

/// What the shell does next for a request.
package enum IdentityStep: Sendable {
    /// Send this.
    case answer(HTTPResponse)
    /// Append these events, then send what `then` makes of the result.
    case commit(TenantCommit)
}

/// Events that must be in the tenant's log before the answer leaves.
package struct TenantCommit: Sendable {
    /// Whether the tenant took the events.
    package enum Outcome: Hashable, Sendable {
        case appended
        /// A single-use artifact among them was already used: nothing was appended.
        case alreadyRedeemed
        /// The tenant changed meanwhile, or the log could not be written: nothing was appended.
        case refused
    }

    package let tenant: TenantID
    /// In order, all or none.
    package let events: [TenantEvent]
    /// Makes the answer; signs tokens, so it is called once and late.
    package let then: @Sendable (Outcome) -> HTTPResponse
}
