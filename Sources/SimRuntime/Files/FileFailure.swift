import Glibc

/// A file operation that failed, with the path and the system's own words.
package struct FileFailure: Error, Hashable, Sendable {
    package let path: String
    package let operation: String
    package let code: Int32
    package let reason: String

    package var isMissing: Bool { code == ENOENT }

    init(_ operation: String, _ path: String) {
        self.path = path
        self.operation = operation
        code = errno
        reason = String(cString: strerror(code))
    }

    /// Content that cannot be used.
    init(operation: String, path: String, reason: String) {
        self.path = path
        self.operation = operation
        self.reason = reason
        code = EILSEQ
    }
}
