extension ExpressionFunction {
    /// source + suffix; null stays null, a null suffix is empty (unverified).
    static let append = ExpressionFunction(
        "Append", [Parameter("source"), Parameter("suffix")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        guard let text = try arguments.text(0) else { return .null }
        return .string(text + (try arguments.text(1) ?? ""))
    }
}
