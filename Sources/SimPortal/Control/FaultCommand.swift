import SimFaults

/// What may be done with fault rules.
package enum FaultCommand: Hashable, Sendable {
    /// Appended: earlier rules go first.
    case add(FaultRule)
    /// The rules in order, and the last strikes.
    case list
    /// One rule by its id or name.
    case remove(String)
    case clear
}

extension ControlError {
    /// A rule that cannot be understood.
    package init(_ error: FaultRuleError) {
        self.init(
            status: 400, code: error.isUnknownKey ? .unknownKey : .badRequest,
            message: error.message, hint: error.hint)
    }
}
