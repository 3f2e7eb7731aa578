extension ExpressionFunction {
    /// True when the attribute is absent; an empty text is not null.
    static let isNull = ExpressionFunction(
        "IsNull", [Parameter("expression")],
        Help("whether there is no value at all", example: "IsNull([displayName])")
    ) { (call) throws(ExpressionEvaluationError) in
        .boolean(call.value(0) == .null)
    }
}
