/// The members of a group in the order added: adding, removing and looking up cost the same
/// whatever the size.
package struct MemberList: Hashable, Sendable {
    /// nil where a member was removed; squeezed out when half of the places are empty.
    private var places: [String?] = []
    private var index: [String: Int] = [:]

    package init() {}

    package var count: Int { index.count }
    package var isEmpty: Bool { index.isEmpty }

    package func contains(_ id: String) -> Bool { index[id] != nil }

    /// The members' ids in the order added.
    package var ids: some Sequence<String> { places.lazy.compactMap(\.self) }

    /// - Returns: false when it was a member already.
    mutating func insert(_ id: String) -> Bool {
        guard index[id] == nil else { return false }
        index[id] = places.count
        places.append(id)
        return true
    }

    /// - Returns: false when it was no member.
    mutating func remove(_ id: String) -> Bool {
        guard let place = index.removeValue(forKey: id) else { return false }
        places[place] = nil
        if places.count > 16, index.count * 2 < places.count { squeeze() }
        return true
    }

    private mutating func squeeze() {
        places.removeAll { $0 == nil }
        for (place, id) in places.enumerated() {
            if let id { index[id] = place }
        }
    }

    package static func == (left: MemberList, right: MemberList) -> Bool {
        left.ids.elementsEqual(right.ids)
    }

    package func hash(into hasher: inout Hasher) {
        for id in ids { hasher.combine(id) }
    }
}
