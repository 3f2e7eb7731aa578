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
    /// The directory of the first cycle that came to no good end since the last one that did.
    private var brokenOffAt: UInt64?
    /// A restart came while a cycle was under way: its end does not set the watermark.
    private var isOverrun = false
    package private(set) var links = ShardedTable<ObjectKey, Link>()
    package private(set) var escrows = ShardedTable<ObjectKey, Escrow>()
    package private(set) var deferrals =
        ShardedTable<DeferredReference.Place, ReferenceEscrow>()
    /// Disables and deletes held back by the accidental-deletion guard. provisioning.md §3.
    package private(set) var staged = ShardedTable<ObjectKey, Void>()
    /// An administrator has allowed what is staged; the next full cycle sends it.
    package private(set) var allowsDeletes = false
    /// The running cycle makes use of it; one given later stays for the next cycle.
    private var usesAllowance = false
    /// Failures were forgotten at the end of the initial cycle. provisioning.md §2.1.
    package private(set) var escrowsPruned = false
    /// Fingerprint of the mappings the last cycle worked with.
    package private(set) var mappings: UInt64?
    /// Whom the last finished initial cycle was about.
    private(set) var scope: ProvisioningConfiguration.Scope?
    /// Shown after the retry period in quarantine is over.
    private var statusWhileDisabled: StatusCode?
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

    /// A job that has just been created and knows nothing.
    private init() {
        schedule = .disabled
    }

    package var statusCode: StatusCode {
        if let statusWhileDisabled, schedule == .disabled { return statusWhileDisabled }
        if quarantine != nil { return .quarantine }
        switch schedule {
        case .active: return lastExecution == nil ? .notRun : .active
        case .paused: return .paused
        case .disabled: return lastExecution == nil ? .notConfigured : .paused
        }
    }

    /// Whether cycles run at all.
    package var isScheduled: Bool { schedule == .active }

    /// When the next cycle is due by `interval`; nil while none is scheduled. In quarantine
    /// `interval` is a lower bound and the retry schedule decides. provisioning.md §2.2.
    package func nextCycle(interval: Duration) -> Timestamp? {
        guard isScheduled else { return nil }
        let regular = lastExecution.map { $0.beganAt + interval } ?? .epoch
        guard let quarantine, !allowsDeletes else { return regular }
        return quarantine.nextAttempt.map { max($0, regular) }
    }

    /// Sequence number of the oldest directory of which a cycle has done a part and no more: it
    /// broke off, or the target brought it to an end after it had begun to work. What it wrote
    /// last may be recorded nowhere, and what it left for later is forgotten. nil while the last
    /// cycle came to a good end.
    package var unfinishedSince: UInt64? {
        [brokenOffAt, running.map { $0.directory ?? 0 }].compactMap { $0 }.min()
    }

    /// Objects linked whose last attempt went well.
    package var healthyCount: Int {
        escrows.keys.reduce(links.count) { links.contains($1) ? $0 - 1 : $0 }
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
        case .started: start()
        case .paused: schedule = .paused
        case .restarted(let scope): reset(scope)
        case .deleted:
            self = ProvisioningJobState()
        case .cycleBegan(let start):
            brokenOffAt = unfinishedSince
            running = start
            isOverrun = false
            usesAllowance = allowsDeletes
            mappings = start.mappings ?? mappings
        case .linked(let key, let link): put(link, for: key)
        case .unlinked(let key): removeLink(of: key)
        case .membersExported(let group, let added, let removed):
            memberTables.update(group, default: ShardedTable()) { table in
                for user in removed { table.remove(user) }
                for user in added { table.insert((), for: user) }
            }
        case .escrowed(let key, let escrow): escrows.insert(escrow, for: key)
        case .escrowCleared(let key): escrows.remove(key)
        case .deferred(let held): deferrals.insert(held, for: held.reference.place)
        case .deferralEnded(let reference): deferrals.remove(reference.place)
        case .staged(let key): staged.insert((), for: key)
        case .unstaged(let key): staged.remove(key)
        case .logged, .notified: break
        case .quarantined(let quarantine): self.quarantine = quarantine
        case .escrowsPruned:
            escrows = ShardedTable()
            deferrals = ShardedTable()
            escrowsPruned = true
            schedule = .paused
        case .disabled(let status):
            schedule = .disabled
            statusWhileDisabled = status
        case .cycleEnded(let summary): end(summary)
        }
    }

    private mutating func put(_ link: Link, for key: ObjectKey) {
        if let old = links.replace(link, for: key) {
            guard old.target != link.target else { return }
            owners[TargetKey(kind: key.kind, id: old.target)] = nil
        } else {
            synchronizedCounts[key.kind, default: 0] += 1
        }
        owners[TargetKey(kind: key.kind, id: link.target)] = key
    }

    private mutating func removeLink(of key: ObjectKey) {
        guard let old = links.remove(key) else { return }
        owners[TargetKey(kind: key.kind, id: old.target)] = nil
        if case .group(let id) = key { memberTables[id] = nil }
    }

    private mutating func start() {
        schedule = .active
        quarantine = nil
        statusWhileDisabled = nil
    }

    /// provisioning.md §1.9. `None` starts a paused or quarantined job.
    private mutating func reset(_ scope: ResetScope) {
        guard !scope.isEmpty else { return start() }
        schedule = .active
        statusWhileDisabled = nil
        if scope.contains(.watermark) {
            watermark = nil
            isOverrun = running != nil
            staged = ShardedTable()
            escrowsPruned = false
        }
        if scope.contains(.forceDeletes) { allowsDeletes = true }
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
    }

    private mutating func end(_ summary: CycleSummary) {
        let start = running
        let unfinished = unfinishedSince
        running = nil
        cycleCount += 1
        lastExecution = summary
        switch summary.result {
        case .failed:
            // One that only asked the probe's questions has done nothing.
            if summary.counters.imported > 0 { brokenOffAt = unfinished }
            countSuccessiveCompleteFailures += 1
        case .succeeded, .entryLevelErrors:
            brokenOffAt = nil
            countSuccessiveCompleteFailures = 0
            if !isOverrun { watermark = summary.watermark ?? watermark }
            if let start, start.kind == .initial { scope = start.scope ?? scope }
            quarantine = nil
            if usesAllowance { allowsDeletes = false }
            lastSuccessfulExecution = summary
            if summary.counters.exports > 0 { lastSuccessfulExecutionWithExports = summary }
            // What is held back still has to be done.
            guard summary.counters.staged == 0 else { return }
            steadyStateFirstAchieved = steadyStateFirstAchieved ?? summary.endedAt
            steadyStateLastAchieved = summary.endedAt
        }
    }
}
