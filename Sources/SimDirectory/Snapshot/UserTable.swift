import SimCore

/// The users of a snapshot with their indexes: folded UPN, recycle bin, manager to reports.
struct UserTable: Sendable {
    private(set) var rows = ShardedTable<UserID, User>()
    /// Live users only.
    private var byName = ShardedMap<String, UserID>()
    private var deleted = ShardedTable<UserID, Void>()
    private var reports = ShardedMap<UserID, ShardedTable<UserID, Void>>()

    var liveCount: Int { rows.count - deleted.count }

    subscript(id: UserID) -> User? { rows[id] }

    func isDeleted(_ id: UserID) -> Bool { !deleted.isEmpty && deleted.contains(id) }

    func id(userPrincipalName: String) -> UserID? { byName[foldedName(userPrincipalName)] }

    /// Recycle bin, in creation order.
    var deletedUsers: [User] {
        deleted.keys.sorted { rows.position(of: $0) ?? 0 < rows.position(of: $1) ?? 0 }
            .compactMap { rows[$0] }
    }

    /// In creation order.
    func reports(of manager: UserID) -> [UserID] {
        let live = reports[manager]?.keys.filter { !isDeleted($0) } ?? []
        return live.sorted { rows.position(of: $0) ?? 0 < rows.position(of: $1) ?? 0 }
    }

    mutating func insert(_ user: User) {
        if rows.contains(user.id) { remove(user.id) }
        rows.insert(user, for: user.id)
        if user.deletedAt == nil {
            byName[foldedName(user.userPrincipalName)] = user.id
        } else {
            deleted.insert((), for: user.id)
        }
        if let manager = user.manager { addReport(user.id, to: manager) }
    }

    /// Applies changes in the order given; values of the wrong kind for a built-in attribute are
    /// ignored (they are refused before they reach the log).
    mutating func change(_ id: UserID, _ changes: [AttributeChange]) {
        guard let before = rows[id]?.userPrincipalName else { return }
        _ = rows.update(id) { user in
            for change in changes { user.apply(change) }
        }
        guard let after = rows[id]?.userPrincipalName, after != before, !isDeleted(id) else {
            return
        }
        byName[foldedName(before)] = nil
        byName[foldedName(after)] = id
    }

    mutating func setManager(_ manager: UserID?, of id: UserID) {
        guard let user = rows[id] else { return }
        if let old = user.manager { removeReport(id, from: old) }
        _ = rows.update(id) { $0.manager = manager }
        if let manager { addReport(id, to: manager) }
    }

    mutating func update(_ id: UserID, _ change: (inout User) -> Void) {
        _ = rows.update(id, change)
    }

    mutating func delete(_ id: UserID, at time: Timestamp) {
        guard let user = rows[id], user.deletedAt == nil else { return }
        _ = rows.update(id) { $0.deletedAt = time }
        deleted.insert((), for: id)
        byName[foldedName(user.userPrincipalName)] = nil
    }

    mutating func restore(_ id: UserID) {
        guard let user = rows[id], user.deletedAt != nil else { return }
        _ = rows.update(id) { $0.deletedAt = nil }
        deleted.remove(id)
        byName[foldedName(user.userPrincipalName)] = id
    }

    /// Removes the user for good; people who reported to it have no manager afterwards.
    mutating func remove(_ id: UserID) {
        guard let user = rows.remove(id) else { return }
        if deleted.remove(id) == nil { byName[foldedName(user.userPrincipalName)] = nil }
        if let manager = user.manager { removeReport(id, from: manager) }
        if let orphans = reports[id] {
            for orphan in orphans.keys { _ = rows.update(orphan) { $0.manager = nil } }
            reports[id] = nil
        }
    }

    private mutating func addReport(_ id: UserID, to manager: UserID) {
        reports.update(manager, default: ShardedTable()) { $0.insert((), for: id) }
    }

    private mutating func removeReport(_ id: UserID, from manager: UserID) {
        let isLast = reports.update(manager, default: ShardedTable()) { list in
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
