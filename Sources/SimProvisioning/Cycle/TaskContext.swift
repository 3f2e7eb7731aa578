import SimCore
import SimDirectory

/// What stays the same throughout a cycle. A class, so that handing it to each task costs one
/// reference instead of dozens.
final class CycleEnvironment: Sendable {
    let job: ProvisioningJob
    let snapshot: DirectorySnapshot
    let scope: ScopeEvaluator
    let calls: SCIMCalls
    let patch: PatchBody
    let isInitial: Bool

    init(
        job: ProvisioningJob, snapshot: DirectorySnapshot, calls: SCIMCalls, isInitial: Bool
    ) {
        self.job = job
        self.snapshot = snapshot
        self.calls = calls
        self.isInitial = isInitial
        scope = ScopeEvaluator(
            snapshot: snapshot, servicePrincipal: job.servicePrincipal,
            scope: job.configuration.scope, userFilter: job.users?.filter,
            groupFilter: job.groups?.filter,
            expressions: ExpressionContext(
                now: calls.startedAt, defaultDomain: snapshot.profile.domains.first ?? "",
                random: SeededRandom(seed: calls.activity.high),
                settings: job.configuration.expressions))
        patch = PatchBody(dialect: job.address.dialect, isLegacy: job.isLegacy)
    }
}

/// What every task of a cycle reads. `state` is the job's state with everything committed so far.
struct TaskContext: Sendable {
    var environment: CycleEnvironment
    var state: ProvisioningJobState
    /// Disables and deletes are held back in this cycle. provisioning.md §3.
    var stagesRemovals = false
    /// One object is provisioned on demand: its own rules. provisioning.md §4.
    var isOnDemand = false
    /// The cycle before came to no good end.
    private(set) var isRecovering = false
    /// References that changed since then: their old state may have been written.
    private(set) var changedSinceBreak: Set<DeferredReference.Place> = []

    var job: ProvisioningJob { environment.job }
    var snapshot: DirectorySnapshot { environment.snapshot }
    var scope: ScopeEvaluator { environment.scope }
    var calls: SCIMCalls { environment.calls }
    var patch: PatchBody { environment.patch }
    var isInitial: Bool { environment.isInitial }

    /// Notes every reference that changed after an unfinished cycle began.
    mutating func recover(since sequence: UInt64) {
        isRecovering = true
        for change in snapshot.changes(after: sequence) {
            switch change.subject {
            case .manager(let user):
                changedSinceBreak.insert(DeferredReference.manager(of: user).place)
            case .membership(let group, .user(let user), _):
                changedSinceBreak.insert(DeferredReference.member(group, user).place)
            case .user, .group, .membership, .assignment, .application, .servicePrincipal: continue
            }
        }
    }

    /// Of those, the members of a group, by id.
    func membersChangedSinceBreak(of group: GroupID) -> [UserID] {
        guard !changedSinceBreak.isEmpty else { return [] }
        return changedSinceBreak.filter { $0.owner == .group(group) }.compactMap(\.member)
            .sorted { $0.guid < $1.guid }
    }

    /// Whether the target may show something else than it was told: an attempt failed, and its
    /// answer may have been lost, or a cycle broke off. Such a reference is written whatever the
    /// records say.
    func isInDoubt(_ reference: DeferredReference) -> Bool {
        let place = reference.place
        return state.deferrals[place]?.escrow != nil || changedSinceBreak.contains(place)
    }

    /// The source object as the mappings see it; nil when the directory no longer has it.
    func source(_ key: ObjectKey) -> SourceObject? {
        switch key {
        case .user(let id):
            snapshot.user(id).map { scope.source(of: $0) }
        case .group(let id):
            snapshot.group(id).map { scope.source(of: $0) }
        }
    }
}
