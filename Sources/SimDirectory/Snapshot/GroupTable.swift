import SimCore

/// The groups of a snapshot, by id and by folded display name.
struct GroupTable: Sendable {
    private(set) var rows = ShardedTable<GroupID, Group>()
    /// Display names are not unique.
    private var byName = ShardedMap<String, [GroupID]>()

    subscript(id: GroupID) -> Group? { rows[id] }

    /// Every group of that name, in creation order.
    func groups(displayName: String) -> [Group] {
        (byName[foldedName(displayName)] ?? [])
            .sorted { rows.position(of: $0) ?? 0 < rows.position(of: $1) ?? 0 }
            .compactMap { rows[$0] }
    }

    /// Whether the first was created before the second.
    func precedes(_ left: GroupID, _ right: GroupID) -> Bool {
        rows.position(of: left) ?? 0 < rows.position(of: right) ?? 0
    }

    mutating func put(_ group: Group) {
        if let old = rows[group.id] { unname(old) }
        rows.insert(group, for: group.id)
        byName.update(foldedName(group.displayName), default: []) { $0.append(group.id) }
    }

    mutating func remove(_ id: GroupID) {
        guard let old = rows.remove(id) else { return }
        unname(old)
    }

    private mutating func unname(_ group: Group) {
        let name = foldedName(group.displayName)
        let isLast = byName.update(name, default: []) { ids in
            ids.removeAll { $0 == group.id }
            return ids.isEmpty
        }
        if isLast { byName[name] = nil }
    }
}
