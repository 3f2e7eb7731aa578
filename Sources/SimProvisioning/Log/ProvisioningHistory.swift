import SimCore

/// What an auditor reads of a job: who changed its course, and what each cycle came to.
/// A fold of the job's records, bounded. provisioning.md §1.11, §2.2.
package struct ProvisioningHistory: Sendable {
    /// A row of the audit log about a job.
    package struct Activity: Hashable, Sendable {
        package let at: Timestamp
        /// `activityDisplayName`
        package let name: String
        /// Reset scope or quarantine reason; empty when there is nothing to add.
        package let detail: String
    }

    /// Cycles and activities kept, each.
    package static let limit = 100

    /// Oldest first.
    package private(set) var cycles: [CycleSummary] = []
    /// Cycles ended so far, those no longer kept included.
    package private(set) var endedCycles = 0
    package private(set) var activities: [Activity] = []
    package private(set) var notices: [ProvisioningNotice] = []

    package init() {}

    package mutating func apply(_ record: ProvisioningRecord, at time: Timestamp) {
        switch record {
        case .cycleEnded(let summary):
            endedCycles += 1
            Self.append(summary, to: &cycles)
        case .notified(let notice): Self.append(notice, to: &notices)
        case .started, .paused, .restarted, .cycleBegan, .linked, .unlinked, .membersExported,
            .escrowed, .escrowCleared, .deferred, .deferralEnded, .logged, .quarantined, .staged,
            .unstaged, .escrowsPruned, .disabled, .deleted, .configured:
            break
        }
        if let name = record.activity {
            Self.append(Activity(at: time, name: name, detail: record.detail), to: &activities)
        }
    }

    private static func append<Row>(_ row: Row, to rows: inout [Row]) {
        rows.append(row)
        if rows.count > limit { rows.removeFirst(rows.count - limit) }
    }
}

extension ProvisioningRecord {
    /// Name of the audit activity; nil for what the audit log does not tell.
    fileprivate var activity: String? {
        switch self {
        case .started: "Enable/start provisioning configuration"
        case .paused, .escrowsPruned, .disabled: "Disable/pause provisioning configuration"
        case .restarted: "Enable/restart provisioning configuration"
        case .quarantined: "Quarantine"
        case .deleted: "Delete provisioning configuration"
        case .configured(.settings): "Update provisioning setting or credentials"
        case .configured(.mappings): "Update attribute mappings or scope"
        case .cycleBegan, .linked, .unlinked, .membersExported, .escrowed, .escrowCleared,
            .deferred, .deferralEnded, .logged, .cycleEnded, .staged, .unstaged, .notified:
            nil
        }
    }

    fileprivate var detail: String {
        switch self {
        case .restarted(let scope): scope.text
        case .quarantined(let quarantine): quarantine.reason.rawValue
        case .escrowsPruned: "escrowsPruned"
        case .disabled: "quarantine period is over"
        case .started, .paused, .deleted, .configured, .cycleBegan, .linked, .unlinked,
            .membersExported, .escrowed, .escrowCleared, .deferred, .deferralEnded, .logged,
            .cycleEnded, .staged, .unstaged, .notified:
            ""
        }
    }
}
