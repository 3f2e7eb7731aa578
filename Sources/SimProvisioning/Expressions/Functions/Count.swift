extension ExpressionFunction {
    /// How many values: none for null, one for a single value (unverified).
    static let count = ExpressionFunction(
        "Count", [Parameter("attribute")],
        Help("the number of values", example: "Count([proxyAddresses])")
    ) { (call) throws(ExpressionEvaluationError) in
        .integer(Int64(try call.list(0).count))
    }
}
