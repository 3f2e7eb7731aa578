extension ExpressionFunction {
    /// The first n UTF-16 code units; a negative n gives the whole text, null gives "".
    static let left = ExpressionFunction(
        "Left", [Parameter("string"), Parameter("numChars")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        guard let text = try arguments.text(0) else { return .string("") }
        let count = try arguments.integer(1)
        guard count >= 0, count < text.utf16.count else { return .string(text) }
        return .string(String(decoding: Array(text.utf16.prefix(count)), as: UTF16.self))
    }
}
