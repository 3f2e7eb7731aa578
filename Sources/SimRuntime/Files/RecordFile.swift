import Glibc
import SimCore
import Synchronization

/// An append-only file of JSON lines: written before a change is acknowledged, so it survives a
/// killed process. A torn last line, left by a crash, is dropped.
package final class RecordFile: Sendable {
    package let path: String
    /// What was there when the file was opened, oldest first.
    package let records: [JSONValue]
    private let descriptor: Mutex<Int32>

    /// Opens the file, readable by its owner only, or begins it.
    package init(path: String) throws(FileFailure) {
        self.path = path
        let bytes = FileAccess.exists(path) ? try FileAccess.read(path) : []
        let end = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
        var records: [JSONValue] = []
        for line in bytes[..<end].split(separator: 10) {
            do throws(JSONError) {
                records.append(try JSONValue(parsing: Array(line)))
            } catch {
                throw FileFailure(
                    operation: "read line \(records.count + 1) of", path: path, reason: "not JSON")
            }
        }
        self.records = records
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFailure("open", path) }
        guard ftruncate(file, off_t(end)) == 0 else {
            let failure = FileFailure("truncate", path)
            close(file)
            throw failure
        }
        descriptor = Mutex(file)
    }

    deinit {
        descriptor.withLock { _ = close($0) }
    }

    /// Bytes written so far.
    package var size: Int {
        descriptor.withLock { Int(lseek($0, 0, SEEK_END)) }
    }

    /// Drops everything after the first `size` bytes.
    package func truncate(to size: Int) throws(FileFailure) {
        let path = path
        let failure = descriptor.withLock {
            ftruncate($0, off_t(size)) == 0 ? nil : FileFailure("truncate", path)
        }
        if let failure { throw failure }
    }

    /// Appends records in one write; on failure nothing of them remains.
    package func write(_ records: [JSONValue]) throws(FileFailure) {
        var line: [UInt8] = []
        for record in records {
            JSONWriter.write(record, into: &line)
            line.append(10)
        }
        let bytes = line
        let path = path
        let failure = descriptor.withLock { descriptor -> FileFailure? in
            let start = lseek(descriptor, 0, SEEK_END)
            var written = 0
            while written < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]).baseAddress,
                        bytes.count - written)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    let failure = FileFailure("write", path)
                    _ = ftruncate(descriptor, start)
                    return failure
                }
                written += count
            }
            return nil
        }
        if let failure { throw failure }
    }
}
