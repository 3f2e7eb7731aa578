extension ExpressionFunction {
    /// Null or empty: the attribute is left out of the operation; else the value.
    static let ignoreFlowIfNullOrEmpty = ExpressionFunction(
        "IgnoreFlowIfNullOrEmpty", [Parameter("expression")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let value = try arguments.value(0)
        return value.isNullOrEmpty ? .ignoreAttribute : value
    }
}
