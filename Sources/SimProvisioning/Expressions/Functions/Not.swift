extension ExpressionFunction {
    /// True becomes False; anything else becomes True.
    static let not = ExpressionFunction(
        "Not", [Parameter("source")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let value = try arguments.value(0)
        guard !value.isMarker else { return value }
        return .boolean(value.text?.lowercased() != "true")
    }
}
