extension ExpressionFunction {
    /// Removes U+0020 only; tabs and no-break spaces stay.
    static let stripSpaces = ExpressionFunction(
        "StripSpaces", [Parameter("source")],
        Help("removes all spaces", example: "StripSpaces([displayName])")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != " " })))
    }
}
