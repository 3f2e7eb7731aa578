extension ExpressionFunction {
    /// source + suffix; null stays null, a null suffix is empty (unverified).
    static let append = ExpressionFunction(
        "Append", [Parameter("source"), Parameter("suffix")],
        Help("adds a text at the end", example: "Append([userPrincipalName], \".test\")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        return .string(text + (try call.text(1) ?? ""))
    }
}
