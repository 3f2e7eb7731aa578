extension ExpressionFunction {
    /// Lower case, one character for one character as .NET maps it; `tr` and `az` know the
    /// dotless i.
    static let toLower = ExpressionFunction(
        "ToLower", [Parameter("source"), Parameter("culture", .optional)]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        guard let text = try arguments.text(0) else { return .null }
        let isTurkic = CaseMapping.isTurkic(try arguments.text(1))
        return .string(
            CaseMapping.mapped(text) { scalar in
                switch scalar {
                case "I" where isTurkic: "ı"
                case "İ" where isTurkic: "i"
                case "İ": scalar
                default: CaseMapping.single(scalar.properties.lowercaseMapping) ?? scalar
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

    /// The scalar of a mapping that is exactly one long.
    static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
