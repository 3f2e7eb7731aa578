extension ExpressionFunction {
    /// One value of a list by its 1-based index.
    static let item = ExpressionFunction(
        "Item", [Parameter("attribute"), Parameter("index")],
        Help("one value of a list, counted from 1", example: "Item([proxyAddresses], 1)")
    ) { (call) throws(ExpressionEvaluationError) in
        let values = try call.list(0)
        let index = try call.integer(1)
        guard index >= 1, index <= values.count else {
            throw ExpressionEvaluationError(
                function: call.function,
                reason: "There is no item \(index), the list has \(values.count).",
                kind: .indexOutOfRange)
        }
        return .string(values[Int(index) - 1])
    }
}
