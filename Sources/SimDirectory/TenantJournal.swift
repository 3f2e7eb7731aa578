import SimCore

/// Where a tenant's records go before an append is acknowledged. The file lives in the runtime.
package protocol TenantJournal: Sendable {
    /// Writes the records of one append; called in sequence order, one call at a time.
    func append(_ records: [LogRecord]) throws(JournalFailure)

    /// Returns when everything up to `sequence` would survive a power loss. Called by many
    /// threads at once, outside the tenant's lock.
    func makeDurable(upTo sequence: UInt64) throws(JournalFailure)

    /// Remembers where the log stands. Until `forget` it stays possible to come back here.
    func mark() -> JournalMark

    /// Drops every record after `mark`.
    func rewind(to mark: JournalMark) throws(JournalFailure)

    /// Nobody comes back to `mark`.
    func forget(_ mark: JournalMark)

    /// Drops every record and holds `snapshot` instead; marks made before are void.
    func startOver(with snapshot: DirectorySnapshot) throws(JournalFailure)
}

/// A place in a log.
package struct JournalMark: Hashable, Sendable {
    /// Of the last record before it.
    package let sequence: UInt64
    /// Bytes before it.
    package let size: Int

    package init(sequence: UInt64, size: Int) {
        self.sequence = sequence
        self.size = size
    }
}

extension TenantJournal {
    /// A journal without a promise about power loss has nothing to wait for.
    package func makeDurable(upTo sequence: UInt64) throws(JournalFailure) {}
}

/// A record could not be stored; the change has not happened.
package struct JournalFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// File or folder concerned.
    package let path: String
    /// What went wrong, with the system's own words where it was the system.
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "\(path): \(reason)" }
}
