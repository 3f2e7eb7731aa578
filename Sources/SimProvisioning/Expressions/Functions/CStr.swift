extension ExpressionFunction {
    /// The text form: `True`, decimal digits, `3/16/2020 7:00:00 AM`.
    static let cStr = ExpressionFunction(
        "CStr", [Parameter("value")], Help("the value as text", example: "CStr([accountEnabled])")
    ) { (call) throws(ExpressionEvaluationError) in
        try call.text(0).map { .string($0) } ?? .null
    }
}
