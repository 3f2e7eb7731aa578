import SimDirectory

/// Why a tenant's stored log could not be opened.
package enum JournalError: Error, Hashable, Sendable {
    /// Another process uses the folder.
    case inUse(folder: String, pid: Int32?)
    /// The system refused.
    case failed(JournalFailure)
    /// A file is not what was written: 1-based line, byte offset of its start, what is wrong.
    case damaged(file: String, line: Int, offset: Int, reason: String)
    /// Written by a build that knows more.
    case newerVersion(file: String, version: Int64)
    /// The log continues a snapshot that is gone.
    case missingSnapshot(folder: String, sequence: UInt64)
    /// The folder holds another tenant's log.
    case otherTenant(folder: String, name: String)

    /// One line for a person.
    package var message: String {
        switch self {
        case .inUse(let folder, let pid):
            "folder \"\(folder)\" is in use" + (pid.map { " by process \($0)" } ?? "")
        case .failed(let failure): failure.description
        case .damaged(let file, let line, let offset, let reason):
            "\(file):\(line): damaged at byte \(offset): \(reason)"
        case .newerVersion(let file, let version):
            "\(file): written in format \(version), this build reads up to \(EventCodec.version)"
        case .missingSnapshot(let folder, let sequence):
            "folder \"\(folder)\" lacks the snapshot for sequence \(sequence)"
        case .otherTenant(let folder, let name):
            "folder \"\(folder)\" holds the log of tenant \"\(name)\""
        }
    }

    package var hint: String? {
        switch self {
        case .inUse: "stop the other one, or choose another data folder with --data"
        case .damaged, .missingSnapshot: "start over from the fixture with --reseed"
        case .otherTenant: "choose another data folder with --data"
        case .failed, .newerVersion: nil
        }
    }
}
