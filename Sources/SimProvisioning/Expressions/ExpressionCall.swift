import SimCore

/// A call whose arguments have been evaluated. nil stands for a position left empty.
struct ExpressionCall {
    let function: String
    let values: [ExpressionValue?]
    let source: any AttributeSource
    let context: ExpressionContext

    var count: Int { values.count }

    /// Whether the position was given at all.
    func isGiven(_ index: Int) -> Bool { index < values.count && values[index] != nil }

    /// The value at a position; null when it was left empty.
    func value(_ index: Int) -> ExpressionValue {
        index < values.count ? values[index] ?? .null : .null
    }

    /// The text at a position, nil for null; a list is an error.
    func text(_ index: Int) throws(ExpressionEvaluationError) -> String? {
        let value = value(index)
        if case .list = value { throw error("A single value was expected, but a list was found.") }
        return value.text
    }

    /// The text at a position as UTF-16 code units: what positions count.
    func units(_ index: Int) throws(ExpressionEvaluationError) -> [UInt16]? {
        try text(index).map { Array($0.utf16) }
    }

    /// A whole number at a position.
    func integer(_ index: Int) throws(ExpressionEvaluationError) -> Int64 {
        guard let number = value(index).number else {
            throw error("A number was expected at position \(index + 1).")
        }
        return number
    }

    /// A date at a position, nil for null or empty; a text is read as `CDate` reads it.
    func date(_ index: Int) throws(ExpressionEvaluationError) -> Timestamp? {
        if case .date(let time) = value(index) { return time }
        guard let text = try text(index), !text.isEmpty else { return nil }
        guard let time = DateText.parse(text, now: context.now) else {
            throw error("'\(text)' is not a date.")
        }
        return time
    }

    /// The values of a list, one for a single value, none for null.
    func list(_ index: Int) throws(ExpressionEvaluationError) -> [String] {
        switch value(index) {
        case .list(let values): values
        case .null: []
        case .string, .integer, .boolean, .date, .ignoreAttribute, .ignoreObject:
            try text(index).map { [$0] } ?? []
        }
    }

    /// A random number below `bound` from the object's own stream.
    func draw(below bound: Int) -> Int {
        let purpose = RandomPurpose(rawValue: "expression/" + source.randomStream)
        return Int(context.random.number(below: UInt64(bound), for: purpose))
    }

    func error(_ reason: String) -> ExpressionEvaluationError {
        ExpressionEvaluationError(function: function, reason: reason)
    }

    func error(_ pattern: PatternError) -> ExpressionEvaluationError {
        error(pattern.explanation)
    }
}

/// The arguments of a lazy call, evaluated when asked for.
struct ExpressionArguments {
    let function: String
    let expressions: [MappingExpression?]
    let evaluation: ExpressionEvaluation
    let depth: Int

    var count: Int { expressions.count }
    var context: ExpressionContext { evaluation.context }
    var source: any AttributeSource { evaluation.source }

    /// The value at a position; null when it was left empty.
    func value(_ index: Int) throws(ExpressionEvaluationError) -> ExpressionValue {
        guard index < expressions.count, let expression = expressions[index] else { return .null }
        return try evaluation.value(of: expression, depth: depth)
    }

    /// Names of the attributes an argument reads.
    func attributeNames(_ index: Int) -> [String] {
        index < expressions.count ? expressions[index]?.attributeNames ?? [] : []
    }

    /// A value as the one text it must be; nil for null.
    func single(_ value: ExpressionValue) throws(ExpressionEvaluationError) -> String? {
        if case .list = value {
            throw ExpressionEvaluationError(
                function: function, reason: "A single value was expected, but a list was found.")
        }
        return value.text
    }
}

extension ExpressionValue {
    /// A text from UTF-16 code units.
    static func units(_ units: some Collection<UInt16>) -> ExpressionValue {
        .string(String(decoding: units, as: UTF16.self))
    }

    /// A list; null when it would be empty.
    static func listOrNull(_ values: [String]) -> ExpressionValue {
        values.isEmpty ? .null : .list(values)
    }
}
