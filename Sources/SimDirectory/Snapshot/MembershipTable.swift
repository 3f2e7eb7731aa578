import SimCore

/// Who is directly in which group, both ways: members in the order added, groups in the order of
/// their creation.
struct MembershipTable: Sendable {
    private var byGroup = ShardedMap<GroupID, ShardedTable<Principal, Void>>()
    private var byMember = ShardedMap<Principal, [GroupID]>()

    func contains(_ member: Principal, in group: GroupID) -> Bool {
        byGroup[group]?.contains(member) ?? false
    }

    func count(of group: GroupID) -> Int { byGroup[group]?.count ?? 0 }

    func members(of group: GroupID) -> some Sequence<Principal> {
        (byGroup[group] ?? ShardedTable()).keys
    }

    func groups(containing member: Principal) -> [GroupID] { byMember[member] ?? [] }

    /// - Parameter precedes: whether the first group was created before the second.
    mutating func add(
        _ member: Principal, to group: GroupID, precedes: (GroupID, GroupID) -> Bool
    ) {
        guard !contains(member, in: group) else { return }
        byGroup.update(group, default: ShardedTable()) { $0.insert((), for: member) }
        byMember.update(member, default: []) { groups in
            let place = groups.lastIndex { precedes($0, group) }.map { $0 + 1 } ?? 0
            groups.insert(group, at: place)
        }
    }

    mutating func remove(_ member: Principal, from group: GroupID) {
        guard contains(member, in: group) else { return }
        byGroup.update(group, default: ShardedTable()) { _ = $0.remove(member) }
        forget(group, of: member)
    }

    /// The group is gone: as container and as member.
    mutating func removeGroup(_ group: GroupID) {
        for member in members(of: group) { forget(group, of: member) }
        byGroup[group] = nil
        removeMember(.group(group))
    }

    /// The member is gone from every group.
    mutating func removeMember(_ member: Principal) {
        for group in groups(containing: member) {
            byGroup.update(group, default: ShardedTable()) { _ = $0.remove(member) }
        }
        byMember[member] = nil
    }

    private mutating func forget(_ group: GroupID, of member: Principal) {
        let isLast = byMember.update(member, default: []) { groups in
            groups.removeAll { $0 == group }
            return groups.isEmpty
        }
        if isLast { byMember[member] = nil }
    }
}
