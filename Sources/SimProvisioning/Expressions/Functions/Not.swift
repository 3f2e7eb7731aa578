extension ExpressionFunction {
    /// True becomes False; anything else becomes True.
    static let not = ExpressionFunction(
        "Not", [Parameter("source")],
        Help("True for what is not True", example: "Not([IsSoftDeleted])")
    ) { (call) throws(ExpressionEvaluationError) in
        .boolean(call.value(0).text?.lowercased() != "true")
    }
}
