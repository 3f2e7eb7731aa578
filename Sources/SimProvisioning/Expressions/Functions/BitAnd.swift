extension ExpressionFunction {
    /// Bits set in both numbers; what is no number is an error.
    static let bitAnd = ExpressionFunction(
        "BitAnd", [Parameter("value1"), Parameter("value2")],
        Help("bits set in both numbers", example: "BitAnd(&HF, &HF7)")
    ) { (call) throws(ExpressionEvaluationError) in
        .integer(try call.integer(0) & call.integer(1))
    }
}
