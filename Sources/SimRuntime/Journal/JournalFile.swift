import SimCore
import SimDirectory
import Synchronization

/// A tenant's log on disk: `log.jsonl` in the tenant's data folder, with snapshots beside it.
///
/// Every append is one `write` before it is acknowledged, so what was acknowledged survives a
/// killed process; with `.durable` also a power loss, by one `fdatasync` for all who wait.
package final class JournalFile: TenantJournal {
    package enum Durability: Hashable, Sendable {
        /// Survives the end of the process.
        case process
        /// Survives the end of the machine.
        case durable
    }

    private struct State {
        var file: OpenFile
        /// Bytes of complete appends.
        var size: Int
        var lastSequence: UInt64
        var recordsSinceSnapshot: Int
        /// Marks somebody may come back to; compaction would lose their place.
        var marks = 0
        /// Why nothing more can be written, once a failed write could not be taken back.
        var broken: JournalFailure?
        var buffer: [UInt8] = []
    }

    /// Records after which a snapshot is worth its cost.
    package static let compactionThreshold = 200_000

    package let folder: String
    package let tenant: String
    let fixture: String
    private let durability: Durability
    private let lock: FolderLock
    private let state: Mutex<State>
    /// Highest sequence number known to be on the disk.
    private let durable = Mutex<UInt64>(0)

    init(
        folder: String, header: JournalHeader, durability: Durability, lock: FolderLock,
        log: OpenFile, size: Int, lastSequence: UInt64, recordsSinceSnapshot: Int
    ) {
        self.folder = folder
        self.tenant = header.tenant
        self.fixture = header.fixture
        self.durability = durability
        self.lock = lock
        state = Mutex(
            State(
                file: log, size: size, lastSequence: lastSequence,
                recordsSinceSnapshot: recordsSinceSnapshot))
    }

    package func append(_ records: [LogRecord]) throws(JournalFailure) {
        let failure = state.withLock { state -> JournalFailure? in
            if let broken = state.broken { return broken }
            guard let last = records.last else { return nil }
            state.buffer.removeAll(keepingCapacity: true)
            EventCodec.encode(records, into: &state.buffer)
            do throws(JournalFailure) {
                try state.file.write(state.buffer)
            } catch {
                // Half an append must not stay in front of the next one.
                do throws(JournalFailure) {
                    try state.file.truncate(to: state.size)
                } catch {
                    state.broken = error
                }
                return error
            }
            state.size += state.buffer.count
            state.lastSequence = last.sequence
            state.recordsSinceSnapshot += records.count
            return nil
        }
        if let failure { throw failure }
    }

    /// One thread at a time syncs; those that waited meanwhile find their records synced.
    package func makeDurable(upTo sequence: UInt64) throws(JournalFailure) {
        guard durability == .durable else { return }
        let failure = durable.withLock { durable -> JournalFailure? in
            guard durable < sequence else { return nil }
            let (file, written) = state.withLock { ($0.file, $0.lastSequence) }
            do throws(JournalFailure) {
                try file.sync()
                durable = written
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    package func mark() -> JournalMark {
        state.withLock { state in
            state.marks += 1
            return JournalMark(sequence: state.lastSequence, size: state.size)
        }
    }

    package func forget(_ mark: JournalMark) {
        state.withLock { $0.marks = max(0, $0.marks - 1) }
    }

    package func rewind(to mark: JournalMark) throws(JournalFailure) {
        let failure = state.withLock { state -> JournalFailure? in
            if let broken = state.broken { return broken }
            guard mark.size <= state.size else {
                return JournalFailure(path: folder, reason: "the log is shorter than the mark")
            }
            do throws(JournalFailure) {
                try state.file.truncate(to: mark.size)
            } catch {
                return error
            }
            let dropped = Int(clamping: state.lastSequence - mark.sequence)
            state.size = mark.size
            state.lastSequence = mark.sequence
            state.recordsSinceSnapshot = max(0, state.recordsSinceSnapshot - dropped)
            return nil
        }
        if let failure { throw failure }
        durable.withLock { $0 = min($0, mark.sequence) }
    }

    package func startOver(with snapshot: DirectorySnapshot) throws(JournalFailure) {
        do throws(JournalError) {
            try compact(snapshot, keeping: { _ in false })
        } catch {
            throw JournalFailure(path: folder, reason: error.message)
        }
        state.withLock { state in
            state.marks = 0
            state.lastSequence = snapshot.sequence
        }
    }

    /// Somebody may come back to a place in the log, which compaction would lose.
    package var hasMarks: Bool { state.withLock { $0.marks > 0 } }

    /// Whether enough was written since the last snapshot to make one worth it.
    package var needsCompaction: Bool {
        state.withLock { $0.marks == 0 && $0.recordsSinceSnapshot >= Self.compactionThreshold }
    }

    /// Records written since the last snapshot.
    package var recordsSinceSnapshot: Int { state.withLock { $0.recordsSinceSnapshot } }

    /// Writes `snapshot` and drops the records it contains. Appends go on meanwhile; they wait
    /// only while the records after the snapshot are copied.
    ///
    /// - Parameters:
    ///   - fixture: digest to be noted from now on; nil keeps the present one.
    ///   - keeps: which provisioning records stay readable for the fold of the jobs.
    package func compact(
        _ snapshot: DirectorySnapshot, fixture: String? = nil,
        keeping keeps: (LogRecord) -> Bool = { _ in true }
    ) throws(JournalError) {
        let digest = fixture ?? self.fixture
        let writer = SnapshotFile(folder: folder, tenant: tenant, fixture: digest)
        do throws(JournalFailure) {
            let tail = try writer.write(snapshot, keeping: keeps)
            let failure = state.withLock { state -> JournalFailure? in
                do throws(JournalFailure) {
                    let header = JournalHeader(
                        kind: .log, tenant: tenant, fixture: digest, sequence: snapshot.sequence)
                    let log = try SnapshotFile.replaceLog(in: folder, header: header, tail: tail)
                    state.file = log
                    state.size = try log.size()
                    state.recordsSinceSnapshot = Int(
                        clamping: state.lastSequence - snapshot.sequence)
                    return nil
                } catch {
                    return error
                }
            }
            if let failure { throw failure }
            try writer.removeOlder(than: snapshot.sequence)
        } catch {
            throw .failed(error)
        }
    }
}
