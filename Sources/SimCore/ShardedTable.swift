/// Rows by key, in order of insertion, stored in chunks: a copy is two pointers, and the first
/// write after a copy was taken touches one chunk of rows and one shard of the index.
///
/// Look-up, insertion, change and removal are O(1) on average whatever the size.
/// Source: swift-linux.md §6 (one array of 1,000,000 rows costs 104 ms there).
public struct ShardedTable<Key: Hashable & Sendable, Row: Sendable>: Sendable {
    /// In order of insertion, those of removed rows too.
    @usableFromInline var slotKeys = ChunkedArray<Key>()
    /// nil where a row was removed. Apart from the keys: to look at a row copies nothing else.
    @usableFromInline var slots = ChunkedArray<Row?>()
    @usableFromInline var index = ShardedMap<Key, Int>()

    @inlinable public init() {}

    @inlinable public var count: Int { index.count }
    @inlinable public var isEmpty: Bool { index.isEmpty }

    @inlinable public subscript(key: Key) -> Row? {
        guard let slot = index[key] else { return nil }
        return slots[slot]
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
            let old = slots[slot]
            slots[slot] = row
            return old
        }
        slotKeys.append(key)
        slots.append(row)
        return nil
    }

    /// Changes a row where it stands; nil when there is none.
    @inlinable public mutating func update<Result>(
        _ key: Key, _ change: (inout Row) -> Result
    ) -> Result? {
        guard let slot = index[key] else { return nil }
        return Self.change(&slots[slot], change)
    }

    @inlinable static func change<Result>(
        _ row: inout Row?, _ change: (inout Row) -> Result
    ) -> Result? {
        // Moved out and in again, so that nobody else holds it meanwhile.
        guard var taken = row.take() else { return nil }
        defer { row = taken }
        return change(&taken)
    }

    @inlinable @discardableResult
    public mutating func remove(_ key: Key) -> Row? {
        guard let slot = index[key] else { return nil }
        let row = slots[slot].take()
        index[key] = nil
        if slots.count >= 1_024, count < slots.count / 2 { compact() }
        return row
    }

    /// Calls `body` with each row in order, without copying it.
    @inlinable public func forEach<E: Error>(_ body: (Row) throws(E) -> Void) throws(E) {
        try slots.visit { (row) throws(E) in
            if let row { try body(row) }
        }
    }

    /// The same with the row's key.
    @inlinable public func forEachEntry<E: Error>(
        _ body: (Key, Row) throws(E) -> Void
    ) throws(E) {
        var slot = 0
        try slots.visit { (row) throws(E) in
            if let row { try body(slotKeys[slot], row) }
            slot += 1
        }
    }

    /// The rows in order, one at a time.
    @inlinable public var rows: some Sequence<Row> { slots.lazy.compactMap(\.self) }

    /// The keys in order, one at a time.
    @inlinable public var keys: some Sequence<Key> {
        zip(slotKeys, slots).lazy.compactMap { $1 == nil ? nil : $0 }
    }

    /// Gives the space of removed rows back; happens when they outnumber the others, so its cost
    /// is spread over the removals.
    @inlinable mutating func compact() {
        var kept = Self()
        forEachEntry { kept.insert($1, for: $0) }
        self = kept
    }
}
