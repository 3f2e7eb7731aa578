import SimCore

/// The log rows of one job, newest last; the oldest are dropped beyond a bound.
///
/// A fold of the job's records like `ProvisioningJobState`, kept apart because not every reader of
/// the state wants it in memory.
package struct ProvisioningLog: Sendable {
    private var rows = ChunkedArray<ProvisioningLogEntry>()
    private let limit: Int

    package init(limit: Int = ProvisioningSettings().logEntryLimit) {
        self.limit = max(limit, 1)
    }

    package var count: Int { rows.count }

    /// Oldest first.
    package var entries: some Sequence<ProvisioningLogEntry> { rows }

    package func entries(ofCycle cycle: GUID) -> [ProvisioningLogEntry] {
        rows.filter { $0.cycle == cycle }
    }

    /// Ignores records that are no log rows.
    package mutating func apply(_ record: ProvisioningRecord) {
        guard case .logged(let entry) = record else { return }
        rows.append(entry)
        if rows.count >= limit + ChunkedArray<ProvisioningLogEntry>.chunkLength {
            rows.removeFirstChunk()
        }
    }
}
