extension ExpressionFunction {
    /// The sources with the separator between them; null and empty ones are skipped with theirs.
    static let join = ExpressionFunction(
        "Join", [Parameter("separator"), Parameter("source", .repeating)]
    ) { (arguments) throws(ExpressionEvaluationError) in
        let separator = try arguments.text(0) ?? ""
        var pieces: [String] = []
        for index in 1..<arguments.count {
            switch try arguments.value(index) {
            case .list(let values): pieces += values.filter { !$0.isEmpty }
            case .ignoreAttribute: return .ignoreAttribute
            case .ignoreObject: return .ignoreObject
            case .null: break
            case .string(let text): if !text.isEmpty { pieces.append(text) }
            case .integer, .boolean, .date:
                if let text = try arguments.text(index) { pieces.append(text) }
            }
        }
        return .string(pieces.joined(separator: separator))
    }
}
