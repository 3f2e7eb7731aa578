import SimCore

/// Why and since when a job is held back. provisioning.md §2.
package struct Quarantine: Hashable, Sendable {
    package enum Reason: String, CaseIterable, Sendable {
        case encounteredBaseEscrowThreshold = "EncounteredBaseEscrowThreshold"
        case encounteredTotalEscrowThreshold = "EncounteredTotalEscrowThreshold"
        case encounteredEscrowProportionThreshold = "EncounteredEscrowProportionThreshold"
        case encounteredQuarantineException = "EncounteredQuarantineException"
        case unknown = "Unknown"
        case quarantinedOnDemand = "QuarantinedOnDemand"
        case tooManyDeletes = "TooManyDeletes"
        case ingestionInterrupted = "IngestionInterrupted"
    }

    package let reason: Reason
    package let error: SynchronizationError
    package let seriesBegan: Timestamp
    package let currentBegan: Timestamp
    /// Evaluations that found the trouble again, the first included.
    package let seriesCount: Int
    /// nil when the retry period is over.
    package let nextAttempt: Timestamp?

    package init(
        reason: Reason, error: SynchronizationError, seriesBegan: Timestamp,
        currentBegan: Timestamp, seriesCount: Int, nextAttempt: Timestamp?
    ) {
        self.reason = reason
        self.error = error
        self.seriesBegan = seriesBegan
        self.currentBegan = currentBegan
        self.seriesCount = seriesCount
        self.nextAttempt = nextAttempt
    }

    /// The quarantine after another failure at `now`.
    static func after(
        _ reason: Reason, _ error: SynchronizationError, previous: Quarantine?,
        at now: Timestamp, schedule: RetrySchedule
    ) -> Quarantine {
        let count = (previous?.seriesCount ?? 0) + 1
        let began = previous?.seriesBegan ?? now
        return Quarantine(
            reason: reason, error: error, seriesBegan: began, currentBegan: now,
            seriesCount: count, nextAttempt: schedule.next(after: now, anchor: began))
    }
}
