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
    /// Whether the log must not show what this gives.
    package var isRedacted: Bool {
        if case .call(.redact, _) = self { true } else { false }
    }
}
