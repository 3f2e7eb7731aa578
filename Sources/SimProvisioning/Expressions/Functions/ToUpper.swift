extension ExpressionFunction {
    /// Upper case, one character for one character as .NET maps it: `ß` stays.
    static let toUpper = ExpressionFunction(
        "ToUpper", [Parameter("source"), Parameter("culture", .optional)]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        guard let text = try arguments.text(0) else { return .null }
        let isTurkic = CaseMapping.isTurkic(try arguments.text(1))
        return .string(
            CaseMapping.mapped(text) { scalar in
                switch scalar {
                case "i" where isTurkic: "İ"
                case "ı" where !isTurkic: scalar
                default: CaseMapping.single(scalar.properties.uppercaseMapping) ?? scalar
                }
            })
    }
}
