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

        var key: ObjectKey {
            switch self {
            case .manager(let user, _, _): .user(user)
            case .members(let group, _): .group(group)
            }
        }

        /// Whose manager it is about.
        var manager: UserID? {
            switch self {
            case .manager(let user, _, _): user
            case .members: nil
            }
        }
    }

    enum Progress: Sendable {
        case send(HTTPRequest)
        /// `result` says how.
        case finished
    }

    /// One PATCH of a group: what it changes.
    private struct Batch: Sendable {
        struct Member: Sendable {
            let user: UserID
            let target: String
        }

        var added: [Member] = []
        var removed: [Member] = []

        /// The members as exported, or as refused.
        func exports(_ failure: TargetFailure?) -> [ReferenceResult.MemberExport] {
            func exports(
                _ members: [Member], isAdded: Bool
            ) -> [ReferenceResult.MemberExport] {
                members.map {
                    .init(user: $0.user, target: $0.target, isAdded: isAdded, failure: failure)
                }
            }
            return exports(removed, isAdded: false) + exports(added, isAdded: true)
        }
    }

    let subject: Subject
    let startedAt: Timestamp
    private(set) var result: ReferenceResult
    private let link: Link?
    private var batches: [Batch] = []
    /// The manager before and after, as ids in the target.
    private var change: (target: String?, previous: String?) = (nil, nil)

    init(_ subject: Subject, context: TaskContext, at time: Timestamp) {
        self.subject = subject
        startedAt = time
        switch subject {
        case .manager(let user, _, _): result = ReferenceResult(key: .user(user))
        case .members(let group, _): result = ReferenceResult(key: .group(group))
        }
        result.source = context.source(result.key)
        link = context.state.links[result.key]
        result.targetID = link?.target ?? ""
    }

    mutating func begin(_ context: TaskContext) -> Progress {
        guard let link, let source = result.source,
            let mapping = context.job.mapping(result.key.kind), let reference = mapping.reference,
            mapping.flowTypes.contains(.update)
        else {
            // Whoever gets a link later is told everything then.
            result.resolved = asked
            return .finished
        }
        if case .manager(let user, _, _) = subject,
            let escrow = context.state.deferrals[DeferredReference.manager(of: user).place]?.escrow
        {
            result.steps.append(.retry(escrow, of: result.key, isLinked: true))
        }
        result.steps.append(
            .init(context.isInitial ? .importAdd : .importUpdate) { [key = result.key] in
                [.init("objectId", key.guid.description)]
            })
        switch (subject, source.key) {
        case (.manager(let user, let observed, let wasObserved), .user):
            return beginManager(
                user, source.manager, link, observed: wasObserved ? .some(observed) : nil,
                reference, context)
        case (.members(let group, let users), .group):
            planMembers(group, users, reference, context)
            return nextBatch(link, reference, context)
        case (.manager, .group), (.members, .user):
            return .finished
        }
    }

    /// The references this is about, as far as they are known beforehand.
    private var asked: [DeferredReference] {
        switch subject {
        case .manager(let user, _, _): [.manager(of: user)]
        case .members(let group, let users): (users ?? []).map { .member(group, $0) }
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
            } else if !MatchAnswer.isWriteAnswer(response.body) {
                failure = TargetFailure(unreadable: .update, of: result.key, result.source)
            }
        }
        switch subject {
        case .manager:
            result.failure = failure
            if failure == nil {
                result.isWritten = true
                result.managerAfter = .some(change.target)
            }
            result.steps.append(.init(.exportUpdate, failure == nil ? .success : .failure))
            return .finished
        case .members:
            // One refused batch does not keep the others from being sent.
            result.members += batches.removeFirst().exports(failure)
            if failure == nil { result.isWritten = true }
            guard let link, let reference = context.job.mapping(.group)?.reference
            else { return .finished }
            return nextBatch(link, reference, context)
        }
    }
}

extension ReferenceTask {
    /// Ends with what was written so far: the cycle cannot go on.
    mutating func abandon(_ failure: ConnectionTestResult.Failure) -> Progress {
        result.abandoned = failure
        result.resolved = []
        return .finished
    }
}

// MARK: - Manager

extension ReferenceTask {
    private mutating func beginManager(
        _ user: UserID, _ manager: UserID?, _ link: Link, observed: String??,
        _ reference: CompiledAttribute, _ context: TaskContext
    ) -> Progress {
        // What the target shows, or else what it was told.
        let shown = observed ?? link.manager
        let wasObserved = observed != nil
        result.resolved = [.manager(of: user)]
        guard link.standing == .active else { return .finished }
        let isInDoubt = context.isInDoubt(.manager(of: user))
        let flow = reference.mapping.flowType
        if manager == nil, !flow.flowsRemovals { return .finished }
        if flow == .attributeAddOnly, shown != nil { return .finished }
        guard let manager else {
            // Only what the service wrote itself, or may have written, is taken away.
            let unknown = wasObserved ? shown : ""
            guard let previous = link.manager ?? (isInDoubt ? unknown : nil) else {
                return .finished
            }
            change = (nil, previous)
            result.modified = Deferred([.init(reference.path.text, old: previous, new: nil)])
            return write(
                context.patch.managerCleared(
                    path: reference.path, previous: previous,
                    form: context.job.settings.managerClearing), link, context)
        }
        guard let target = context.state.links[.user(manager)]?.target else {
            if context.state.escrows.contains(.user(manager)) {
                result.resolved = []
                result.waiting = [.manager(of: user)]
            }
            return .finished
        }
        guard shown != target || isInDoubt && !wasObserved else {
            if link.manager != target { result.managerAfter = .some(target) }
            return .finished
        }
        change = (target, shown)
        result.modified = Deferred([.init(reference.path.text, old: shown, new: target)])
        return write(
            context.patch.manager(target, path: reference.path, replaces: shown != nil), link,
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
        _ group: GroupID, _ changed: [UserID]?, _ reference: CompiledAttribute,
        _ context: TaskContext
    ) {
        var added: [UserID] = []
        var removed: [UserID] = []
        func consider(_ user: UserID, isMember: Bool) {
            let isTold = context.state.hasExportedMember(user, in: group)
            let isInDoubt = context.isInDoubt(.member(group, user))
            if isMember, !isTold || isInDoubt {
                if context.snapshot.user(user)?.deletedAt != nil {
                    // The recycle bin hides memberships: none is told, and none taken back.
                } else if context.state.links[.user(user)] != nil {
                    added.append(user)
                } else if context.state.escrows.contains(.user(user)) {
                    result.waiting.append(.member(group, user))
                    return
                }
            } else if !isMember, isTold || isInDoubt {
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
            let isLost = context.isInitial && context.job.settings.losesMemberRemovalsOnRestart
            for user in isLost ? [] : context.state.exportedMembers(of: group)
            where !context.snapshot.isMember(.user(user), of: group) {
                consider(user, isMember: false)
            }
            for user in context.membersChangedSinceBreak(of: group)
            where !context.snapshot.isMember(.user(user), of: group)
                && !context.state.hasExportedMember(user, in: group)
            {
                consider(user, isMember: false)
            }
        }
        if !reference.mapping.flowType.flowsRemovals { removed = [] }
        // Members whose target object is gone left the target's group with it.
        result.forgotten = removed.filter { context.state.links[.user($0)] == nil }
        removed.removeAll { context.state.links[.user($0)] == nil }
        fillBatches(group, added, removed, context)
    }

    /// Those that failed before are sent one by one, so that a bad one holds nobody else up.
    private mutating func fillBatches(
        _ group: GroupID, _ added: [UserID], _ removed: [UserID], _ context: TaskContext
    ) {
        let size = max(1, context.job.settings.memberBatchSize)
        var batch = Batch()
        var count = 0
        func add(_ user: UserID, _ list: WritableKeyPath<Batch, [Batch.Member]>) {
            guard let target = context.state.links[.user(user)]?.target else { return }
            let member = Batch.Member(user: user, target: target)
            let place = DeferredReference.member(group, user).place
            guard context.state.deferrals[place]?.escrow == nil else {
                var single = Batch()
                single[keyPath: list].append(member)
                batches.append(single)
                return
            }
            batch[keyPath: list].append(member)
            count += 1
            guard count == size else { return }
            batches.append(batch)
            batch = Batch()
            count = 0
        }
        for user in removed { add(user, \.removed) }
        for user in added { add(user, \.added) }
        if count > 0 { batches.append(batch) }
    }

    private mutating func nextBatch(
        _ link: Link, _ reference: CompiledAttribute, _ context: TaskContext
    ) -> Progress {
        guard let batch = batches.first else { return .finished }
        return write(
            context.patch.members(
                added: batch.added.map(\.target), removed: batch.removed.map(\.target),
                path: reference.path.text,
                sendsReference: context.job.settings.sendsMemberReference), link, context)
    }
}
