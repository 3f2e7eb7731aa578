/// A dictionary kept in shards, so that a write after a copy was taken copies one shard.
///
/// Grows one shard at a time (Litwin's linear hashing): no insertion ever moves more than one
/// shard's entries. Without order: what is iterated here must not reach an output unsorted.
public struct ShardedMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Average entries a shard before the next one is split.
    @usableFromInline static var shardLoad: Int { 512 }

    @usableFromInline var shards: [[Key: Value]] = [[:]]
    /// The number of shards when the current round of splits began; a power of two.
    @usableFromInline var base = 1
    @usableFromInline var length = 0

    @inlinable public init() {}

    @inlinable public var count: Int { length }
    @inlinable public var isEmpty: Bool { length == 0 }

    /// Assigning nil removes.
    @inlinable public subscript(key: Key) -> Value? {
        get { length == 0 ? nil : shards.span[place(of: key)][key] }
        set {
            let place = place(of: key)
            let before = shards[place].count
            shards[place][key] = newValue
            length += shards[place].count - before
            if length > shards.count * Self.shardLoad { split() }
        }
    }

    /// Changes the value of `key` in place, starting from `initial` when there is none.
    @inlinable public mutating func update<Result>(
        _ key: Key, default initial: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> Result {
        let place = place(of: key)
        let before = shards[place].count
        let result = change(&shards[place][key, default: initial()])
        length += shards[place].count - before
        if length > shards.count * Self.shardLoad { split() }
        return result
    }

    @inlinable func place(of key: Key) -> Int {
        // The shard hashes the key once more; where there is one only, once is enough.
        guard shards.count > 1 else { return 0 }
        let hash = key.hashValue
        let wide = hash & (base &* 2 &- 1)
        return wide < shards.count ? wide : hash & (base &- 1)
    }

    /// Moves about half the entries of the next shard in turn into a new one.
    @inlinable mutating func split() {
        let source = shards.count - base
        let entries = shards[source]
        var kept: [Key: Value] = [:]
        var moved: [Key: Value] = [:]
        kept.reserveCapacity(entries.count / 2)
        moved.reserveCapacity(entries.count / 2)
        for (key, value) in entries {
            if key.hashValue & base == 0 { kept[key] = value } else { moved[key] = value }
        }
        shards[source] = kept
        shards.append(moved)
        if shards.count == base * 2 { base *= 2 }
    }
}
