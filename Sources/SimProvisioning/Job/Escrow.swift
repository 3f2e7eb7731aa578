import SimCore

/// A stored failure of one object, waiting to be tried again. provisioning.md §1.11.
package struct Escrow: Hashable, Sendable {
    /// Which back-off applies.
    package enum Kind: String, CaseIterable, Sendable {
        /// The target's trouble: tried again in every cycle.
        case transient = "t"
        /// Something about the data: documented back-off.
        case permanent = "p"
    }

    package let kind: Kind
    package let code: ProvisioningErrorCode
    package let createdAt: Timestamp
    /// Retries made so far.
    package let retries: Int
    /// Time of the first retry; nil before it.
    package let firstRetryAt: Timestamp?
    package let nextAttempt: Timestamp

    package init(
        kind: Kind, code: ProvisioningErrorCode, createdAt: Timestamp, retries: Int,
        firstRetryAt: Timestamp?, nextAttempt: Timestamp
    ) {
        self.kind = kind
        self.code = code
        self.createdAt = createdAt
        self.retries = retries
        self.firstRetryAt = firstRetryAt
        self.nextAttempt = nextAttempt
    }

    /// Whether a cycle that begins at `now` tries it again.
    package func isDue(at now: Timestamp) -> Bool { nextAttempt <= now }

    /// The entry after a failure at `now`; nil when the retry period is over and it is dropped.
    ///
    /// - Parameters:
    ///   - began: beginning of the cycle that tried; the first retry's date counts from there,
    ///     not from its failure. nil: the same moment.
    ///   - notBefore: what the target asked for with `Retry-After`, where that is heeded.
    package static func after(
        _ code: ProvisioningErrorCode, previous: Escrow?, at now: Timestamp,
        began: Timestamp? = nil, schedule: RetrySchedule, notBefore: Timestamp? = nil
    ) -> Escrow? {
        let kind: Kind = code.isTransient ? .transient : .permanent
        let earliest = max(now, notBefore ?? now)
        guard let previous else {
            return Escrow(
                kind: kind, code: code, createdAt: now, retries: 0, firstRetryAt: nil,
                nextAttempt: earliest)
        }
        let anchor = previous.firstRetryAt ?? began ?? now
        let next: Timestamp? =
            switch kind {
            case .transient: now - anchor < schedule.period ? earliest : nil
            case .permanent: schedule.next(after: earliest, anchor: anchor)
            }
        return next.map { next in
            Escrow(
                kind: kind, code: code, createdAt: previous.createdAt,
                retries: previous.retries + 1, firstRetryAt: anchor, nextAttempt: next)
        }
    }
}

/// A reference held back: why it has failed, or nothing but the other end is missing.
/// Counted apart from the escrows of objects. provisioning.md §1.11, class "reference".
package struct ReferenceEscrow: Hashable, Sendable {
    package let reference: DeferredReference
    /// nil while it waits for an object that is itself being retried.
    package let escrow: Escrow?

    package init(_ reference: DeferredReference, escrow: Escrow? = nil) {
        self.reference = reference
        self.escrow = escrow
    }

    /// Whether a cycle that begins at `now` looks at it. Waiting costs no call.
    func isDue(at now: Timestamp) -> Bool { escrow?.isDue(at: now) ?? true }
}
