import SimCore
import SimDirectory

/// A fact about a job, as the tenant's log keeps it. The job's state and its log are folds of
/// these.
package enum ProvisioningRecord: Hashable, Sendable {
    // By an admin
    case started
    case paused
    case restarted(ResetScope)
    /// The job was removed with everything it remembers.
    case deleted
    /// The job's page was saved; what follows from it has records of its own.
    case configured(Configured)

    // By a cycle; what comes once a cycle is kept apart, so that the others stay small.
    indirect case cycleBegan(CycleStart)
    case linked(ObjectKey, Link)
    case unlinked(ObjectKey)
    /// Members the target has been told about, and those it was told to forget.
    case membersExported(GroupID, added: [UserID], removed: [UserID])
    indirect case escrowed(ObjectKey, Escrow)
    case escrowCleared(ObjectKey)
    indirect case deferred(ReferenceEscrow)
    case deferralEnded(DeferredReference)
    case logged(ProvisioningLogEntry)
    /// A disable or delete that is held back, and one that no longer is.
    case staged(ObjectKey)
    case unstaged(ObjectKey)
    indirect case quarantined(Quarantine)
    /// Too many failures in an initial cycle: they are forgotten and the job waits.
    case escrowsPruned
    /// Switched off after the retry period in quarantine; the status code it shows from then on.
    case disabled(ProvisioningJobState.StatusCode)
    indirect case notified(ProvisioningNotice)
    indirect case cycleEnded(CycleSummary)
}

extension ProvisioningRecord {
    /// What of a job's page was saved, as the audit log tells them apart. provisioning.md §1.11.
    package enum Configured: String, CaseIterable, Sendable {
        /// Address, credentials, notifications.
        case settings = "s"
        /// Mappings, scoping filters, who is in scope.
        case mappings = "m"
    }
}

/// The beginning of a cycle.
package struct CycleStart: Hashable, Sendable {
    package let id: GUID
    package let kind: CycleKind
    package let at: Timestamp
    /// Fingerprint of the mappings it works with; nil in records of older builds.
    package let mappings: UInt64?
    /// Sequence number of the directory it works with; nil in records of older builds.
    package let directory: UInt64?
    /// Who was in its scope; nil in records of older builds.
    package let scope: ProvisioningConfiguration.Scope?

    package init(
        id: GUID, kind: CycleKind, at: Timestamp, mappings: UInt64? = nil,
        directory: UInt64? = nil, scope: ProvisioningConfiguration.Scope? = nil
    ) {
        self.id = id
        self.kind = kind
        self.at = at
        self.mappings = mappings
        self.directory = directory
        self.scope = scope
    }
}

/// A reference that could not be written because of a failure that is tried again: nothing in
/// scope is lost. provisioning.md §1.11, class "reference".
package enum DeferredReference: Hashable, Sendable {
    case manager(of: UserID)
    case member(GroupID, UserID)

    /// Two entries about the same pair replace each other.
    package struct Place: Hashable, Sendable {
        package let owner: ObjectKey
        package let member: UserID?
    }

    package var place: Place {
        switch self {
        case .manager(let user): Place(owner: .user(user), member: nil)
        case .member(let group, let user): Place(owner: .group(group), member: user)
        }
    }
}

/// What a restart clears. provisioning.md §1.9, §6.2.
package struct ResetScope: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let connectorDataStore = ResetScope(rawValue: 1)
    package static let escrows = ResetScope(rawValue: 2)
    package static let watermark = ResetScope(rawValue: 4)
    package static let quarantineState = ResetScope(rawValue: 8)
    package static let forceDeletes = ResetScope(rawValue: 16)
    /// The portal's "Restart provisioning", and an empty `resetScope`.
    package static let portal: ResetScope = [.watermark, .escrows, .quarantineState]
    package static let full: ResetScope = [
        .connectorDataStore, .watermark, .escrows, .quarantineState,
    ]

    private static let names: [(String, ResetScope)] = [
        ("None", []), ("ConnectorDataStore", .connectorDataStore), ("Escrows", .escrows),
        ("Watermark", .watermark), ("QuarantineState", .quarantineState), ("Full", .full),
        ("ForceDeletes", .forceDeletes),
    ]

    /// The names in Graph's own order, comma-separated.
    package var text: String {
        guard !isEmpty else { return "None" }
        return Self.names.filter { !$0.1.isEmpty && $0.0 != "Full" && contains($0.1) }
            .map(\.0).joined(separator: ", ")
    }

    /// Comma-separated names in any case; empty means `portal`. nil for an unknown name.
    package init?(text: String) {
        let pieces = text.split(separator: ",").map {
            $0.filter { $0 != " " }.lowercased()
        }
        guard !pieces.isEmpty else {
            self = .portal
            return
        }
        var value = ResetScope()
        for piece in pieces {
            guard let known = Self.names.first(where: { $0.0.lowercased() == piece }) else {
                return nil
            }
            value.formUnion(known.1)
        }
        self = value
    }
}
