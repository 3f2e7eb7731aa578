extension ExpressionFunction {
    /// The first source that is neither null nor empty; all empty: the last argument.
    static let coalesce = ExpressionFunction(
        "Coalesce", [Parameter("source", .repeating)]
    ) { (arguments) throws(ExpressionEvaluationError) in
        var last = ExpressionValue.null
        for index in 0..<arguments.count {
            last = try arguments.value(index)
            if !last.isNullOrEmpty { return last }
        }
        return last
    }
}
