extension ExpressionFunction {
    /// Removes U+0020 only; tabs and no-break spaces stay.
    static let stripSpaces = ExpressionFunction(
        "StripSpaces", [Parameter("source")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        guard let text = try arguments.text(0) else { return .null }
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != " " })))
    }
}
