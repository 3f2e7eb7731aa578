import SimCore
import SimDirectory

/// Why a cycle looks at an object.
struct ObjectWork: Sendable {
    enum Cause: Int, Comparable, Sendable {
        /// Something it depends on changed: only a change of its scope matters.
        case scopeMayDiffer
        /// It changed itself, or everything is evaluated.
        case changed
        /// It was assigned or unassigned.
        case assignmentChanged

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    let key: ObjectKey
    var cause: Cause
    /// The manager or members changed too: the reference pass has something to say.
    var hasReferenceChange = false
    /// The stored failure being tried again.
    var escrow: Escrow?
}

/// What a cycle has to look at, in order.
struct WorkList: Sendable {
    private(set) var users: [ObjectWork] = []
    private(set) var groups: [ObjectWork] = []
    /// Members to be compared, by group in the order found; empty for an initial cycle, which
    /// compares all members of each group.
    private(set) var memberChanges: [(group: GroupID, users: [UserID])] = []
    /// Managers to be written again although the user itself did not change.
    private(set) var managers: [UserID] = []

    private var places: [ObjectKey: Int] = [:]
    private var memberPlaces: [GroupID: Int] = [:]
    private var seenMembers: Set<DeferredReference.Place> = []

    /// Everything in scope, the recycle bin where a link is still on, and due retries.
    static func initial(
        scope: ScopeEvaluator, state: ProvisioningJobState, hasGroups: Bool,
        evaluatesLinks: Bool, at now: Timestamp
    ) -> WorkList {
        var list = WorkList()
        let candidates = scope.candidates()
        list.reserve(candidates.users.count, hasGroups ? candidates.groups.count : 0)
        for id in candidates.users { list.add(.user(id), .changed) }
        if hasGroups { for id in candidates.groups { list.add(.group(id), .changed) } }
        for user in scope.snapshot.deletedUsers
        where state.links[.user(user.id)]?.standing == .active {
            list.add(.user(user.id), .changed)
        }
        // An unfinished cycle may have linked objects that left the scope since.
        if state.unfinishedSince != nil || evaluatesLinks {
            for key in state.links.keys { list.add(key, .scopeMayDiffer) }
        }
        list.addRetries(state, at: now)
        return list
    }

    /// The objects somebody asked for, and nothing else. provisioning.md §4.
    static func onDemand(_ request: OnDemandRequest) -> WorkList {
        var list = WorkList()
        for user in request.members { list.add(.user(user), .assignmentChanged) }
        list.add(request.subject, .assignmentChanged)
        if case .group(let group) = request.subject {
            for user in request.members { list.addMember(user, of: group) }
        }
        return list
    }

    /// What changed after the watermark, and due retries. Cost: the number of those.
    static func incremental(
        scope: ScopeEvaluator, state: ProvisioningJobState, after watermark: UInt64,
        hasGroups: Bool, at now: Timestamp
    ) -> WorkList {
        var list = WorkList()
        for change in scope.snapshot.changes(after: watermark) {
            list.add(change.subject, scope: scope, state: state, hasGroups: hasGroups)
        }
        list.addRetries(state, at: now)
        for held in state.deferrals.rows where held.isDue(at: now) {
            switch held.reference {
            case .manager(let user): list.managers.append(user)
            case .member(let group, let user): list.addMember(user, of: group)
            }
        }
        return list
    }

    private mutating func reserve(_ userCount: Int, _ groupCount: Int) {
        users.reserveCapacity(userCount)
        groups.reserveCapacity(groupCount)
        places.reserveCapacity(userCount + groupCount)
    }

    private mutating func add(_ key: ObjectKey, _ cause: ObjectWork.Cause) {
        _ = update(key) { $0.cause = max($0.cause, cause) } ?? insert(key, cause)
    }

    private mutating func insert(_ key: ObjectKey, _ cause: ObjectWork.Cause) {
        let work = ObjectWork(key: key, cause: cause)
        switch key.kind {
        case .user:
            places[key] = users.count
            users.append(work)
        case .group:
            places[key] = groups.count
            groups.append(work)
        }
    }

    private mutating func update(_ key: ObjectKey, _ change: (inout ObjectWork) -> Void) -> Void? {
        guard let place = places[key] else { return nil }
        switch key.kind {
        case .user: change(&users[place])
        case .group: change(&groups[place])
        }
        return ()
    }

    private mutating func addRetries(_ state: ProvisioningJobState, at now: Timestamp) {
        for key in state.staged.keys { add(key, .changed) }
        for key in state.escrows.keys {
            guard let escrow = state.escrows[key],
                escrow.isDue(at: now) || places[key] != nil
            else { continue }
            add(key, .changed)
            _ = update(key) { $0.escrow = escrow }
        }
    }

    private mutating func addMember(_ user: UserID, of group: GroupID) {
        let place = DeferredReference.Place(owner: .group(group), member: user)
        guard seenMembers.insert(place).inserted else { return }
        if let index = memberPlaces[group] {
            memberChanges[index].users.append(user)
        } else {
            memberPlaces[group] = memberChanges.count
            memberChanges.append((group, [user]))
        }
    }
}

extension WorkList {
    private mutating func add(
        _ subject: DirectoryChange.Subject, scope: ScopeEvaluator, state: ProvisioningJobState,
        hasGroups: Bool
    ) {
        switch subject {
        case .user(let id): add(.user(id), .changed)
        case .manager(let id):
            add(.user(id), .changed)
            _ = update(.user(id)) { $0.hasReferenceChange = true }
        case .group(let id): addGroup(id, scope: scope, state: state, hasGroups: hasGroups)
        case .membership(let group, .user(let user), _):
            if scope.scope == .assignedOnly { add(.user(user), .scopeMayDiffer) }
            // A deleted group loses its members with itself.
            guard hasGroups, scope.snapshot.group(group) != nil,
                isRelevant(group, scope: scope, state: state)
            else { return }
            add(.group(group), .changed)
            _ = update(.group(group)) { $0.hasReferenceChange = true }
            addMember(user, of: group)
        case .assignment(scope.servicePrincipal, let principal, _):
            switch principal {
            case .user(let id): add(.user(id), .assignmentChanged)
            case .group(let id):
                if hasGroups { add(.group(id), .assignmentChanged) }
                addMembers(of: id, scope: scope, state: state)
            case .servicePrincipal: break
            }
        // Nested groups are neither read nor provisioned; other apps are not ours.
        case .membership, .assignment, .application, .servicePrincipal: break
        }
    }

    private func isRelevant(
        _ group: GroupID, scope: ScopeEvaluator, state: ProvisioningJobState
    ) -> Bool {
        state.links[.group(group)] != nil
            || (scope.snapshot.group(group).map { scope.isInScope($0) } ?? false)
    }

    /// A group that appeared or stopped being a security group moves its members in or out of
    /// scope; a rename does not. The members of a deleted one are changes of their own.
    private mutating func addGroup(
        _ id: GroupID, scope: ScopeEvaluator, state: ProvisioningJobState, hasGroups: Bool
    ) {
        if hasGroups { add(.group(id), .changed) }
        guard scope.scope == .assignedOnly else { return }
        let link = state.links[.group(id)]
        guard let group = scope.snapshot.group(id) else { return }
        guard link != nil || scope.isAssigned(.group(id)) else { return }
        if link == nil || !group.securityEnabled { addMembers(of: id, scope: scope, state: state) }
    }

    private mutating func addMembers(
        of group: GroupID, scope: ScopeEvaluator, state: ProvisioningJobState
    ) {
        guard scope.scope == .assignedOnly else { return }
        for member in scope.snapshot.members(of: group) {
            if case .user(let id) = member { add(.user(id), .scopeMayDiffer) }
        }
        for id in state.exportedMembers(of: group) { add(.user(id), .scopeMayDiffer) }
    }
}
