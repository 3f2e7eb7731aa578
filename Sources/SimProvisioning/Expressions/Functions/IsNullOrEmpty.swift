extension ExpressionFunction {
    /// True for null and for empty text; white space counts as content.
    static let isNullOrEmpty = ExpressionFunction(
        "IsNullOrEmpty", [Parameter("expression")],
        Help("whether there is no value or an empty one", example: "IsNullOrEmpty([mail])")
    ) { (call) throws(ExpressionEvaluationError) in
        .boolean(call.value(0).isNullOrEmpty)
    }
}
