extension ExpressionFunction {
    /// True for null and for empty text; white space counts as content.
    static let isNullOrEmpty = ExpressionFunction(
        "IsNullOrEmpty", [Parameter("expression")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        .boolean(try arguments.value(0).isNullOrEmpty)
    }
}
