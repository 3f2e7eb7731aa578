import SimCore

/// The latest changes, oldest first, so that a reader with a watermark need not look at the rest.
struct ChangeLog: Sendable {
    /// Changes kept at least; older ones are forgotten by the chunk.
    static let limit = 1 << 18

    private var changes = ChunkedArray<DirectoryChange>()
    /// Nothing after this sequence number has been forgotten.
    private(set) var floor: UInt64 = 0

    mutating func append(_ change: DirectoryChange) {
        changes.append(change)
        guard changes.count >= Self.limit + ChunkedArray<DirectoryChange>.chunkLength else {
            return
        }
        floor = changes[ChunkedArray<DirectoryChange>.chunkLength - 1].sequence
        changes.removeFirstChunk()
    }

    func forEach<E: Error>(_ body: (DirectoryChange) throws(E) -> Void) throws(E) {
        try changes.visit(body)
    }

    /// Says that the changes up to `sequence` are not known here: the log began later.
    mutating func raiseFloor(to sequence: UInt64) { floor = max(floor, sequence) }

    /// Changes after `sequence`, oldest first; those forgotten are missing (see `floor`).
    func after(_ sequence: UInt64) -> [DirectoryChange] {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].sequence <= sequence { low = middle + 1 } else { high = middle }
        }
        return (low..<changes.count).map { changes[$0] }
    }
}
