/// Rows by key, in order of insertion, stored in chunks: a copy is two pointers, and the first
/// write after a copy was taken touches one chunk of rows and one shard of the index.
///
/// Look-up, insertion, change and removal are O(1) on average whatever the size.
/// Source: swift-linux.md §6 (one array of 1,000,000 rows costs 104 ms there).
public struct ShardedTable<Key: Hashable & Sendable, Row: Sendable>: Sendable {
    @usableFromInline struct Entry: Sendable {
        @usableFromInline let key: Key
        @usableFromInline var row: Row

        @inlinable init(key: Key, row: Row) {
            self.key = key
            self.row = row
        }

        @inlinable mutating func apply<Result>(_ change: (inout Row) -> Result) -> Result {
            change(&row)
        }
    }

    /// nil where a row was removed.
    @usableFromInline var slots = ChunkedArray<Entry?>()
    @usableFromInline var index = ShardedMap<Key, Int>()

    @inlinable public init() {}

    @inlinable public var count: Int { index.count }
    @inlinable public var isEmpty: Bool { index.isEmpty }

    @inlinable public subscript(key: Key) -> Row? {
        guard let slot = index[key] else { return nil }
        return slots[slot]?.row
    }

    @inlinable public func contains(_ key: Key) -> Bool { index[key] != nil }

    /// Where the row stands in the order of insertion; comparable within one table only.
    @inlinable public func position(of key: Key) -> Int? { index[key] }

    /// Adds a row at the end, or replaces the one of the same key where it stands.
    @inlinable public mutating func insert(_ row: Row, for key: Key) {
        _ = replace(row, for: key)
    }

    /// The same; gives back the row that stood there.
    @inlinable public mutating func replace(_ row: Row, for key: Key) -> Row? {
        let next = slots.count
        let slot = index.update(key, default: next) { $0 }
        guard slot == next else {
            let old = slots[slot]?.row
            slots[slot]?.row = row
            return old
        }
        slots.append(Entry(key: key, row: row))
        return nil
    }

    /// Changes a row where it stands; nil when there is none.
    @inlinable public mutating func update<Result>(
        _ key: Key, _ change: (inout Row) -> Result
    ) -> Result? {
        guard let slot = index[key] else { return nil }
        return slots[slot]?.apply(change)
    }

    @inlinable @discardableResult
    public mutating func remove(_ key: Key) -> Row? {
        guard let slot = index[key] else { return nil }
        let row = slots[slot]?.row
        slots[slot] = nil
        index[key] = nil
        if slots.count >= 1_024, count < slots.count / 2 { compact() }
        return row
    }

    /// Calls `body` with each row in order, without copying it.
    @inlinable public func forEach<E: Error>(_ body: (Row) throws(E) -> Void) throws(E) {
        try slots.visit { (entry) throws(E) in
            if let entry { try body(entry.row) }
        }
    }

    /// The same with the row's key.
    @inlinable public func forEachEntry<E: Error>(
        _ body: (Key, Row) throws(E) -> Void
    ) throws(E) {
        try slots.visit { (entry) throws(E) in
            if let entry { try body(entry.key, entry.row) }
        }
    }

    /// The rows in order, one at a time.
    @inlinable public var rows: some Sequence<Row> { slots.lazy.compactMap { $0?.row } }

    /// The keys in order, one at a time.
    @inlinable public var keys: some Sequence<Key> { slots.lazy.compactMap { $0?.key } }

    /// Gives the space of removed rows back; happens when they outnumber the others, so its cost
    /// is spread over the removals.
    @inlinable mutating func compact() {
        var kept = Self()
        for case let entry? in slots { kept.insert(entry.row, for: entry.key) }
        self = kept
    }
}
