import SimCore
import SimDirectory

// Results of the reference pass as records. provisioning.md §1.5 phase 3, §1.11.
extension ProvisioningCycle {
    mutating func commit(
        _ result: ReferenceResult, startedAt: Timestamp, at time: Timestamp
    ) {
        counters.exports += result.writes
        if result.isWritten {
            counters.exported += 1
            counters.updated += 1
        }
        if case .some(let manager) = result.managerAfter, var link = context.state.links[result.key]
        {
            link.manager = manager
            add(.linked(result.key, link), at: time)
        }
        // Rows first: a retried one tells of the stored failure that its success ends.
        switch result.key {
        case .user(let user): commitManager(result, of: user, startedAt, at: time)
        case .group(let group): commitMembers(result, of: group, startedAt, at: time)
        }
        let waiting = Set(result.waiting.map(\.place))
        let failed = Set(failedPlaces(result))
        for reference in result.resolved
        where !waiting.contains(reference.place) && !failed.contains(reference.place)
            && context.state.deferrals.contains(reference.place)
        {
            add(.deferralEnded(reference), at: time)
        }
        for reference in result.waiting
        where !context.state.deferrals.contains(reference.place) {
            add(.deferred(ReferenceEscrow(reference)), at: time)
        }
    }

    /// After an unfinished cycle: managers and members it may have left for a reference pass that
    /// never came. Compared in memory with what the target was told.
    mutating func recoverReferences(beside managers: Set<UserID>, _ wholeGroups: Set<GroupID>) {
        let links = context.state.links
        for key in links.keys {
            switch key {
            case .user(let id):
                guard !managers.contains(id), let link = links[key],
                    let manager = context.snapshot.user(id)?.manager,
                    let target = links[.user(manager)]?.target, target != link.manager
                else { continue }
                pendingReferences.append(.manager(id, observed: nil, wasObserved: false))
            case .group(let id):
                guard !wholeGroups.contains(id), isRecoverable(id) else { continue }
                pendingReferences.append(.members(id, nil))
            }
        }
    }

    /// Of the members that changed, those to be told: where members flow with a group's creation
    /// only, the ones that have been waiting since.
    func flowing(_ users: [UserID], of group: GroupID) -> [UserID] {
        guard job.groups?.reference?.mapping.flowType == .objectAddOnly, !context.isOnDemand else {
            return users
        }
        return users.filter {
            context.state.deferrals.contains(DeferredReference.member(group, $0).place)
        }
    }

    /// Whether the members of a group are compared anew after an unfinished cycle.
    func isRecoverable(_ group: GroupID) -> Bool {
        context.state.links.contains(.group(group)) && context.snapshot.group(group) != nil
    }

    private func failedPlaces(_ result: ReferenceResult) -> [DeferredReference.Place] {
        switch result.key {
        case .user(let user):
            result.failure == nil ? [] : [DeferredReference.manager(of: user).place]
        case .group(let group):
            result.members.filter { $0.failure != nil }
                .map { DeferredReference.member(group, $0.user).place }
        }
    }

    private mutating func commitManager(
        _ result: ReferenceResult, of user: UserID, _ startedAt: Timestamp, at time: Timestamp
    ) {
        guard result.isWritten || result.failure != nil else { return }
        let failure = result.failure.map { hold(.manager(of: user), $0, at: time) }
        addRow(result, result.steps, result.modified, failure, startedAt, at: time)
    }

    /// One row a member. provisioning.md §5.3.
    private mutating func commitMembers(
        _ result: ReferenceResult, of group: GroupID, _ startedAt: Timestamp, at time: Timestamp
    ) {
        let added = result.members.filter { $0.failure == nil && $0.isAdded }.map(\.user)
        let removed =
            result.members.filter { $0.failure == nil && !$0.isAdded }.map(\.user)
            + result.forgotten
        if !added.isEmpty || !removed.isEmpty {
            add(.membersExported(group, added: added, removed: removed), at: time)
        }
        let path = job.mapping(.group)?.reference?.path.text ?? "members"
        for member in result.members {
            let reference = DeferredReference.member(group, member.user)
            var steps = memberSteps(member, result)
            if let escrow = context.state.deferrals[reference.place]?.escrow {
                steps.insert(.retry(escrow, of: result.key, isLinked: true), at: 0)
            }
            let failure = member.failure.map { hold(reference, $0, at: time) }
            let change = ProvisioningLogEntry.ModifiedProperty(
                path, old: member.isAdded ? nil : member.target,
                new: member.isAdded ? member.target : nil)
            addRow(result, steps, Deferred([change]), failure, startedAt, at: time)
        }
    }

    private func memberSteps(
        _ member: ReferenceResult.MemberExport, _ result: ReferenceResult
    ) -> [ProvisioningLogEntry.Step] {
        [
            .init(
                .importUpdate, .success,
                [
                    .init("objectId", result.key.guid.description),
                    .init("members", member.user.description),
                ]),
            .init(.targetRead, .success, [.init("id", result.targetID)]),
            .init(.exportUpdate, member.failure == nil ? .success : .failure),
        ]
    }

    /// Stores a failed reference for its next try.
    private mutating func hold(
        _ reference: DeferredReference, _ failure: TargetFailure, at time: Timestamp
    ) -> ProvisioningLogEntry.Failure {
        counters.failed += 1
        counters.failedReferences += 1
        if context.isOnDemand { return .init(code: failure.code, reason: failure.detail) }
        let escrow = nextEscrow(
            failure, after: context.state.deferrals[reference.place]?.escrow, at: time)
        if let escrow {
            add(.deferred(ReferenceEscrow(reference, escrow: escrow)), at: time)
        } else {
            add(.deferralEnded(reference), at: time)
        }
        return .init(code: failure.code, reason: Self.reason(failure.detail, escrow))
    }

    private mutating func addRow(
        _ result: ReferenceResult, _ steps: [ProvisioningLogEntry.Step],
        _ modified: Deferred<[ProvisioningLogEntry.ModifiedProperty]>,
        _ failure: ProvisioningLogEntry.Failure?, _ startedAt: Timestamp, at time: Timestamp
    ) {
        addEntry(
            action: .update, status: failure == nil ? .success : .failure, key: result.key,
            source: result.source, targetID: result.targetID,
            targetDisplayName: result.source?.displayName ?? "", steps: steps,
            modified: modified, failure: failure, startedAt: startedAt, at: time)
    }
}
