/// Choices where the published material contradicts itself or leaves the answer open. The values
/// given here are the defaults. mapping-expressions.md §6.
package struct ExpressionSettings: Hashable, Sendable {
    /// What `IIF` does when an attribute read in its condition is null or empty.
    package enum NullCondition: String, CaseIterable, Sendable {
        /// Evaluates the condition with null as the empty text: what the guides print.
        case natural
        /// The whole `IIF` is null: what the function reference says.
        case documented
    }

    /// Which attribute `Replace` with `replacementAttributeName` prefers.
    package enum ReplacementAttribute: String, CaseIterable, Sendable {
        /// A source with a value is returned as it is.
        case whenSourceIsEmpty
        /// The inverse, as the cloud-sync page has it: without a source there is no value.
        case whenSourceHasValue
    }

    /// What `SingleAppRoleAssignment` does with several roles.
    package enum SeveralRoles: String, CaseIterable, Sendable {
        case error
        /// The first one: "no guarantee which role is provisioned".
        case first
    }

    package var iifNullCondition = NullCondition.natural
    package var replacementAttribute = ReplacementAttribute.whenSourceIsEmpty
    package var severalRoles = SeveralRoles.error
    /// Functions that only cloud sync documents are known.
    package var cloudSyncFunctions = false
    /// `FormatDateTime` may be called without `dateTimeStyles`.
    package var formatDateTimeWithoutStyles = false
    /// `Split` takes the white space off its items.
    package var splitTrimsItems = true
    /// `PCase` without separators starts a new word after an apostrophe.
    package var apostropheSeparatesWords = false
    /// The documented defect of incremental cycles: a `Switch` whose source did not change is null.
    package var switchNullOnUnchangedSource = false

    package init() {}

    package static let standard = ExpressionSettings()
}
