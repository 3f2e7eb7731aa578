import SimCore
import SimDirectory

/// Everything a job remembers: the fold of its records. A value, cheap to copy at any size; a
/// write after a copy touches one chunk of a table.
package struct ProvisioningJobState: Sendable {
    /// `schedule.state`.
    package enum Schedule: String, CaseIterable, Sendable {
        case active = "Active"
        case disabled = "Disabled"
        case paused = "Paused"
    }

    /// `status.code`. provisioning.md §1.2.
    package enum StatusCode: String, CaseIterable, Sendable {
        case notConfigured = "NotConfigured"
        case notRun = "NotRun"
        case active = "Active"
        case paused = "Paused"
        case quarantine = "Quarantine"
    }

    package private(set) var schedule: Schedule
    package private(set) var quarantine: Quarantine?
    /// The sequence number up to which the directory has been looked at; nil: the next cycle is an
    /// initial one.
    package private(set) var watermark: UInt64?
    /// The cycle that has begun and not ended; left behind by a crash, it is simply repeated.
    package private(set) var running: CycleStart?
    /// A restart came while a cycle was under way: its end does not set the watermark.
    private var isOverrun = false
    package private(set) var links = ShardedTable<ObjectKey, Link>()
    package private(set) var escrows = ShardedTable<ObjectKey, Escrow>()
    package private(set) var deferrals =
        ShardedTable<DeferredReference.Place, DeferredReference>()
    private var owners = ShardedMap<TargetKey, ObjectKey>()
    private var memberTables = ShardedMap<GroupID, ShardedTable<UserID, Void>>()

    package private(set) var cycleCount = 0
    package private(set) var lastExecution: CycleSummary?
    package private(set) var lastSuccessfulExecution: CycleSummary?
    package private(set) var lastSuccessfulExecutionWithExports: CycleSummary?
    package private(set) var countSuccessiveCompleteFailures = 0
    package private(set) var steadyStateFirstAchieved: Timestamp?
    package private(set) var steadyStateLastAchieved: Timestamp?
    /// Objects linked so far; never goes down but by a reset of the links. provisioning.md §1.9.
    package private(set) var synchronizedCounts: [ObjectKey.Kind: Int] = [:]

    private struct TargetKey: Hashable {
        let kind: ObjectKey.Kind
        let id: String
    }

    package init(configuration: ProvisioningConfiguration) {
        schedule = configuration.startsEnabled ? .active : .disabled
    }

    package var statusCode: StatusCode {
        if quarantine != nil { return .quarantine }
        switch schedule {
        case .active: return lastExecution == nil ? .notRun : .active
        case .paused: return .paused
        case .disabled: return lastExecution == nil ? .notConfigured : .paused
        }
    }

    /// Whether cycles run at all.
    package var isScheduled: Bool { schedule == .active }

    /// When the next cycle is due by `interval`; nil while none is scheduled. Quarantine does not
    /// slow it here: `quarantine?.nextAttempt` says when the service would look again.
    package func nextCycle(interval: Duration) -> Timestamp? {
        guard isScheduled else { return nil }
        return lastExecution.map { $0.beganAt + interval } ?? .epoch
    }

    /// The source object a target object belongs to.
    package func owner(ofTarget id: String, kind: ObjectKey.Kind) -> ObjectKey? {
        owners[TargetKey(kind: kind, id: id)]
    }

    /// Whether the target has been told that `user` is in `group`.
    package func hasExportedMember(_ user: UserID, in group: GroupID) -> Bool {
        memberTables[group]?.contains(user) ?? false
    }

    /// Members the target has been told about, in the order told.
    package func exportedMembers(of group: GroupID) -> [UserID] {
        memberTables[group].map { Array($0.keys) } ?? []
    }
}

// MARK: - Fold

extension ProvisioningJobState {
    /// Folds the next record in; `sequence` and `time` are those of the log record that held it.
    package mutating func apply(
        _ record: ProvisioningRecord, sequence: UInt64 = 0, at time: Timestamp
    ) {
        switch record {
        case .started:
            schedule = .active
            quarantine = nil
        case .paused: schedule = .paused
        case .restarted(let scope): reset(scope)
        case .cycleBegan(let start):
            running = start
            isOverrun = false
        case .linked(let key, let link): put(link, for: key)
        case .unlinked(let key): removeLink(of: key)
        case .membersExported(let group, let added, let removed):
            memberTables.update(group, default: ShardedTable()) { table in
                for user in removed { table.remove(user) }
                for user in added { table.insert((), for: user) }
            }
        case .escrowed(let key, let escrow): escrows.insert(escrow, for: key)
        case .escrowCleared(let key): escrows.remove(key)
        case .deferred(let reference): deferrals.insert(reference, for: reference.place)
        case .deferralEnded(let reference): deferrals.remove(reference.place)
        case .logged: break
        case .quarantined(let quarantine): self.quarantine = quarantine
        case .cycleEnded(let summary): end(summary)
        }
    }

    private mutating func put(_ link: Link, for key: ObjectKey) {
        if let old = links[key] {
            if old.target != link.target {
                owners[TargetKey(kind: key.kind, id: old.target)] = nil
            }
        } else {
            synchronizedCounts[key.kind, default: 0] += 1
        }
        links.insert(link, for: key)
        owners[TargetKey(kind: key.kind, id: link.target)] = key
    }

    private mutating func removeLink(of key: ObjectKey) {
        guard let old = links.remove(key) else { return }
        owners[TargetKey(kind: key.kind, id: old.target)] = nil
        if case .group(let id) = key { memberTables[id] = nil }
    }

    private mutating func reset(_ scope: ResetScope) {
        if scope.contains(.watermark) {
            watermark = nil
            isOverrun = running != nil
        }
        if scope.contains(.escrows) {
            escrows = ShardedTable()
            deferrals = ShardedTable()
        }
        if scope.contains(.quarantineState) { quarantine = nil }
        if scope.contains(.connectorDataStore) {
            links = ShardedTable()
            owners = ShardedMap()
            memberTables = ShardedMap()
            synchronizedCounts = [:]
        }
        if !scope.isEmpty { schedule = .active }
    }

    private mutating func end(_ summary: CycleSummary) {
        running = nil
        cycleCount += 1
        lastExecution = summary
        switch summary.result {
        case .failed:
            countSuccessiveCompleteFailures += 1
        case .succeeded, .entryLevelErrors:
            countSuccessiveCompleteFailures = 0
            if !isOverrun { watermark = summary.watermark ?? watermark }
            quarantine = nil
            steadyStateFirstAchieved = steadyStateFirstAchieved ?? summary.endedAt
            steadyStateLastAchieved = summary.endedAt
            lastSuccessfulExecution = summary
            if summary.counters.exports > 0 { lastSuccessfulExecutionWithExports = summary }
        }
    }
}
