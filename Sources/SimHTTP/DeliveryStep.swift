/// One step of how an answer leaves the server. A plan is a list of steps; an empty plan is the
/// ordinary way. What a plan leaves unsent is never sent, and the connection then closes.
package enum DeliveryStep: Hashable, Sendable {
    /// Nothing for so long: a timer of the loop, in the machine's time.
    case wait(Duration)
    /// Status line and header fields.
    case head
    /// The next so many bytes of the body, or what is left of it.
    case body(Int)
    /// What is left of the body, so many bytes at a time, `every` apart.
    case drip(bytes: Int, every: Duration)
    /// Head, if still unsent, and what is left of the body.
    case rest
    /// The connection is reset: the client's system reports it, nothing further arrives.
    case reset
    /// The connection is closed in order.
    case close
    /// Nothing more happens until the client gives up, or `DeliveryPlan.hangLimit`.
    case hang
}

/// Bounds of delivery plans.
package enum DeliveryPlan {
    /// Longest silence of one connection, in the machine's time.
    package static let hangLimit: Duration = .seconds(600)
}
