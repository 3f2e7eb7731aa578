import SimDirectory

extension ExpressionFunction {
    /// Every word with one capital letter. Without separators words end where .NET's title case
    /// ends them.
    static let pCase = ExpressionFunction(
        "PCase", [Parameter("source"), Parameter("wordSeparators", .optional)],
        Help(
            "capitalises the first letter of each word", example: "PCase([surname], \" '-\")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        let lower = CaseMapping.mapped(text) { CaseMapping.lower($0) }
        if call.isGiven(1), let separators = try call.text(1), !separators.isEmpty {
            return .string(TitleCase.text(lower, separators: Set(separators.unicodeScalars)))
        }
        return .string(
            TitleCase.text(
                lower, splitsAtApostrophe: call.context.settings.apostropheSeparatesWords))
    }
}

/// Title case of a lower-case text.
private enum TitleCase {
    static func text(_ text: String, separators: Set<Unicode.Scalar>) -> String {
        var isStart = true
        return CaseMapping.mapped(text) { scalar in
            defer { isStart = separators.contains(scalar) }
            return isStart ? title(scalar) : scalar
        }
    }

    /// A word starts at a letter and goes on through digits, marks and apostrophes.
    static func text(_ text: String, splitsAtApostrophe: Bool) -> String {
        var isInside = false
        return CaseMapping.mapped(text) { scalar in
            let category = scalar.properties.generalCategory.shortName
            if !isInside, category.hasPrefix("L") {
                isInside = true
                return title(scalar)
            }
            if isInside {
                let separates = "ZPS".unicodeScalars.contains { category.hasPrefix(String($0)) }
                let isApostrophe = scalar == "'" && !splitsAtApostrophe
                isInside = isApostrophe || !separates && category != "Cc" && category != "Cf"
            }
            return scalar
        }
    }

    private static func title(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        CaseMapping.single(scalar.properties.titlecaseMapping) ?? scalar
    }
}
