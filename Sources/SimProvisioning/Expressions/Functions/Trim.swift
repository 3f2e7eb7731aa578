extension ExpressionFunction {
    /// Without white space at both ends; of a list, each value.
    static let trim = ExpressionFunction(
        "Trim", [Parameter("value")],
        Help("removes white space at both ends", example: "Trim([mail])", isCloudSyncOnly: true)
    ) { (call) throws(ExpressionEvaluationError) in
        if case .list(let values) = call.value(0) { return .list(values.map(\.trimmed)) }
        return try call.text(0).map { .string($0.trimmed) } ?? .null
    }
}
