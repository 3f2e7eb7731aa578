extension ExpressionFunction {
    /// `length` UTF-16 code units from the 1-based `start`; past the end goes to the end.
    static let mid = ExpressionFunction(
        "Mid", [Parameter("source"), Parameter("start"), Parameter("length")]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        guard let text = try arguments.text(0) else { return .null }
        let start = try arguments.integer(1)
        let length = try arguments.integer(2)
        guard start >= 1, length >= 0 else {
            throw arguments.error("The start must be 1 or more and the length 0 or more.")
        }
        let units = text.utf16.dropFirst(start - 1).prefix(length)
        return .string(String(decoding: Array(units), as: UTF16.self))
    }
}
