import SimCore
import SimDirectory

/// `snapshot-<sequence>.jsonl`: header, state as events, kept provisioning records, latest changes,
/// and a last line with their number. Written under a temporary name, synced, renamed.
struct SnapshotFile {
    let folder: String
    let tenant: String
    let fixture: String

    static let temporarySuffix = ".tmp"
    private static let prefix = "snapshot-"
    private static let suffix = ".jsonl"
    private static let pieceLength = 1 << 18

    static func logPath(in folder: String) -> String { folder + "/log.jsonl" }

    static func path(in folder: String, sequence: UInt64) -> String {
        "\(folder)/\(prefix)\(sequence)\(suffix)"
    }

    /// The sequence number in a snapshot file's name; nil for any other name.
    static func sequence(ofName name: String) -> UInt64? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
        return UInt64(name.dropFirst(prefix.count).dropLast(suffix.count))
    }

    /// Sequence numbers of the snapshots in a folder, ascending.
    static func sequences(in folder: String) throws(JournalFailure) -> [UInt64] {
        (try Folder.names(in: folder) ?? []).compactMap(sequence(ofName:)).sorted()
    }

    /// Writes the snapshot.
    /// - Returns: byte offset of the first record in the log that is not in the snapshot.
    func write(
        _ snapshot: DirectorySnapshot, keeping keeps: (LogRecord) -> Bool
    ) throws(JournalFailure) -> Int {
        let path = Self.path(in: folder, sequence: snapshot.sequence)
        let temporary = path + Self.temporarySuffix
        let output = BufferedOutput(try OpenFile(temporary, .replace))
        do throws(JournalFailure) {
            let header = JournalHeader(
                kind: .snapshot, tenant: tenant, fixture: fixture, sequence: snapshot.sequence,
                changesAfter: snapshot.changesAreCompleteAfter)
            try output.line { $0 += header.line }
            try SnapshotContent.forEachEvent(of: snapshot) { (event) throws(JournalFailure) in
                let record = LogRecord(sequence: 0, at: .epoch, event: event)
                try output.line { EventCodec.encode(record, into: &$0) }
            }
            let tail = try copyProvisioning(upTo: snapshot.sequence, keeping: keeps, to: output)
            try snapshot.forEachChange { (change) throws(JournalFailure) in
                try output.line { SnapshotContent.encode(change, into: &$0) }
            }
            let count = output.lineCount
            try output.line { $0 += Array("{\"lines\":\(count)}\n".utf8) }
            try output.finish()
            try Folder.rename(temporary, to: path)
            return tail
        } catch {
            // The failure counts, not whether its rest could be removed.
            try? Folder.remove(temporary)
            throw error
        }
    }

    /// Copies the provisioning records of the last snapshot and of the log up to `sequence`.
    private func copyProvisioning(
        upTo sequence: UInt64, keeping keeps: (LogRecord) -> Bool, to output: BufferedOutput
    ) throws(JournalFailure) -> Int {
        func copy(_ line: LineReader.Line) throws(JournalFailure) {
            // Lines were read when the log was opened or written by this process: one that does
            // not decode only looks like a provisioning record.
            guard Self.isProvisioning(line.bytes), let record = try? EventCodec.decode(line.bytes),
                keeps(record.record)
            else { return }
            try output.line { EventCodec.encode(record.record, into: &$0) }
        }
        let older = try Self.sequences(in: folder).last { $0 < sequence }
        if let older {
            let file = try OpenFile(Self.path(in: folder, sequence: older), .read)
            var reader = try LineReader(file)
            while let line = try reader.next() { try copy(line) }
        }
        var reader = try LineReader(try OpenFile(Self.logPath(in: folder), .read))
        var end = try reader.next()?.end ?? 0
        while let line = try reader.next(), line.isComplete {
            guard let number = Self.sequence(of: line.bytes), number <= sequence else { break }
            end = line.end
            if number > older ?? 0 { try copy(line) }
        }
        return end
    }

    /// The sequence number at the start of a record's line, without parsing the rest.
    private static func sequence(of line: [UInt8]) -> UInt64? {
        guard line.starts(with: "{\"s\":".utf8) else { return nil }
        let digits = line.dropFirst(5).prefix { (48...57).contains($0) }
        return UInt64(String(decoding: digits, as: UTF8.self))
    }

    private static let provisioningMark = "\"e\":\"provisioning\""

    /// A quick look for the event's name, which stands before anything a user wrote.
    private static func isProvisioning(_ line: [UInt8]) -> Bool {
        line.prefix(96).firstRange(ofText: provisioningMark) != nil
    }

    func removeOlder(than sequence: UInt64) throws(JournalFailure) {
        for older in try Self.sequences(in: folder) where older < sequence {
            try Folder.remove(Self.path(in: folder, sequence: older))
        }
    }

    /// Replaces the log by one with `header`, followed by what the present one holds from byte
    /// `tail` on; open for appending.
    static func replaceLog(
        in folder: String, header: JournalHeader, tail: Int
    ) throws(JournalFailure) -> OpenFile {
        let path = logPath(in: folder)
        let temporary = path + temporarySuffix
        let old = try OpenFile(path, .read)
        let new = try OpenFile(temporary, .replace)
        do throws(JournalFailure) {
            try new.write(header.line)
            try old.seek(to: tail)
            while true {
                let piece = try old.read(upTo: pieceLength)
                if piece.isEmpty { break }
                try new.write(piece)
            }
            try new.sync()
            try Folder.rename(temporary, to: path)
        } catch {
            // As above.
            try? Folder.remove(temporary)
            throw error
        }
        return try OpenFile(path, .append)
    }
}

/// Collects lines into large writes.
final class BufferedOutput {
    private let file: OpenFile
    private var buffer: [UInt8] = []
    private(set) var lineCount = 0

    init(_ file: OpenFile) {
        self.file = file
    }

    /// Adds what `body` appends to the buffer, one line.
    func line(_ body: (inout [UInt8]) -> Void) throws(JournalFailure) {
        body(&buffer)
        lineCount += 1
        if buffer.count >= 1 << 18 { try flush() }
    }

    private func flush() throws(JournalFailure) {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the rest and waits for the disk.
    func finish() throws(JournalFailure) {
        try flush()
        try file.sync()
    }
}
