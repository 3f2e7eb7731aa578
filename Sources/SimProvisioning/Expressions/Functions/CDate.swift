extension ExpressionFunction {
    /// A text as a date in UTC; null and empty give null.
    static let cDate = ExpressionFunction(
        "CDate", [Parameter("expression")],
        Help("reads a date and converts it to UTC", example: "CDate([employeeHireDate])")
    ) { (call) throws(ExpressionEvaluationError) in
        try call.date(0).map { .date($0) } ?? .null
    }
}
