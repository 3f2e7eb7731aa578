import SimCore

/// A rule or drill that cannot be understood: what is wrong, and what was probably meant.
package struct FaultRuleError: Error, Hashable, Sendable {
    /// Starts in lower case, no full stop, the offending value in quotes.
    package let message: String
    package let hint: String?
    /// The key is none of the known ones.
    package let isUnknownKey: Bool
    /// From the value that was read to the offending one.
    package private(set) var path: [JSONStep]

    init(
        _ message: String, hint: String? = nil, isUnknownKey: Bool = false, path: [JSONStep] = []
    ) {
        self.message = message
        self.hint = hint
        self.isUnknownKey = isUnknownKey
        self.path = path
    }

    /// The same mistake as seen from further out.
    func inside(_ steps: JSONStep...) -> FaultRuleError {
        var error = self
        error.path = steps + path
        return error
    }
}
