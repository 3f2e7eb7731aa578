import SimCore
import SimDirectory

/// Reads what a data folder holds of a tenant: the newest snapshot, then the log after it.
struct JournalReplay {
    let folder: String
    let tenant: String
    /// Called with each provisioning record, oldest first.
    let replay: (LogRecord) -> Void

    struct Outcome {
        let snapshot: DirectorySnapshot
        let header: JournalHeader
        let log: OpenFile
        /// Bytes of the log that hold complete appends; what followed was cut off.
        let size: Int
        let recordsSinceSnapshot: Int
    }

    /// - Returns: nil when the folder holds no log.
    func run() throws(JournalError) -> Outcome? {
        try JournalError.wrapping { () throws(JournalFailure) in
            for name in try Folder.names(in: folder) ?? []
            where name.hasSuffix(SnapshotFile.temporarySuffix) {
                try Folder.remove(folder + "/" + name)
            }
        }
        let restored = try restoreSnapshot()
        let path = SnapshotFile.logPath(in: folder)
        guard Folder.exists(path) else {
            guard let restored else { return nil }
            throw .damaged(
                file: path, line: 0, offset: 0,
                reason: "missing beside the snapshot for sequence \(restored.sequence)")
        }
        return try readLog(path, after: restored)
    }

    private func restoreSnapshot() throws(JournalError) -> DirectorySnapshot? {
        let newest = try JournalError.wrapping { () throws(JournalFailure) in
            try SnapshotFile.sequences(in: folder).last
        }
        guard let newest else { return nil }
        var restoration = SnapshotRestoration(
            path: SnapshotFile.path(in: folder, sequence: newest), tenant: tenant, replay: replay)
        return try restoration.run()
    }

    private func readLog(
        _ path: String, after restored: DirectorySnapshot?
    ) throws(JournalError) -> Outcome {
        let (log, opened) = try JournalError.wrapping { () throws(JournalFailure) in
            let file = try OpenFile(path, .append)
            return (file, try LineReader(file))
        }
        var reader = opened
        let first = try reader.line()
        let header = try JournalHeader(first, of: .log, file: path)
        guard header.tenant == tenant else {
            throw .otherTenant(folder: folder, name: header.tenant)
        }
        guard header.sequence <= restored?.sequence ?? 0 else {
            throw .missingSnapshot(folder: folder, sequence: header.sequence)
        }
        var fold = LogFold(path: path, header: header, restored: restored, replay: replay)
        var size = first?.end ?? 0
        while let line = try reader.line(), line.isComplete {
            if try fold.add(line) { size = line.end }
        }
        let kept = size
        try JournalError.wrapping { () throws(JournalFailure) in
            if kept < (try log.size()) { try log.truncate(to: kept) }
        }
        guard let snapshot = fold.snapshot else {
            throw .damaged(file: path, line: 1, offset: 0, reason: "the log has no records")
        }
        return Outcome(
            snapshot: snapshot, header: header, log: log, size: size,
            recordsSinceSnapshot: fold.count)
    }
}

/// Folds the lines of a log, one append at a time.
private struct LogFold {
    let path: String
    let replay: (LogRecord) -> Void
    private(set) var snapshot: DirectorySnapshot?
    /// Records folded.
    private(set) var count = 0
    private var next: UInt64
    /// Records of an append whose last one has not been read.
    private var pending: [LogRecord] = []
    private var expected = 0

    init(
        path: String, header: JournalHeader, restored: DirectorySnapshot?,
        replay: @escaping (LogRecord) -> Void
    ) {
        self.path = path
        self.replay = replay
        snapshot = restored
        next = header.sequence + 1
    }

    /// - Returns: whether the line completes an append.
    mutating func add(_ line: LineReader.Line) throws(JournalError) -> Bool {
        let entry: EventCodec.Line
        do throws(EventCodecError) {
            entry = try EventCodec.decode(line.bytes)
        } catch {
            throw damaged(line, error.explanation)
        }
        guard entry.record.sequence == next else {
            throw damaged(line, "sequence \(entry.record.sequence) where \(next) was expected")
        }
        guard pending.isEmpty || entry.following == expected - 1 else {
            throw damaged(line, "an append of several records was interrupted")
        }
        next += 1
        pending.append(entry.record)
        expected = entry.following
        guard expected == 0 else { return false }
        for record in pending { try fold(record, line) }
        pending.removeAll(keepingCapacity: true)
        return true
    }

    private mutating func fold(
        _ record: LogRecord, _ line: LineReader.Line
    ) throws(JournalError) {
        if snapshot == nil {
            guard case .tenantCreated(let profile) = record.event else {
                throw damaged(line, "the log does not begin with the tenant's creation")
            }
            snapshot = DirectorySnapshot(profile: profile)
        }
        guard record.sequence > snapshot?.sequence ?? 0 else { return }
        snapshot?.apply(record)
        count += 1
        if case .provisioning = record.event { replay(record) }
    }

    private func damaged(_ line: LineReader.Line, _ reason: String) -> JournalError {
        .damaged(file: path, line: line.number, offset: line.offset, reason: reason)
    }
}

extension LineReader {
    /// The next line, or what the system refused as a journal error.
    mutating func line() throws(JournalError) -> Line? {
        do throws(JournalFailure) {
            return try next()
        } catch {
            throw .failed(error)
        }
    }
}

extension JournalError {
    /// Runs `body`; what the system refused becomes a journal error.
    static func wrapping<Value>(
        _ body: () throws(JournalFailure) -> Value
    ) throws(JournalError) -> Value {
        do throws(JournalFailure) {
            return try body()
        } catch {
            throw .failed(error)
        }
    }
}
