import SimCore
import SimProvisioning

/// Expressions, their values and their functions as a person and as a machine read them.
enum ExpressionText {
    typealias Outcome = Swift.Result<ExpressionValue, ExpressionEvaluationError>

    /// Value alone, or with the normal form and every step.
    static func text(
        _ tree: MappingExpression, _ outcome: Outcome, _ trace: ExpressionTrace?
    ) -> String {
        guard let trace else { return TextTable.oneLine(shown(outcome)) + "\n" }
        var table = TextTable(["step", "call", "gives"], numeric: [0])
        for (index, step) in trace.steps.enumerated() {
            table.add([String(index + 1), step.call, shown(step.result)])
        }
        return "\(TextTable.oneLine(tree.description))\n\n"
            + (trace.steps.isEmpty ? "" : table.text + "\n")
            + Fields.text([("result", shown(outcome)), ("flow", flow(outcome))])
    }

    static func json(
        _ tree: MappingExpression, _ outcome: Outcome, _ trace: ExpressionTrace?
    ) -> JSONValue {
        var object: JSONObject = ["expression": .string(tree.description)]
        add(outcome, to: &object)
        if let trace {
            object.append(
                "steps",
                .array(
                    trace.steps.map { step in
                        var row: JSONObject = [
                            "depth": .int(Int64(step.depth)),
                            "expression": .string(step.expression), "call": .string(step.call),
                        ]
                        add(step.result, to: &row)
                        return .object(row)
                    }))
        }
        object.append("source", tree.resource)
        return .object(object)
    }

    private static func add(_ outcome: Outcome, to object: inout JSONObject) {
        switch outcome {
        case .success(let value):
            object.append("result", json(value))
            if value.isMarker { object.append("flow", .string(value.shown)) }
        case .failure(let error):
            object.append("result", nil)
            object.append(
                "error",
                ["category": .string(error.kind.rawValue), "message": .string(error.explanation)])
        }
    }

    private static func json(_ value: ExpressionValue) -> JSONValue {
        switch value {
        case .null, .ignoreAttribute, .ignoreObject: nil
        case .string(let text): .string(text)
        case .integer(let number): .int(number)
        case .boolean(let flag): .bool(flag)
        case .date: .string(value.text ?? "")
        case .list(let values): JSONValue(strings: values)
        }
    }

    private static func shown(_ outcome: Outcome) -> String {
        switch outcome {
        case .success(let value): value.shown
        case .failure(let error): "error: \(error.explanation)"
        }
    }

    /// What a mapping does with the value.
    private static func flow(_ outcome: Outcome) -> String {
        switch outcome {
        case .failure: "the object fails with this error"
        case .success(.ignoreAttribute): "the attribute is left out"
        case .success(.ignoreObject): "the object is not processed"
        case .success(let value):
            value.isNullOrEmpty ? "nothing is sent, a create sends the default value" : ""
        }
    }

    /// The expression around an offset in UTF-8 bytes, and a mark under it; nil without one.
    static func pointer(_ text: String, _ offset: Int?) -> String? {
        guard let offset, !text.isEmpty else { return nil }
        let before = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
        let after = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
        return "here: " + TextTable.oneLine(String(before.suffix(30))) + " ▸"
            + TextTable.oneLine(String(after.prefix(30)))
    }

    // MARK: Functions

    static var list: String {
        var table = TextTable([])
        for function in ExpressionFunction.all {
            let mark = function.help.isCloudSyncOnly ? " (cloud sync only)" : ""
            table.add([function.name, function.help.summary + mark])
        }
        return table.text
    }

    static func text(_ function: ExpressionFunction) -> String {
        Fields.text([
            ("function", function.signature), ("gives", function.help.summary),
            ("example", function.help.example),
            ("only in", function.help.isCloudSyncOnly ? "cloud sync" : ""),
        ])
    }

    static func json(_ function: ExpressionFunction) -> JSONValue {
        [
            "name": .string(function.name), "signature": .string(function.signature),
            "summary": .string(function.help.summary), "example": .string(function.help.example),
            "cloudSyncOnly": .bool(function.help.isCloudSyncOnly),
            "parameters": .array(
                function.parameters.map { parameter in
                    [
                        "name": .string(parameter.name), "type": "String",
                        "required": .bool(parameter.presence == .required),
                        "allowMultipleOccurrences": .bool(parameter.presence == .repeating),
                    ]
                }),
        ]
    }
}

/// What a file of cases came to.
struct CaseReport {
    private var counts: [ExpressionCase.Source: (passed: Int, all: Int)] = [:]
    private var failures: [(ExpressionCase, found: String)] = []

    init(_ cases: [ExpressionCase]) {
        for row in cases {
            counts[row.source, default: (0, 0)].all += 1
            switch row.run() {
            case .passed: counts[row.source, default: (0, 0)].passed += 1
            case .failed(let found): failures.append((row, found))
            }
        }
    }

    /// No failure but among the unverified.
    var isGood: Bool { failures.allSatisfy { $0.0.source == .unverified } }

    var text: String {
        var out = ""
        for (row, found) in failures {
            out += Fields.text([
                ("failed", TextTable.oneLine(row.expression)), ("source", row.source.rawValue),
                ("expected", Self.shown(row.expectation)), ("found", found),
            ])
            out += "\n"
        }
        var table = TextTable(["source", "passed", "failed"], numeric: [1, 2])
        for source in ExpressionCase.Source.allCases {
            let count = counts[source] ?? (0, 0)
            table.add([source.rawValue, String(count.passed), String(count.all - count.passed)])
        }
        return out + table.text
    }

    var json: JSONValue {
        [
            "sources": .object(
                JSONObject(
                    ExpressionCase.Source.allCases.map { source in
                        let count = counts[source] ?? (0, 0)
                        return .init(
                            source.rawValue,
                            [
                                "passed": .int(Int64(count.passed)),
                                "failed": .int(Int64(count.all - count.passed)),
                            ])
                    })),
            "failures": .array(
                failures.map { row, found in
                    [
                        "function": .string(row.function),
                        "expression": .string(row.expression),
                        "source": .string(row.source.rawValue),
                        "expected": .string(Self.shown(row.expectation)), "found": .string(found),
                    ]
                }),
        ]
    }

    private static func shown(_ expectation: ExpressionCase.Expectation) -> String {
        switch expectation {
        case .value(let value): value.text
        case .error(let category): category
        case .pattern(let pattern): "what matches \(pattern)"
        }
    }
}
