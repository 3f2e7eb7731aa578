import Glibc

/// The few file operations the simulator needs, each naming its path when it fails.
package enum FileAccess {
    /// Files larger than this are refused rather than read into memory.
    package static let sizeLimit = 1 << 30

    package static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    package static func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure("open", path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw FileFailure("stat", path) }
        let size = Int(information.st_size)
        guard size <= sizeLimit else {
            errno = EFBIG
            throw FileFailure("read", path)
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(
                    descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[filled...]).baseAddress,
                    size - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure("read", path) }
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(size - filled)
        return bytes
    }

    /// Writes beside the file and renames, so that a reader sees the old or the new content and a
    /// crash leaves no half. `mode` 0600 for anything private.
    package static func writeAtomically(
        _ bytes: [UInt8], to path: String, mode: mode_t = 0o644
    ) throws(FileFailure) {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileFailure("create", path) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(
                    descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]).baseAddress,
                    bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = FileFailure("write", path)
                close(descriptor)
                unlink(temporary)
                throw failure
            }
            written += count
        }
        fsync(descriptor)
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let failure = FileFailure("rename", path)
            unlink(temporary)
            throw failure
        }
    }

    /// Creates the folder and those above it.
    package static func createFolder(_ path: String, mode: mode_t = 0o755) throws(FileFailure) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw FileFailure("create folder", path)
        }
        try createFolder(String(path[..<slash]), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw FileFailure("create folder", path)
        }
    }

    /// Creates the folder a file is to stand in, when only that one is missing.
    ///
    /// - Returns: the folder, when it was made now.
    package static func createParent(of path: String, mode: mode_t = 0o700) -> String? {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return nil }
        let folder = String(path[..<slash])
        return mkdir(folder, mode) == 0 ? folder : nil
    }

    /// Removes a folder that has nothing in it; another one stays.
    package static func removeEmptyFolder(_ path: String) {
        rmdir(path)
    }

    /// Removes a file; a missing one is fine.
    package static func remove(_ path: String) {
        unlink(path)
    }

    /// Names in a folder, sorted, without `.` and `..`.
    package static func names(in folder: String) throws(FileFailure) -> [String] {
        guard let stream = opendir(folder) else { throw FileFailure("list", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

extension FileAccess {
    /// The path from the root, for other processes: they may have another working folder.
    package static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}

/// What the system knows of this process.
package enum ProcessFacts {
    package static var id: Int32 { getpid() }
}
