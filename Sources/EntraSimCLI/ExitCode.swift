/// How a command ended. The numbers are a promise to scripts.
package enum ExitCode: Int32, CaseIterable, Sendable {
    case success = 0
    case failure = 1
    case usage = 2
    case unreachable = 3
    case refused = 4
    case foundFailing = 5

    /// One line for `entra-sim help exit-codes`.
    package var meaning: String {
        switch self {
        case .success: "done"
        case .failure: "the command could not do its work: a file, a port, a fixture, a bug"
        case .usage: "the command line is wrong; nothing was started"
        case .unreachable: "no simulator answers, or it cannot be trusted"
        case .refused: "the simulator refused: no such thing, name taken, wrong token"
        case .foundFailing:
            "the command worked and found a failure: a failed cycle, connection test or check"
        }
    }
}

/// Why a command did not succeed, as a person reads it.
package struct CommandFailure: Error, Hashable, Sendable {
    package let exitCode: ExitCode
    /// Lower-case start, no full stop, the offending value in quotes.
    package let message: String
    /// What to type or change next.
    package let hint: String?

    package init(_ exitCode: ExitCode, _ message: String, hint: String? = nil) {
        self.exitCode = exitCode
        self.message = message
        self.hint = hint
    }
}
