extension ExpressionFunction {
    /// The n-th word, counted from 1; every character of the third argument ends a word. Too few
    /// words, null or n below 1 give "".
    static let word = ExpressionFunction(
        "Word", [Parameter("string"), Parameter("wordNumber"), Parameter("delimiters")],
        Help("one word of a text, counted from 1", example: "Word([displayName], 1, \" \")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let units = try call.units(0) else { return .string("") }
        let number = try call.integer(1)
        let delimiters = Set(try call.units(2) ?? [])
        let words = units.split { delimiters.contains($0) }
        guard number >= 1, number <= words.count else { return .string("") }
        return .units(words[Int(number) - 1])
    }
}
