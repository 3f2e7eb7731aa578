extension ExpressionFunction {
    /// The tenant's default domain; null when the tenant has none.
    static let defaultDomain = ExpressionFunction(
        "DefaultDomain", [],
        Help("the tenant's default domain", example: "Append(\"user@\", DefaultDomain())")
    ) { (call) throws(ExpressionEvaluationError) in
        call.context.defaultDomain.isEmpty ? .null : .string(call.context.defaultDomain)
    }
}
