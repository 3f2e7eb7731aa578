extension ExpressionFunction {
    /// The first rule whose value the target does not have yet; rules without a value are skipped.
    static let selectUniqueValue = ExpressionFunction(
        "SelectUniqueValue",
        [Parameter("uniqueValueRule"), Parameter("uniqueValueRule", .repeating)],
        Help(
            "the first value that the target does not have",
            example: "SelectUniqueValue([mailNickname], Join(\".\", [givenName], [surname]))"),
        isTopLevelOnly: true
    ) { (call) throws(ExpressionEvaluationError) in
        for index in 0..<call.count {
            guard let text = try call.text(index), !text.isEmpty else { continue }
            if !call.context.isTaken(text) { return .string(text) }
        }
        throw ExpressionEvaluationError(
            function: call.function, reason: "All \(call.count) values are taken in the target.",
            kind: .uniqueValueExhausted)
    }
}
