import SimCore
import SimDirectory

/// Reads one snapshot file from its header to its last line.
struct SnapshotRestoration {
    let path: String
    let tenant: String
    /// Called with each kept provisioning record, oldest first.
    let replay: (LogRecord) -> Void

    mutating func run() throws(JournalError) -> DirectorySnapshot {
        let (file, path) = (path, path)
        var reader = try JournalError.wrapping { () throws(JournalFailure) in
            try LineReader(try OpenFile(file, .read))
        }
        let header = try JournalHeader(try reader.line(), of: .snapshot, file: path)
        guard header.tenant == tenant else {
            throw .otherTenant(folder: path, name: header.tenant)
        }
        var snapshot: DirectorySnapshot?
        var count = 1
        while let line = try reader.line() {
            guard line.isComplete else { throw damaged(line, "the last line is cut off") }
            if line.bytes.starts(with: "{\"lines\":".utf8) {
                guard line.bytes == Array("{\"lines\":\(count)}".utf8) else {
                    throw damaged(line, "\(count) lines where others were counted")
                }
                guard var snapshot else { throw damaged(line, "the snapshot is empty") }
                snapshot.finishRestoration(
                    sequence: header.sequence, changesAreCompleteAfter: header.changesAfter)
                return snapshot
            }
            count += 1
            try add(line, to: &snapshot)
        }
        throw .damaged(file: path, line: count, offset: 0, reason: "the last line is missing")
    }

    private func add(
        _ line: LineReader.Line, to snapshot: inout DirectorySnapshot?
    ) throws(JournalError) {
        do throws(EventCodecError) {
            if line.bytes.starts(with: "{\"c\":".utf8) {
                snapshot?.restore(try SnapshotContent.decodeChange(line.bytes))
                return
            }
            let record = try EventCodec.decode(line.bytes).record
            switch (snapshot, record.event) {
            case (nil, .tenantCreated(let profile)):
                snapshot = DirectorySnapshot(profile: profile)
            case (_, .provisioning): replay(record)
            case (.some, let event): snapshot?.restore(event)
            case (nil, _): throw .missing(key: "tenantCreated")
            }
        } catch {
            throw damaged(line, error.explanation)
        }
    }

    private func damaged(_ line: LineReader.Line, _ reason: String) -> JournalError {
        .damaged(file: path, line: line.number, offset: line.offset, reason: reason)
    }
}
