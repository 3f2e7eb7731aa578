extension ExpressionFunction {
    /// Fails the object with the mapping's own words.
    static let error = ExpressionFunction(
        "Error", [Parameter("message")],
        Help(
            "fails the object with a message",
            example: "IIF(IsPresent([mail]), [mail], Error(\"mail is required\"))",
            isCloudSyncOnly: true)
    ) { (call) throws(ExpressionEvaluationError) in
        throw ExpressionEvaluationError(
            function: call.function, reason: try call.text(0) ?? "", kind: .custom)
    }
}
