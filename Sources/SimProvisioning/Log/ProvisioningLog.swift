import SimCore

/// The log rows of one job, newest last; the oldest are dropped beyond a bound.
///
/// A fold of the job's records like `ProvisioningJobState`, kept apart because not every reader of
/// the state wants it in memory.
package struct ProvisioningLog: Sendable {
    private var rows = ChunkedArray<ProvisioningLogEntry>()
    /// Rows dropped at the front: the position of the first one kept.
    private(set) var firstPosition = 0
    private let limit: Int

    package init(limit: Int = ProvisioningSettings().logEntryLimit) {
        self.limit = max(limit, 1)
    }

    package var count: Int { rows.count }

    /// Rows ever logged: the position after the newest.
    package var endPosition: Int { firstPosition + rows.count }

    /// The row at a position from `firstPosition` up to `endPosition`.
    subscript(position: Int) -> ProvisioningLogEntry { rows[position - firstPosition] }

    /// Oldest first.
    package var entries: some Sequence<ProvisioningLogEntry> { rows }

    /// The rows of the cycle that has just ended, oldest first: they stand together at the end, so
    /// the cost is the cycle's, not the log's.
    package func latestEntries(ofCycle cycle: GUID) -> [ProvisioningLogEntry] {
        var start = rows.count
        while start > 0, rows[start - 1].cycle == cycle { start -= 1 }
        return (start..<rows.count).map { rows[$0] }
    }

    package func entries(ofCycle cycle: GUID) -> [ProvisioningLogEntry] {
        rows.filter { $0.cycle == cycle }
    }

    /// Ignores records that are no log rows.
    package mutating func apply(_ record: ProvisioningRecord) {
        guard case .logged(let entry) = record else { return }
        rows.append(entry)
        if rows.count >= limit + ChunkedArray<ProvisioningLogEntry>.chunkLength {
            rows.removeFirstChunk()
            firstPosition += ChunkedArray<ProvisioningLogEntry>.chunkLength
        }
    }
}
