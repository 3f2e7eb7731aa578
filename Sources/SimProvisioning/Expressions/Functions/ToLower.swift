extension ExpressionFunction {
    /// Lower case, one character for one character as .NET maps it; `tr` and `az` know the
    /// dotless i.
    static let toLower = ExpressionFunction(
        "ToLower", [Parameter("source"), Parameter("culture", .optional)],
        Help("lower case", example: "ToLower([userPrincipalName], \"tr-TR\")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        let isTurkic = CaseMapping.isTurkic(try call.text(1))
        return .string(
            CaseMapping.mapped(text) { scalar in
                switch scalar {
                case "I" where isTurkic: "ı"
                case "İ" where isTurkic: "i"
                default: CaseMapping.lower(scalar)
                }
            })
    }
}

/// .NET's case mapping: never more than one character for one.
enum CaseMapping {
    static func isTurkic(_ culture: String?) -> Bool {
        guard let language = culture?.split(separator: "-").first?.lowercased() else {
            return false
        }
        return language == "tr" || language == "az"
    }

    static func mapped(_ text: String, _ map: (Unicode.Scalar) -> Unicode.Scalar) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { out.append(map(scalar)) }
        return String(out)
    }

    static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar == "İ" ? scalar : single(scalar.properties.lowercaseMapping) ?? scalar
    }

    /// The scalar of a mapping that is exactly one long.
    static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
