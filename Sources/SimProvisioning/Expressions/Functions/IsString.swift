extension ExpressionFunction {
    /// True for text; null and numbers are none (unverified).
    static let isString = ExpressionFunction(
        "IsString", [Parameter("expression")],
        Help("whether the value is text", example: "IsString([mail])")
    ) { (call) throws(ExpressionEvaluationError) in
        if case .string = call.value(0) { .boolean(true) } else { .boolean(false) }
    }
}
