/// Why a simulator could not start or carry something out: what happened and what to do about it.
public struct SimulatorFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Lower case, no full stop, the offending value in quotes.
    public let message: String
    /// The next thing to type or check; nil when there is nothing to advise.
    public let hint: String?

    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var description: String { hint.map { "\(message) (\($0))" } ?? message }
}
