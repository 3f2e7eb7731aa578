/// A rule that cannot be understood: what is wrong, and what was probably meant.
package struct FaultRuleError: Error, Hashable, Sendable {
    /// Starts in lower case, no full stop, the offending value in quotes.
    package let message: String
    package let hint: String?
    /// The key is none of the known ones.
    package let isUnknownKey: Bool

    init(_ message: String, hint: String? = nil, isUnknownKey: Bool = false) {
        self.message = message
        self.hint = hint
        self.isUnknownKey = isUnknownKey
    }
}
