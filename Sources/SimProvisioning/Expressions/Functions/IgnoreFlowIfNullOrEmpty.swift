extension ExpressionFunction {
    /// Null or empty: the attribute is left out of the operation; else the value.
    static let ignoreFlowIfNullOrEmpty = ExpressionFunction(
        "IgnoreFlowIfNullOrEmpty", [Parameter("expression")],
        Help(
            "leaves the attribute alone when there is no value",
            example: "IgnoreFlowIfNullOrEmpty([department])")
    ) { (call) throws(ExpressionEvaluationError) in
        call.value(0).isNullOrEmpty ? .ignoreAttribute : call.value(0)
    }
}
