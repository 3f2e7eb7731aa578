import SimCore
import SimDirectory

/// A tenant's data folder, locked and read: either it holds a log, or one can be begun.
package struct JournalOpening: ~Copyable {
    /// How the fixture compares with the one the log began with.
    package enum FixtureState: Hashable, Sendable {
        /// There is no log yet.
        case fresh
        case unchanged
        case changed(old: String, new: String)
    }

    package let folder: String
    package let tenant: String
    package let fixture: FixtureState
    /// The state on disk; nil when there is none.
    package let snapshot: DirectorySnapshot?
    private let digest: String
    private let durability: JournalFile.Durability
    private let lock: FolderLock
    private let outcome: JournalReplay.Outcome?

    /// Locks the folder (made when absent, for the owner only) and replays what is in it.
    ///
    /// - Parameters:
    ///   - fixtureDigest: see `TenantFolder.digest`.
    ///   - replay: called with each provisioning record on disk, oldest first.
    package static func open(
        folder: String, tenant: String, fixtureDigest: String,
        durability: JournalFile.Durability = .process, replay: @escaping (LogRecord) -> Void
    ) throws(JournalError) -> JournalOpening {
        let lock = try lock(folder)
        let outcome = try JournalReplay(folder: folder, tenant: tenant, replay: replay).run()
        let fixture: FixtureState =
            switch outcome?.header.fixture {
            case nil: .fresh
            case fixtureDigest?: .unchanged
            case let old?: .changed(old: old, new: fixtureDigest)
            }
        return JournalOpening(
            folder: folder, tenant: tenant, fixture: fixture, snapshot: outcome?.snapshot,
            digest: fixtureDigest, durability: durability, lock: lock, outcome: outcome)
    }

    /// Locks the folder without reading what is in it, however damaged, to begin a new log.
    package static func startingOver(
        folder: String, tenant: String, fixtureDigest: String,
        durability: JournalFile.Durability = .process
    ) throws(JournalError) -> JournalOpening {
        JournalOpening(
            folder: folder, tenant: tenant, fixture: .fresh, snapshot: nil, digest: fixtureDigest,
            durability: durability, lock: try lock(folder), outcome: nil)
    }

    private static func lock(_ folder: String) throws(JournalError) -> FolderLock {
        do throws(FolderLock.Refusal) {
            return try FolderLock(folder: folder)
        } catch {
            switch error {
            case .inUse(let folder, let pid): throw .inUse(folder: folder, pid: pid)
            case .failed(let failure): throw .failed(failure)
            }
        }
    }

    /// Goes on with the log that is there.
    /// - Returns: nil when there is none.
    package consuming func resume() -> JournalFile? {
        guard let outcome else { return nil }
        return JournalFile(
            folder: folder, header: outcome.header, durability: durability, lock: lock,
            log: outcome.log, size: outcome.size, lastSequence: outcome.snapshot.sequence,
            recordsSinceSnapshot: outcome.recordsSinceSnapshot)
    }

    /// Begins a new log with `records`, forgetting any that was there. A crash meanwhile leaves
    /// either the old log or the whole new one.
    package consuming func begin(_ records: some Sequence<LogRecord>) throws(JournalError)
        -> JournalFile
    {
        let header = JournalHeader(kind: .log, tenant: tenant, fixture: digest, sequence: 0)
        let path = SnapshotFile.logPath(in: folder)
        let temporary = path + SnapshotFile.temporarySuffix
        var last: UInt64 = 0
        var count = 0
        do throws(JournalFailure) {
            let output = BufferedOutput(try OpenFile(temporary, .replace))
            try output.line { $0 += header.line }
            for record in records {
                try output.line { EventCodec.encode(record, into: &$0) }
                last = record.sequence
                count += 1
            }
            try output.finish()
            // Snapshots first: without them the old log says itself that it is incomplete.
            try SnapshotFile(folder: folder, tenant: tenant, fixture: digest)
                .removeOlder(than: .max)
            try Folder.rename(temporary, to: path)
            let log = try OpenFile(path, .append)
            return JournalFile(
                folder: folder, header: header, durability: durability, lock: lock, log: log,
                size: try log.size(), lastSequence: last, recordsSinceSnapshot: count)
        } catch {
            throw .failed(error)
        }
    }
}
