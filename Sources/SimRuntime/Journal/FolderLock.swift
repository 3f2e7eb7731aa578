import Glibc
import SimDirectory

/// A folder in use by this process, given back when let go or when the process ends.
package final class FolderLock: Sendable {
    package enum Refusal: Error, Hashable, Sendable {
        /// Another process holds the folder; its id when known.
        case inUse(folder: String, pid: Int32?)
        case failed(JournalFailure)
    }

    private let file: OpenFile

    /// Makes the folder when needed and locks it.
    package init(folder: String) throws(Refusal) {
        do throws(JournalFailure) {
            try Folder.create(folder)
            file = try OpenFile(folder + "/lock", .append)
        } catch {
            throw .failed(error)
        }
        guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            guard code == EWOULDBLOCK else {
                throw .failed(JournalFailure(path: file.path, errno: code))
            }
            throw .inUse(folder: folder, pid: Self.holder(file))
        }
        do throws(JournalFailure) {
            try file.truncate(to: 0)
            try file.write(Array("\(getpid())\n".utf8))
        } catch {
            throw .failed(error)
        }
    }

    private static func holder(_ file: OpenFile) -> Int32? {
        // The id is only a courtesy in the message: without it the refusal stands.
        guard (try? file.seek(to: 0)) != nil, let text = try? file.read(upTo: 32) else {
            return nil
        }
        return Int32(String(decoding: text.prefix { $0 != 10 }, as: UTF8.self))
    }
}
