import SimCore

/// Users by folded name, without the names: they stand in the users already, and a second copy of
/// each would take some 80 bytes a user.
struct NameIndex: Sendable {
    /// The first of those whose names have this hash.
    private var byHash = ShardedMap<UInt64, UserID>()
    /// The others; hashes of different names are next to never the same.
    private var others: [String: UserID] = [:]
    private let hash: @Sendable (String) -> UInt64

    /// - Parameter hash: of a folded name; the same in every run.
    init(hash: @escaping @Sendable (String) -> UInt64 = NameIndex.hash) {
        self.hash = hash
    }

    /// - Parameter nameOf: the folded name of a user in the index.
    func id(_ name: String, nameOf: (UserID) -> String?) -> UserID? {
        if let id = byHash[hash(name)], nameOf(id) == name { return id }
        return others.isEmpty ? nil : others[name]
    }

    /// Adds a name, or gives it to another user.
    mutating func insert(_ name: String, _ id: UserID, nameOf: (UserID) -> String?) {
        let hash = hash(name)
        if let first = byHash[hash], first != id, nameOf(first) != name {
            others[name] = id
        } else {
            byHash[hash] = id
        }
    }

    mutating func remove(_ name: String, _ id: UserID) {
        let hash = hash(name)
        guard byHash[hash] == id else {
            others[name] = nil
            return
        }
        byHash[hash] = nil
        let next = others.keys.filter { self.hash($0) == hash }.min()
        if let next { byHash[hash] = others.removeValue(forKey: next) }
    }

    /// FNV-1a, mixed.
    private static func hash(_ name: String) -> UInt64 {
        SplitMix64.mix(
            name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }
}
