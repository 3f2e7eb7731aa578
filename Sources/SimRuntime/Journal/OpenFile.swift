import Glibc
import SimDirectory

/// An open file descriptor, closed when the last user lets go. Calls restart when interrupted.
final class OpenFile: Sendable {
    enum Mode {
        case read
        /// Made when absent, readable by the owner only; writes go to the end.
        case append
        /// Made new, readable by the owner only; an older file of that name is emptied.
        case replace
    }

    let path: String
    let descriptor: Int32

    init(_ path: String, _ mode: Mode) throws(JournalFailure) {
        self.path = path
        let flags: Int32 =
            switch mode {
            case .read: O_RDONLY
            case .append: O_RDWR | O_CREAT | O_APPEND
            case .replace: O_RDWR | O_CREAT | O_TRUNC | O_APPEND
            }
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalFailure(path: path, errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Writes all bytes; one `write` unless the system takes them in pieces.
    func write(_ bytes: [UInt8]) throws(JournalFailure) {
        let code = bytes.withUnsafeBytes { buffer -> Int32 in
            var offset = 0
            while offset < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                offset += count
            }
            return 0
        }
        guard code == 0 else { throw JournalFailure(path: path, errno: code) }
    }

    /// Reads up to `limit` bytes from the current position; empty at the end of the file.
    func read(upTo limit: Int) throws(JournalFailure) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while true {
                let got = Glibc.read(descriptor, buffer.baseAddress, limit)
                if got < 0, errno == EINTR { continue }
                code = got < 0 ? errno : 0
                count = max(0, got)
                return
            }
        }
        guard code == 0 else { throw JournalFailure(path: path, errno: code) }
        return bytes
    }

    func seek(to offset: Int) throws(JournalFailure) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw JournalFailure(path: path, errno: errno)
        }
    }

    func size() throws(JournalFailure) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw JournalFailure(path: path, errno: errno)
        }
        return Int(status.st_size)
    }

    func truncate(to size: Int) throws(JournalFailure) {
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw JournalFailure(path: path, errno: errno)
        }
    }

    /// Waits until data and size are on the disk.
    func sync() throws(JournalFailure) {
        guard fdatasync(descriptor) == 0 else { throw JournalFailure(path: path, errno: errno) }
    }
}

extension JournalFailure {
    /// A failure in the system's words.
    init(path: String, errno code: Int32) {
        self.init(path: path, reason: strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }
}
