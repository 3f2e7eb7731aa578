import SimCore

// What the end of a cycle means for the job: thresholds, quarantine, the watermark.
// provisioning.md §1.5, §2, §3.
extension ProvisioningCycle {
    /// Whether more would be disabled or deleted than the job's threshold allows. Looks at linked
    /// objects in the directory only; the target is not asked.
    func tripsDeletionGuard(_ work: WorkList) -> Bool {
        guard let threshold = job.deletionThreshold, !context.state.allowsDeletes else {
            return false
        }
        let limit = job.settings.deletionThresholdIsInclusive ? threshold - 1 : threshold
        var count = 0
        for item in work.users + work.groups {
            guard let link = context.state.links[item.key],
                let mapping = job.mapping(item.key.kind)
            else { continue }
            let plan = Plan(
                item, source: context.source(item.key), link: link, mapping: mapping,
                context: context)
            if plan.isRemoval { count += 1 }
            if count > limit { return true }
        }
        return false
    }

    mutating func finish(at time: Timestamp) {
        phase = .finished
        // Raw are also those that only wait for another object.
        counters.escrowedRaw = context.state.escrows.count + context.state.deferrals.count
        counters.escrowed =
            counters.escrowedRaw
            - context.state.deferrals.rows.reduce(0) { $0 + ($1.escrow == nil ? 1 : 0) }
        if context.isOnDemand {
            return actions.append(.finish(summary(nil, at: time)))
        }
        let previous = context.state.quarantine
        let trouble = trouble()
        let summary = summary(trouble?.error, at: time)
        add(.cycleEnded(summary), at: time)
        if let trouble { quarantine(trouble.reason, trouble.error, previous, at: time) }
        actions.append(.finish(summary))
    }

    private func summary(
        _ error: SynchronizationError?, at time: Timestamp
    ) -> CycleSummary {
        let result: CycleSummary.Result =
            abandoned != nil ? .failed : counters.failed > 0 ? .entryLevelErrors : .succeeded
        return CycleSummary(
            id: id, kind: kind, beganAt: beganAt, endedAt: time, result: result, error: error,
            counters: counters, watermark: abandoned == nil ? context.snapshot.sequence : nil)
    }

    /// What holds the job back; the connection before deletes before failures of objects.
    private func trouble() -> (reason: Quarantine.Reason, error: SynchronizationError)? {
        if let abandoned { return (.encounteredQuarantineException, abandoned.error) }
        if counters.staged > 0 { return Self.trouble(.tooManyDeletes) }
        return EscrowThresholds(job.settings).reason(
            failures: context.state.escrows.count, references: context.state.deferrals.count,
            successes: context.state.healthyCount
        ).map { Self.trouble($0) }
    }

    private static func trouble(
        _ reason: Quarantine.Reason
    ) -> (reason: Quarantine.Reason, error: SynchronizationError) {
        (reason, SynchronizationError(code: reason.rawValue, message: reason.explanation))
    }

    private mutating func quarantine(
        _ reason: Quarantine.Reason, _ error: SynchronizationError, _ previous: Quarantine?,
        at time: Timestamp
    ) {
        // An initial cycle goes on to its end, forgets the failures and lets the job wait.
        if kind == .initial, reason.isEscrowThreshold {
            return add(.escrowsPruned, at: time)
        }
        let quarantine = Quarantine.after(
            reason, error, previous: previous, at: time, schedule: RetrySchedule(job.settings))
        add(.quarantined(quarantine), at: time)
        if quarantine.nextAttempt == nil {
            add(.disabled(job.settings.statusAfterQuarantine), at: time)
        }
        if let notice = ProvisioningNotice.about(
            quarantine, previous: previous, job: job, at: time)
        {
            add(.notified(notice), at: time)
        }
    }
}

extension Quarantine.Reason {
    /// Whether failures of single objects add up to it.
    var isEscrowThreshold: Bool {
        switch self {
        case .encounteredBaseEscrowThreshold, .encounteredTotalEscrowThreshold,
            .encounteredEscrowProportionThreshold:
            true
        case .encounteredQuarantineException, .unknown, .quarantinedOnDemand, .tooManyDeletes,
            .ingestionInterrupted:
            false
        }
    }
}
