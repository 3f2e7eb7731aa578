import SimCore
import SimDirectory

// Turning results into records, one object after the other, in object order.
extension ProvisioningCycle {
    /// Makes a fact known: to the rest of the cycle at once, to the tenant's log with the next
    /// `.record`.
    mutating func add(_ record: ProvisioningRecord, at time: Timestamp) {
        context.state.apply(record, at: time)
        records.append(record)
    }

    mutating func commit(_ result: ObjectResult, of task: ObjectTask, at time: Timestamp) {
        let key = result.key
        count(result)
        apply(result.link, of: key, at: time)
        switch result.outcome {
        case .failed(let failure): escrow(failure, key, result, task, at: time)
        case .created, .updated, .disabled, .deleted, .skipped, .ignored, .abandoned:
            if context.state.escrows.contains(key) { add(.escrowCleared(key), at: time) }
            if isWorthARow(result, task) { log(result, task, failure: nil, at: time) }
        case .staged:
            if !context.state.staged.contains(key) { add(.staged(key), at: time) }
            log(result, task, failure: nil, at: time)
        }
        if context.state.staged.contains(key), !result.isStaged { add(.unstaged(key), at: time) }
        queueReferences(of: result, task)
    }

    private mutating func apply(
        _ change: ObjectResult.LinkChange, of key: ObjectKey, at time: Timestamp
    ) {
        switch change {
        case .keep: break
        case .set(var link):
            let old = context.state.links[key]
            if let old, old.target == link.target { link.manager = old.manager }
            if let old, old.target != link.target { forgetMembership(of: key, at: time) }
            if old != link { add(.linked(key, link), at: time) }
        case .remove:
            if context.state.links[key] != nil { add(.unlinked(key), at: time) }
        }
    }

    /// What was told about the target object that vanished does not hold for the one in its place:
    /// a group made anew has no members, a person made anew is in no group. provisioning.md §1.10.
    private mutating func forgetMembership(of key: ObjectKey, at time: Timestamp) {
        switch key {
        case .group(let group):
            let members = context.state.exportedMembers(of: group)
            guard !members.isEmpty else { return }
            add(.membersExported(group, added: [], removed: members), at: time)
        case .user(let user):
            for group in context.snapshot.groups(containing: .user(user))
            where context.state.hasExportedMember(user, in: group) {
                add(.membersExported(group, added: [], removed: [user]), at: time)
            }
        }
    }

    private mutating func count(_ result: ObjectResult) {
        counters.exports += result.writes
        if let source = result.source, !source.entitlement.isSoftDeleted {
            counters.entitled += 1
            counters.entitledForProvisioning += 1
        }
        switch result.outcome {
        case .created: counters.created += 1
        case .updated: counters.updated += 1
        case .disabled: counters.disabled += 1
        case .deleted: counters.deleted += 1
        case .skipped: counters.skipped += 1
        case .failed: counters.failed += 1
        case .staged: counters.staged += 1
        case .ignored, .abandoned: break
        }
        switch result.outcome {
        case .created, .updated, .disabled, .deleted: counters.exported += 1
        case .skipped, .failed, .staged, .ignored, .abandoned: break
        }
    }

    /// An object whose own attributes match while its references change is told by the row of the
    /// reference pass.
    private func isWorthARow(_ result: ObjectResult, _ task: ObjectTask) -> Bool {
        switch result.outcome {
        case .ignored, .abandoned: false
        case .skipped(.redundantExport): !task.work.hasReferenceChange
        case .created, .updated, .disabled, .deleted, .skipped, .failed, .staged: true
        }
    }

    private mutating func escrow(
        _ failure: TargetFailure, _ key: ObjectKey, _ result: ObjectResult, _ task: ObjectTask,
        at time: Timestamp
    ) {
        // What fails on demand is told, and left to the job's own cycles.
        if context.isOnDemand {
            let failed = ProvisioningLogEntry.Failure(code: failure.code, reason: failure.detail)
            return log(result, task, failure: failed, at: time)
        }
        let escrow = nextEscrow(failure, after: context.state.escrows[key], at: time)
        if let escrow {
            add(.escrowed(key, escrow), at: time)
        } else {
            add(.escrowCleared(key), at: time)
        }
        let reason = Self.reason(failure.detail, escrow)
        log(result, task, failure: .init(code: failure.code, reason: reason), at: time)
    }

    /// The stored failure after `failure`; nil when the retry period is over.
    func nextEscrow(
        _ failure: TargetFailure, after previous: Escrow?, at time: Timestamp
    ) -> Escrow? {
        let wait = job.settings.retryAfter == .delaysRetry ? failure.retryAfter : nil
        return Escrow.after(
            failure.code, previous: previous, at: time, began: beganAt,
            schedule: RetrySchedule(job.settings),
            notBefore: wait?.instant(after: time))
    }

    /// The detail with the note about retries. provisioning.md §1.11 [W].
    static func reason(_ detail: String, _ escrow: Escrow?) -> String {
        let text = detail.last == "." ? String(detail.dropLast()) : detail
        guard let escrow else { return text + ". This operation will not be retried." }
        return text + ". This operation was retried \(escrow.retries) times. It will be retried "
            + "again after this date: \(escrow.nextAttempt.iso8601(fractionDigits: 7)) UTC"
    }

    private mutating func queueReferences(of result: ObjectResult, _ task: ObjectTask) {
        guard context.state.links.contains(result.key), let source = result.source,
            let reference = job.mapping(result.key.kind)?.reference
        else { return }
        // "Only during object creation" holds for managers and members too.
        if reference.mapping.flowType == .objectAddOnly {
            guard case .created = result.outcome else { return }
        }
        switch result.outcome {
        case .created, .updated, .skipped(.redundantExport): break
        case .skipped, .failed, .disabled, .deleted, .staged, .ignored, .abandoned: return
        }
        switch source.key {
        case .user(let user):
            guard source.manager != nil || context.state.links[result.key]?.manager != nil else {
                return
            }
            pendingReferences.append(
                .manager(
                    user, observed: result.observedManager, wasObserved: result.wasObserved))
        case .group(let group):
            // A full look at the members: every cycle that evaluates everything, and new groups.
            if context.isOnDemand { return }
            var isWhole = kind == .initial || task.link == nil
            if case .created = result.outcome { isWhole = true }
            if isWhole { pendingReferences.append(.members(group, nil)) }
        }
    }
}

// MARK: - Log rows

extension ProvisioningCycle {
    private mutating func log(
        _ result: ObjectResult, _ task: ObjectTask, failure: ProvisioningLogEntry.Failure?,
        at time: Timestamp
    ) {
        let action: ProvisioningLogEntry.Action
        var status = ProvisioningLogEntry.Status.success
        var skipReason: SkipReason?
        switch result.outcome {
        case .created: action = .create
        case .updated: action = .update
        case .disabled: action = .disable
        case .deleted: action = .delete
        case .staged: action = .stagedDelete
        case .skipped(let reason):
            action = .other
            status = .skipped
            skipReason = reason
        case .failed(let failure):
            status = .failure
            switch failure.operation {
            case .match, .read: action = .other
            case .create: action = .create
            case .update: action = .update
            case .disable: action = .disable
            case .delete: action = .delete
            }
        case .ignored, .abandoned: return
        }
        addEntry(
            action: action, status: status, key: result.key, source: result.source,
            targetID: result.targetID, targetDisplayName: result.targetDisplayName,
            steps: result.steps, modified: result.modified, skipReason: skipReason,
            failure: failure, startedAt: task.startedAt, at: time)
    }

    mutating func addEntry(
        action: ProvisioningLogEntry.Action, status: ProvisioningLogEntry.Status, key: ObjectKey,
        source: SourceObject?, targetID: String, targetDisplayName: String,
        steps: [ProvisioningLogEntry.Step],
        modified: Deferred<[ProvisioningLogEntry.ModifiedProperty]>,
        skipReason: SkipReason? = nil, failure: ProvisioningLogEntry.Failure?,
        startedAt: Timestamp, at time: Timestamp
    ) {
        let milliseconds = (time.microseconds - startedAt.microseconds) / 1_000
        let entry = ProvisioningLogEntry(
            id: random.guid(for: RandomPurpose("provisioning.log")), at: time, cycle: id,
            change: random.guid(for: RandomPurpose("provisioning.change")), action: action,
            status: status, milliseconds: Int(max(0, milliseconds)), subject: key,
            displayName: source?.displayName ?? "",
            reportableID: source?.reportableID ?? key.guid.description, targetID: targetID,
            targetDisplayName: targetDisplayName, steps: steps, modified: modified,
            skipReason: skipReason, failure: failure)
        add(.logged(entry), at: time)
    }
}
