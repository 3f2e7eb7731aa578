import SimCore
import SimDirectory
import SimHTTP

/// One object's references: a user's manager or a group's members, written once both ends are
/// linked. provisioning.md §1.5 phase 3, §7.4, §7.5.
struct ReferenceTask: Sendable {
    enum Subject: Sendable {
        /// What the target showed, where the user was read in this cycle.
        case manager(UserID, observed: String?, wasObserved: Bool)
        /// nil: every member is compared.
        case members(GroupID, [UserID]?)
    }

    enum Progress: Sendable {
        case send(HTTPRequest)
        case finished(ReferenceResult)
    }

    /// One PATCH: what it changes, by source id.
    private struct Batch: Sendable {
        var added: [UserID] = []
        var removed: [UserID] = []
    }

    let subject: Subject
    let startedAt: Timestamp
    private var result: ReferenceResult
    private var batches: [Batch] = []
    private var manager: (target: String?, previous: String?) = (nil, nil)

    init(_ subject: Subject, context: TaskContext, at time: Timestamp) {
        self.subject = subject
        startedAt = time
        switch subject {
        case .manager(let user, _, _): result = ReferenceResult(key: .user(user))
        case .members(let group, _): result = ReferenceResult(key: .group(group))
        }
        result.source = context.source(result.key)
        result.targetID = context.state.links[result.key]?.target ?? ""
    }

    mutating func begin(_ context: TaskContext) -> Progress {
        guard let link = context.state.links[result.key], let source = result.source,
            let mapping = context.job.mapping(result.key.kind), let reference = mapping.reference,
            mapping.flowTypes.contains(.update)
        else { return .finished(result) }
        result.steps = [
            .init(
                context.isInitial ? .importAdd : .importUpdate, .success,
                [.init("objectId", result.key.guid.description)])
        ]
        switch (subject, source.body) {
        case (.manager(_, let observed, let wasObserved), .user(let user)):
            return beginManager(
                user, link, shown: wasObserved ? observed : link.manager, reference, context)
        case (.members(let group, let users), .group):
            planMembers(group, users, context)
            return nextBatch(link, reference, context)
        case (.manager, .group), (.members, .user):
            return .finished(result)
        }
    }

    mutating func receive(
        _ answer: Result<HTTPResponse, ConnectionFailure>, context: TaskContext
    ) -> Progress {
        var failure: TargetFailure?
        switch answer {
        case .failure(let reason): failure = TargetFailure(.update, reason)
        case .success(let response):
            if !(200...299).contains(response.status) {
                failure = TargetFailure(.update, response, job: context.job)
            }
        }
        if let failure { return fail(failure) }
        switch subject {
        case .manager:
            result.isWritten = true
            result.managerAfter = .some(manager.target)
            if !result.steps.isEmpty { result.steps.append(.init(.exportUpdate)) }
            return .finished(result)
        case .members:
            let done = batches.removeFirst()
            result.added += done.added
            result.removed += done.removed
            result.isWritten = true
            guard let link = context.state.links[result.key],
                let reference = context.job.mapping(.group)?.reference
            else { return .finished(result) }
            return nextBatch(link, reference, context)
        }
    }

    private mutating func fail(_ failure: TargetFailure) -> Progress {
        result.failure = failure
        switch subject {
        case .manager(let user, _, _): result.deferred.append(.manager(of: user))
        case .members(let group, _):
            for batch in batches {
                result.deferred += (batch.removed + batch.added).map { .member(group, $0) }
            }
        }
        result.steps.append(.init(.exportUpdate, .failure))
        return .finished(result)
    }
}

// MARK: - Manager

extension ReferenceTask {
    private mutating func beginManager(
        _ user: User, _ link: Link, shown: String?, _ reference: CompiledAttribute,
        _ context: TaskContext
    ) -> Progress {
        result.resolved = [.manager(of: user.id)]
        guard link.standing == .active else { return .finished(result) }
        guard let managerID = user.manager else {
            // Only what the service wrote itself is taken away.
            guard let previous = link.manager else { return .finished(result) }
            manager = (nil, previous)
            result.modified = [.init(reference.path.text, old: previous, new: nil)]
            return write(
                context.patch.managerCleared(
                    path: reference.path.text, previous: previous,
                    form: context.job.settings.managerClearing), link, context)
        }
        guard let target = context.state.links[.user(managerID)]?.target else {
            if context.state.escrows.contains(.user(managerID)) {
                result.resolved = []
                result.deferred = [.manager(of: user.id)]
            }
            return .finished(result)
        }
        guard shown != target else {
            if link.manager != target { result.managerAfter = .some(target) }
            return .finished(result)
        }
        manager = (target, shown)
        result.modified = [.init(reference.path.text, old: shown, new: target)]
        return write(
            context.patch.manager(target, path: reference.path.text, replaces: shown != nil), link,
            context)
    }

    private mutating func write(
        _ body: JSONObject, _ link: Link, _ context: TaskContext
    ) -> Progress {
        result.writes += 1
        return .send(context.calls.patch(result.key.kind, id: link.target, body))
    }
}

// MARK: - Members

extension ReferenceTask {
    /// Compares the directory with what the target has been told. Users without a link are left
    /// out; those whose creation is being retried are remembered.
    private mutating func planMembers(
        _ group: GroupID, _ changed: [UserID]?, _ context: TaskContext
    ) {
        var added: [UserID] = []
        var removed: [UserID] = []
        func consider(_ user: UserID, isMember: Bool) {
            let isTold = context.state.hasExportedMember(user, in: group)
            if isMember, !isTold {
                if context.state.links[.user(user)] != nil {
                    added.append(user)
                } else if context.state.escrows.contains(.user(user)) {
                    result.deferred.append(.member(group, user))
                    return
                }
            } else if !isMember, isTold {
                removed.append(user)
            }
            result.resolved.append(.member(group, user))
        }
        if let changed {
            for user in changed {
                consider(user, isMember: context.snapshot.isMember(.user(user), of: group))
            }
        } else {
            for member in context.snapshot.members(of: group) {
                if case .user(let user) = member { consider(user, isMember: true) }
            }
            for user in context.state.exportedMembers(of: group)
            where !context.snapshot.isMember(.user(user), of: group) {
                consider(user, isMember: false)
            }
        }
        // Members whose target object is gone left the target's group with it.
        result.forgotten = removed.filter { context.state.links[.user($0)] == nil }
        removed.removeAll { context.state.links[.user($0)] == nil }
        fillBatches(added, removed, size: max(1, context.job.settings.memberBatchSize))
    }

    private mutating func fillBatches(_ added: [UserID], _ removed: [UserID], size: Int) {
        var batch = Batch()
        var count = 0
        func flush(_ batches: inout [Batch]) {
            if count > 0 { batches.append(batch) }
            batch = Batch()
            count = 0
        }
        for user in removed {
            batch.removed.append(user)
            count += 1
            if count == size { flush(&batches) }
        }
        for user in added {
            batch.added.append(user)
            count += 1
            if count == size { flush(&batches) }
        }
        flush(&batches)
    }

    private mutating func nextBatch(
        _ link: Link, _ reference: CompiledAttribute, _ context: TaskContext
    ) -> Progress {
        guard let batch = batches.first else {
            if result.isWritten { result.steps.append(.init(.exportUpdate)) }
            return .finished(result)
        }
        func targets(_ users: [UserID]) -> [String] {
            users.compactMap { context.state.links[.user($0)]?.target }
        }
        let added = targets(batch.added)
        let removed = targets(batch.removed)
        result.modified += removed.map { .init(reference.path.text, old: $0, new: nil) }
        result.modified += added.map { .init(reference.path.text, old: nil, new: $0) }
        return write(
            context.patch.members(
                added: added, removed: removed, path: reference.path.text,
                sendsReference: context.job.settings.sendsMemberReference), link, context)
    }
}

/// What became of one object's references.
struct ReferenceResult: Sendable {
    let key: ObjectKey
    var source: SourceObject?
    var targetID = ""
    var steps: [ProvisioningLogEntry.Step] = []
    var modified: [ProvisioningLogEntry.ModifiedProperty] = []
    var added: [UserID] = []
    var removed: [UserID] = []
    /// Told earlier, and gone from the target with their own object.
    var forgotten: [UserID] = []
    /// nil: unchanged; `.some(nil)`: the manager was taken away.
    var managerAfter: String??
    var deferred: [DeferredReference] = []
    var resolved: [DeferredReference] = []
    var failure: TargetFailure?
    var isWritten = false
    var writes = 0

    init(key: ObjectKey) {
        self.key = key
    }
}
