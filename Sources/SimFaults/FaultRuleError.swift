/// A rule that cannot be understood: what is wrong, and what was probably meant.
package struct FaultRuleError: Error, Hashable, Sendable {
    /// Starts in lower case, no full stop, the offending value in quotes.
    package let message: String
    package let hint: String?
    /// The key is none of the known ones.
    package let isUnknownKey: Bool
    /// Keys from the rule down to the one that is wrong; empty for the rule itself.
    package let path: [String]

    init(
        _ message: String, hint: String? = nil, isUnknownKey: Bool = false, path: [String] = []
    ) {
        self.message = message
        self.hint = hint
        self.isUnknownKey = isUnknownKey
        self.path = path
    }
}
