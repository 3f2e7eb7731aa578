extension ExpressionFunction {
    /// The first n UTF-16 code units; a negative n gives the whole text, null gives "".
    static let left = ExpressionFunction(
        "Left", [Parameter("string"), Parameter("numChars")],
        Help("the first characters", example: "Left([givenName], 1)")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let units = try call.units(0) else { return .string("") }
        let count = try call.integer(1)
        return .units(count < 0 || count >= units.count ? units[...] : units.prefix(Int(count)))
    }
}
