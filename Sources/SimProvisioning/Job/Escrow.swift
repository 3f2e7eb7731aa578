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

    /// The entry after a failure at `now`; nil when the retry period is over and it is dropped.
    package static func after(
        _ code: ProvisioningErrorCode, previous: Escrow?, at now: Timestamp,
        schedule: RetrySchedule
    ) -> Escrow? {
        guard let previous else {
            return Escrow(
                kind: code.isTransient ? .transient : .permanent, code: code, createdAt: now,
                retries: 0, firstRetryAt: nil, nextAttempt: now)
        }
        let retries = previous.retries + 1
        let anchor = previous.firstRetryAt ?? now
        guard !code.isTransient else {
            return Escrow(
                kind: .transient, code: code, createdAt: previous.createdAt, retries: retries,
                firstRetryAt: anchor, nextAttempt: now)
        }
        // A failure between two steps does not move the schedule: the next step is the first one
        // still ahead.
        var step = 1
        while let next = schedule.next(afterRetries: step, anchor: anchor) {
            if next > now {
                return Escrow(
                    kind: .permanent, code: code, createdAt: previous.createdAt, retries: retries,
                    firstRetryAt: anchor, nextAttempt: next)
            }
            step += 1
        }
        return nil
    }
}
