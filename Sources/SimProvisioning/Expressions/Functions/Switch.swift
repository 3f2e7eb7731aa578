extension ExpressionFunction {
    /// The value of the first key equal to the source (ordinal), else the default; null and empty
    /// share the key `""`. Only the branch returned is evaluated. An empty default gives null.
    static let `switch` = ExpressionFunction(
        "Switch",
        [
            Parameter("source"), Parameter("defaultValue", .optional),
            Parameter("key", .repeating), Parameter("value", .repeating),
        ]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        let wanted = try arguments.text(0) ?? ""
        for index in stride(from: 2, to: arguments.count - 1, by: 2) {
            let key = try arguments.text(index) ?? ""
            if key.utf8.elementsEqual(wanted.utf8) { return try arguments.value(index + 1) }
        }
        return try arguments.value(1)
    }
}
