extension ExpressionFunction {
    /// The sources with the separator between them; null and empty ones are skipped with theirs.
    static let join = ExpressionFunction(
        "Join", [Parameter("separator"), Parameter("source", .repeating)],
        Help(
            "the values with a separator between them, empty ones left out",
            example: "Join(\" \", [givenName], [surname])")
    ) { (call) throws(ExpressionEvaluationError) in
        let separator = try call.text(0) ?? ""
        var pieces: [String] = []
        for index in 1..<call.count {
            pieces += try call.list(index).filter { !$0.isEmpty }
        }
        return .string(pieces.joined(separator: separator))
    }
}
