extension ExpressionFunction {
    /// The opposite of `IsNullOrEmpty`.
    static let isPresent = ExpressionFunction(
        "IsPresent", [Parameter("expression")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        .boolean(!(try arguments.value(0).isNullOrEmpty))
    }
}
