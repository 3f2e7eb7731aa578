import SimCore

/// How a cycle looks at the directory. provisioning.md §1.3, §1.4.
package enum CycleKind: String, CaseIterable, Sendable {
    /// Everything in scope is evaluated.
    case initial
    /// What changed since the watermark, and due retries.
    case incremental
}

/// `synchronizationError`. provisioning.md §6.1.
package struct SynchronizationError: Hashable, Sendable {
    package let code: String
    package let message: String
    package let isTenantActionable: Bool

    package init(code: String, message: String, isTenantActionable: Bool = true) {
        self.code = code
        self.message = message
        self.isTenantActionable = isTenantActionable
    }
}

/// The numbers of one execution. provisioning.md §6.1 and, for people, by operation.
package struct CycleCounters: Hashable, Sendable {
    package var entitled = 0
    package var entitledForProvisioning = 0
    /// Failures waiting for another attempt, of objects and of references.
    package var escrowed = 0
    /// Those, and references that wait for another object's attempt.
    package var escrowedRaw = 0
    package var exported = 0
    package var exports = 0
    package var imported = 0
    package var importedDeltas = 0
    package var importedReferenceDeltas = 0
    package var created = 0
    package var updated = 0
    package var disabled = 0
    package var deleted = 0
    package var skipped = 0
    package var failed = 0
    /// Calls sent to the target, reads included.
    package var calls = 0
    /// Of `failed`, those of a manager or member.
    package var failedReferences = 0
    /// Disables and deletes held back by the accidental-deletion guard.
    package var staged = 0

    package init() {}

    /// Names of the stored form with their places; the order never changes.
    static let fields: [WritableKeyPath<CycleCounters, Int> & Sendable] = [
        \.entitled, \.entitledForProvisioning, \.escrowed, \.escrowedRaw, \.exported, \.exports,
        \.imported, \.importedDeltas, \.importedReferenceDeltas, \.created, \.updated, \.disabled,
        \.deleted, \.skipped, \.failed, \.calls,
        \.failedReferences, \.staged,
    ]
}

/// What a finished cycle leaves behind.
package struct CycleSummary: Hashable, Sendable {
    /// `lastExecution.state`.
    package enum Result: String, CaseIterable, Sendable {
        case succeeded = "Succeeded"
        case failed = "Failed"
        case entryLevelErrors = "EntryLevelErrors"
    }

    package let id: GUID
    package let kind: CycleKind
    package let beganAt: Timestamp
    package let endedAt: Timestamp
    package let result: Result
    package let error: SynchronizationError?
    package let counters: CycleCounters
    /// The log's sequence number everything up to which has been looked at; nil after a failure.
    package let watermark: UInt64?

    package init(
        id: GUID, kind: CycleKind, beganAt: Timestamp, endedAt: Timestamp, result: Result,
        error: SynchronizationError?, counters: CycleCounters, watermark: UInt64?
    ) {
        self.id = id
        self.kind = kind
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.result = result
        self.error = error
        self.counters = counters
        self.watermark = watermark
    }
}
