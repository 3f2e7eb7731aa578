extension ExpressionFunction {
    /// The value as it is; the provisioning log shows `[Redact]` in its place.
    static let redact = ExpressionFunction(
        "Redact", [Parameter("value")],
        Help("keeps a value out of the provisioning log", example: "Redact([employeeId])")
    ) { (call) throws(ExpressionEvaluationError) in
        call.value(0)
    }
}

extension MappingExpression {
    /// Whether the log must not show what this gives: `Redact` anywhere in it.
    package var isRedacted: Bool {
        switch self {
        case .attribute, .text, .integer, .decimal, .word: false
        case .call(.redact, _): true
        case .call(_, let arguments): arguments.contains { $0?.isRedacted ?? false }
        case .comparison(let left, _, let right): left.isRedacted || right.isRedacted
        }
    }
}

/// What the log shows in place of a value it must not show. mapping-expressions.md §5.1.
enum RedactedText {
    static let mark = "[Redact]"
}
