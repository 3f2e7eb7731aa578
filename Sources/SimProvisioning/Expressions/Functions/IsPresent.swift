extension ExpressionFunction {
    /// The opposite of `IsNullOrEmpty`.
    static let isPresent = ExpressionFunction(
        "IsPresent", [Parameter("expression")],
        Help("whether there is a value that is not empty", example: "IsPresent([mail])")
    ) { (call) throws(ExpressionEvaluationError) in
        .boolean(!call.value(0).isNullOrEmpty)
    }
}
