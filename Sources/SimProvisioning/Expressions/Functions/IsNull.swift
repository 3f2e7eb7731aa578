extension ExpressionFunction {
    /// True when the attribute is absent; an empty text is not null.
    static let isNull = ExpressionFunction(
        "IsNull", [Parameter("expression")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        .boolean(try arguments.value(0) == .null)
    }
}
