import SimCore

/// The users of a snapshot with their indexes: folded UPN, recycle bin, manager to reports.
///
/// 1,000,000 users of a generated tenant take under 600 MB with them (`sim-bench --rows m`).
struct UserTable: Sendable {
    private var rows = ShardedTable<UserID, StoredUser>()
    /// Live users only.
    private var byName = NameIndex()
    private var deleted = ShardedTable<UserID, Void>()
    private var reports = ShardedMap<UserID, ReportList>()
    private var recentFacts = RecentFacts()

    var liveCount: Int { rows.count - deleted.count }

    subscript(id: UserID) -> User? { rows[id].map { $0.user(id) } }

    func contains(_ id: UserID) -> Bool { rows.contains(id) }

    func isDeleted(_ id: UserID) -> Bool { !deleted.isEmpty && deleted.contains(id) }

    func id(userPrincipalName: String) -> UserID? {
        byName.id(foldedName(userPrincipalName), nameOf: storedName)
    }

    /// The ids in creation order, those in the recycle bin included.
    var ids: some Sequence<UserID> { rows.keys }

    /// Calls `body` with each user in creation order, those in the recycle bin included.
    func forEach<E: Error>(_ body: (User) throws(E) -> Void) throws(E) {
        try rows.forEachEntry { (id, row) throws(E) in try body(row.user(id)) }
    }

    /// Recycle bin, in creation order.
    var deletedUsers: [User] {
        deleted.keys.sorted { rows.position(of: $0) ?? 0 < rows.position(of: $1) ?? 0 }
            .compactMap { self[$0] }
    }

    /// In creation order.
    func reports(of manager: UserID) -> [UserID] {
        let live = reports[manager]?.ids.filter { !isDeleted($0) } ?? []
        return live.sorted { rows.position(of: $0) ?? 0 < rows.position(of: $1) ?? 0 }
    }

    mutating func insert(_ user: User) {
        if rows.contains(user.id) { remove(user.id) }
        store(user)
        if user.deletedAt == nil {
            addName(user.userPrincipalName, of: user.id)
        } else {
            deleted.insert((), for: user.id)
        }
        if let manager = user.manager { addReport(user.id, to: manager) }
    }

    /// Applies changes in the order given; values of the wrong kind for a built-in attribute are
    /// ignored (they are refused before they reach the log).
    mutating func change(_ id: UserID, _ changes: [AttributeChange]) {
        guard var user = self[id] else { return }
        let before = user.userPrincipalName
        for change in changes { user.apply(change) }
        store(user)
        guard user.userPrincipalName != before, !isDeleted(id) else { return }
        byName.remove(foldedName(before), id)
        addName(user.userPrincipalName, of: id)
    }

    mutating func setManager(_ manager: UserID?, of id: UserID) {
        guard var user = self[id] else { return }
        if let old = user.manager { removeReport(id, from: old) }
        user.manager = manager
        store(user)
        if let manager { addReport(id, to: manager) }
    }

    /// Changes what is neither name, manager nor recycle bin.
    mutating func update(_ id: UserID, _ change: (inout User) -> Void) {
        guard var user = self[id] else { return }
        change(&user)
        store(user)
    }

    mutating func delete(_ id: UserID, at time: Timestamp) {
        guard var user = self[id], user.deletedAt == nil else { return }
        user.deletedAt = time
        store(user)
        deleted.insert((), for: id)
        byName.remove(foldedName(user.userPrincipalName), id)
    }

    mutating func restore(_ id: UserID) {
        guard var user = self[id], user.deletedAt != nil else { return }
        user.deletedAt = nil
        store(user)
        deleted.remove(id)
        addName(user.userPrincipalName, of: id)
    }

    /// Removes the user for good; people who reported to it have no manager afterwards.
    mutating func remove(_ id: UserID) {
        guard let user = rows.remove(id)?.user(id) else { return }
        if deleted.remove(id) == nil { byName.remove(foldedName(user.userPrincipalName), id) }
        if let manager = user.manager { removeReport(id, from: manager) }
        if let orphans = reports[id] {
            for orphan in orphans.ids { update(orphan) { $0.manager = nil } }
            reports[id] = nil
        }
    }

    private mutating func store(_ user: User) {
        rows.insert(StoredUser(user, facts: recentFacts.facts(of: user)), for: user.id)
    }

    private func storedName(of id: UserID) -> String? {
        rows[id].map { foldedName($0.userPrincipalName) }
    }

    private mutating func addName(_ name: String, of id: UserID) {
        let rows = rows
        byName.insert(foldedName(name), id) { other in
            rows[other].map { foldedName($0.userPrincipalName) }
        }
    }

    private mutating func addReport(_ id: UserID, to manager: UserID) {
        reports.update(manager, default: .few([])) { $0.insert(id) }
    }

    private mutating func removeReport(_ id: UserID, from manager: UserID) {
        let isLast = reports.update(manager, default: .few([])) { list in
            list.remove(id)
            return list.isEmpty
        }
        if isLast { reports[manager] = nil }
    }
}

extension User {
    /// Sets one attribute by Entra's name; null clears it, where it can be cleared.
    mutating func apply(_ change: AttributeChange) {
        switch change.name {
        case "userPrincipalName":
            if let text = change.value.stringValue { userPrincipalName = text }
        case "displayName":
            if let text = change.value.stringValue { displayName = text }
        case "accountEnabled":
            if let flag = change.value.boolValue { accountEnabled = flag }
        case "userType":
            if let type = change.value.stringValue.flatMap(UserType.init) { userType = type }
        default:
            attributes[change.name] = change.value
        }
    }
}
