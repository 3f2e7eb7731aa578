import Synchronization

/// The steps of one evaluation, innermost first: what a call was given and what it gave.
package final class ExpressionTrace: Sendable {
    package struct Step: Hashable, Sendable {
        /// Levels of calls around it.
        package let depth: Int
        /// The part of the expression, in normal form.
        package let expression: String
        /// The call with its argument values in place: `Join(".", "Adele", "Vance")`.
        package let call: String
        /// The value, or why there is none.
        package let result: Result<ExpressionValue, ExpressionEvaluationError>
    }

    private let recorded = Mutex<[Step]>([])

    package init() {}

    package var steps: [Step] { recorded.withLock { $0 } }

    func record(_ step: Step) { recorded.withLock { $0.append(step) } }
}

extension ExpressionValue {
    /// The value as a person reads it: texts in quotation marks, markers in words.
    package var shown: String {
        switch self {
        case .null: "null"
        case .string(let text): MappingExpression.quoted(text)
        case .integer, .boolean: text ?? ""
        case .date: text ?? ""
        case .list(let values):
            "{" + values.map(MappingExpression.quoted).joined(separator: ", ") + "}"
        case .ignoreAttribute: "(attribute does not flow)"
        case .ignoreObject: "(object is not processed)"
        }
    }
}
