extension ExpressionFunction {
    /// The first source that is neither null nor empty; all empty: the last argument.
    static let coalesce = ExpressionFunction(
        "Coalesce", [Parameter("source", .repeating)],
        Help("the first argument with a value", example: "Coalesce([mail], [userPrincipalName])")
    ) { (call) throws(ExpressionEvaluationError) in
        for index in 0..<call.count {
            let value = call.value(index)
            if !value.isNullOrEmpty { return value }
        }
        return call.value(call.count - 1)
    }
}
