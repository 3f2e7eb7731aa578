/// Where the attributes named in an expression come from.
package protocol AttributeSource: Sendable {
    /// Null when the attribute is absent. Names are case-sensitive.
    func value(of attribute: String) -> ExpressionValue
}

extension MappingExpression {
    /// The value for one source object. `IIF` and `Switch` evaluate only the branch they return.
    package func evaluated(
        for source: some AttributeSource
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        switch self {
        case .attribute(let name): source.value(of: name)
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .decimal(let digits): .string(digits)
        case .word(let word):
            switch word {
            case .ignoreAttributeFlow: .ignoreAttribute
            case .ignoreObjectFlow: .ignoreObject
            case .vbTextCompare, .vbBinaryCompare: .string(word.rawValue)
            }
        case .call(let function, let arguments):
            try function.body(
                ExpressionArguments(function: function.name, expressions: arguments, source: source)
            )
        case .comparison(let left, let comparison, let right):
            .boolean(
                Self.holds(
                    try left.evaluated(for: source), comparison, try right.evaluated(for: source)))
        }
    }

    /// Numbers compare as numbers when one side is one, dates as dates, everything else as ordinal
    /// text; null compares as the empty text. mapping-expressions.md §2.
    static func holds(
        _ left: ExpressionValue, _ comparison: Comparison, _ right: ExpressionValue
    ) -> Bool {
        if case .date(let first) = left, case .date(let second) = right {
            return holds(first, comparison, second)
        }
        if left.isNumber || right.isNumber, let first = left.number, let second = right.number {
            return holds(first, comparison, second)
        }
        return holds(
            Array((left.text ?? "").utf16), comparison, Array((right.text ?? "").utf16))
    }

    private static func holds<Value: Comparable>(
        _ left: Value, _ comparison: Comparison, _ right: Value
    ) -> Bool {
        switch comparison {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    private static func holds(
        _ left: [UInt16], _ comparison: Comparison, _ right: [UInt16]
    ) -> Bool {
        let isLess = left.lexicographicallyPrecedes(right)
        let isEqual = left == right
        return switch comparison {
        case .equal: isEqual
        case .notEqual: !isEqual
        case .less: isLess
        case .lessOrEqual: isLess || isEqual
        case .greater: !isLess && !isEqual
        case .greaterOrEqual: !isLess
        }
    }
}

extension ExpressionValue {
    var isNumber: Bool {
        if case .integer = self { true } else { false }
    }
}

/// The arguments of one call, evaluated when asked for.
package struct ExpressionArguments {
    let function: String
    let expressions: [MappingExpression?]
    let source: any AttributeSource

    var count: Int { expressions.count }

    /// Whether the position was given at all.
    func isGiven(_ index: Int) -> Bool { index < expressions.count && expressions[index] != nil }

    /// The value at a position; null when it was left empty.
    func value(_ index: Int) throws(ExpressionEvaluationError) -> ExpressionValue {
        guard index < expressions.count, let expression = expressions[index] else { return .null }
        return try expression.evaluated(for: source)
    }

    /// The text at a position, nil for null; a list is an error.
    func text(_ index: Int) throws(ExpressionEvaluationError) -> String? {
        let value = try value(index)
        if case .list = value { throw error("A single value was expected, but a list was found.") }
        return value.text
    }

    /// A whole number at a position.
    func integer(_ index: Int) throws(ExpressionEvaluationError) -> Int {
        guard let number = try value(index).number, let whole = Int(exactly: number) else {
            throw error("A number was expected at position \(index + 1).")
        }
        return whole
    }

    func error(_ reason: String) -> ExpressionEvaluationError {
        ExpressionEvaluationError(function: function, reason: reason)
    }
}
