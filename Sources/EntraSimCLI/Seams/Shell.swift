/// The process around the command line: environment, the two output streams, files, programs.
package protocol Shell: Sendable {
    var environment: [String: String] { get }
    /// Standard output: results.
    func write(_ text: String)
    /// Whether anybody still reads standard output.
    var isRead: Bool { get }
    /// Standard error: talk.
    func tell(_ text: String)
    func read(_ path: String) throws(ShellFailure) -> [UInt8]
    func save(_ bytes: [UInt8], to path: String) throws(ShellFailure)
    func remove(_ path: String) throws(ShellFailure)
    /// Runs a program found on `PATH`, its output on standard error.
    /// - Returns: its exit status.
    func run(_ program: String, _ arguments: [String]) throws(ShellFailure) -> Int32
}

/// A file or program that could not be used, with the system's reason (`Permission denied`).
package struct ShellFailure: Error, Hashable, Sendable {
    package let path: String
    package let reason: String
    package let isMissing: Bool

    package init(path: String, reason: String, isMissing: Bool = false) {
        self.path = path
        self.reason = reason
        self.isMissing = isMissing
    }
}
