extension MappingExpression {
    /// The value for one source object. `IIF` and `Switch` evaluate only the branch they return.
    ///
    /// - Parameter trace: receives every step, for explanations.
    package func evaluated(
        for source: some AttributeSource, trace: ExpressionTrace? = nil
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        try ExpressionEvaluation(source: source, context: source.context, trace: trace)
            .value(of: self, depth: 0)
    }
}

/// One evaluation under way.
struct ExpressionEvaluation {
    /// UTF-8 bytes of a value; more is an error, so that nested calls cannot fill the memory.
    static let lengthLimit = 1 << 20

    let source: any AttributeSource
    let context: ExpressionContext
    let trace: ExpressionTrace?

    func value(
        of expression: MappingExpression, depth: Int
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        switch expression {
        case .attribute(let name):
            let value = source.value(of: name)
            trace?.record(.init(depth: depth, expression: "[\(name)]", call: "[\(name)]", value))
            return value
        case .text(let text): return .string(text)
        case .integer(let number): return .integer(number)
        case .decimal(let digits): return .string(digits)
        case .word(let word):
            switch word {
            case .ignoreAttributeFlow: return .ignoreAttribute
            case .ignoreObjectFlow: return .ignoreObject
            case .vbTextCompare, .vbBinaryCompare: return .string(word.rawValue)
            }
        case .call(let function, let arguments):
            return try call(function, arguments, expression, depth)
        case .comparison(let left, let comparison, let right):
            let first = try value(of: left, depth: depth + 1)
            if first.isMarker { return first }
            let second = try value(of: right, depth: depth + 1)
            if second.isMarker { return second }
            let result = ExpressionValue.boolean(comparison.holds(first, second))
            trace?.record(
                .init(
                    depth: depth, expression: expression.description,
                    call: "\(first.shown) \(comparison.rawValue) \(second.shown)", result))
            return result
        }
    }

    private func call(
        _ function: ExpressionFunction, _ arguments: [MappingExpression?],
        _ expression: MappingExpression, _ depth: Int
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        var shown: [String] = []
        do throws(ExpressionEvaluationError) {
            let result: ExpressionValue
            switch function.body {
            case .lazy(let body):
                shown = arguments.map { $0?.description ?? "" }
                result = try body(
                    ExpressionArguments(
                        function: function.name, expressions: arguments, evaluation: self,
                        depth: depth + 1))
            case .strict(let body):
                let values = try values(of: arguments, depth: depth + 1)
                if trace != nil { shown = values.map { $0?.shown ?? "" } }
                result =
                    if let marker = values.lazy.compactMap(\.self).first(where: \.isMarker) {
                        marker
                    } else {
                        try body(
                            ExpressionCall(
                                function: function.name, values: values, source: source,
                                context: context))
                    }
            }
            try checkLength(of: result, function)
            record(function, shown, expression, depth, .success(result))
            return result
        } catch {
            // An error from inside has been recorded where it arose.
            if error.function == function.name {
                record(function, shown, expression, depth, .failure(error))
            }
            throw error
        }
    }

    private func values(
        of arguments: [MappingExpression?], depth: Int
    ) throws(ExpressionEvaluationError) -> [ExpressionValue?] {
        var values: [ExpressionValue?] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments {
            guard let argument else {
                values.append(nil)
                continue
            }
            values.append(try value(of: argument, depth: depth))
        }
        return values
    }

    private func checkLength(
        of value: ExpressionValue, _ function: ExpressionFunction
    ) throws(ExpressionEvaluationError) {
        let length: Int
        switch value {
        case .string(let text): length = text.utf8.count
        case .list(let values): length = values.reduce(0) { $0 + $1.utf8.count + 1 }
        case .null, .integer, .boolean, .date, .ignoreAttribute, .ignoreObject: return
        }
        guard length <= Self.lengthLimit else { throw .tooLong(function.name) }
    }

    private func record(
        _ function: ExpressionFunction, _ arguments: [String], _ expression: MappingExpression,
        _ depth: Int, _ result: Result<ExpressionValue, ExpressionEvaluationError>
    ) {
        guard let trace else { return }
        trace.record(
            ExpressionTrace.Step(
                depth: depth, expression: expression.description,
                call: "\(function.name)(\(arguments.joined(separator: ", ")))", result: result))
    }
}

extension ExpressionEvaluationError {
    /// A value past `ExpressionEvaluation.lengthLimit`.
    static func tooLong(_ function: String) -> Self {
        Self(function: function, reason: "The result is too long.")
    }
}

extension ExpressionTrace.Step {
    fileprivate init(depth: Int, expression: String, call: String, _ value: ExpressionValue) {
        self.init(depth: depth, expression: expression, call: call, result: .success(value))
    }
}
