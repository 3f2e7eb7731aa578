import Glibc
import SimDirectory

/// The few folder operations of the journal, without Foundation.
enum Folder {
    /// Makes the folder and its parents, readable by the owner only, unless they are there.
    static func create(_ path: String) throws(JournalFailure) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        let code = errno
        guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw JournalFailure(path: path, errno: code)
        }
        try create(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw JournalFailure(path: path, errno: errno)
        }
    }

    /// Names in the folder, sorted, without `.` and `..`; nil when there is no such folder.
    static func names(in path: String) throws(JournalFailure) -> [String]? {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return nil }
            throw JournalFailure(path: path, errno: errno)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// 0 for a file that is not there.
    static func byteCount(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// nil for a file that is not there.
    static func stamp(of path: String) -> FileStamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileStamp(
            node: UInt64(status.st_ino), size: Int(status.st_size),
            seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
    }

    static func remove(_ path: String) throws(JournalFailure) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw JournalFailure(path: path, errno: errno)
        }
    }

    /// Renames within a folder and waits until the folder itself is on the disk.
    static func rename(_ old: String, to new: String) throws(JournalFailure) {
        guard Glibc.rename(old, new) == 0 else { throw JournalFailure(path: old, errno: errno) }
        let parent = new.lastIndex(of: "/").map { String(new[..<$0]) } ?? "."
        try OpenFile(parent.isEmpty ? "/" : parent, .read).sync()
    }
}

/// Which file, how long, and when it was last written.
struct FileStamp: Hashable, Sendable {
    let node: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
}
