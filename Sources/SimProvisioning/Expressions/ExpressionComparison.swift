extension MappingExpression.Comparison {
    /// Numbers compare as numbers when one side is one, dates as dates, everything else as ordinal
    /// text; null compares as the empty text. mapping-expressions.md §2.
    func holds(_ left: ExpressionValue, _ right: ExpressionValue) -> Bool {
        if case .date(let first) = left, case .date(let second) = right {
            return holds(first, second)
        }
        if left.isNumber || right.isNumber, let first = left.number, let second = right.number {
            return holds(first, second)
        }
        let first = Array((left.text ?? "").utf16)
        let second = Array((right.text ?? "").utf16)
        let isLess = first.lexicographicallyPrecedes(second)
        return holds(isLess ? 0 : 1, isLess ? 1 : first == second ? 1 : 0)
    }

    private func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}

extension ExpressionValue {
    var isNumber: Bool {
        if case .integer = self { true } else { false }
    }
}
