extension ExpressionFunction {
    /// Upper case, one character for one character as .NET maps it: `ß` stays.
    static let toUpper = ExpressionFunction(
        "ToUpper", [Parameter("source"), Parameter("culture", .optional)],
        Help("upper case", example: "ToUpper([country])")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        let isTurkic = CaseMapping.isTurkic(try call.text(1))
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
