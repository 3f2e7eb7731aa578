extension ExpressionFunction {
    /// The instant of the cycle, the same for all its objects.
    static let now = ExpressionFunction(
        "Now", [], Help("the time now, in UTC", example: "Now()")
    ) { (call) throws(ExpressionEvaluationError) in
        .date(call.context.now)
    }
}
