import SimDirectory

extension ExpressionFunction {
    /// condition true: the second argument, else the third. Only that branch is evaluated.
    static let iif = ExpressionFunction(
        lazy: "IIF", [Parameter("condition"), Parameter("valueIfTrue"), Parameter("valueIfFalse")],
        Help(
            "one of two values by a condition",
            example: "IIF([country] = \"USA\", [country], [department])")
    ) { (arguments) throws(ExpressionEvaluationError) in
        if arguments.context.settings.iifNullCondition == .documented,
            arguments.attributeNames(0).contains(where: {
                arguments.source.value(of: $0).isNullOrEmpty
            })
        {
            return .null
        }
        let condition = try arguments.value(0)
        guard !condition.isMarker else { return condition }
        return try arguments.value(condition.isTrue ? 1 : 2)
    }
}

extension ExpressionValue {
    /// `True` in any case, or a number other than 0.
    var isTrue: Bool {
        switch self {
        case .boolean(let flag): flag
        case .integer(let number): number != 0
        case .string(let text): text.lowercased() == "true"
        case .null, .date, .list, .ignoreAttribute, .ignoreObject: false
        }
    }
}
