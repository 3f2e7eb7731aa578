extension ExpressionFunction {
    /// date2 − date1 in whole intervals, as Visual Basic counts them; weeks begin on Sunday.
    static let dateDiff = ExpressionFunction(
        "DateDiff", [Parameter("interval"), Parameter("date1"), Parameter("date2")],
        Help(
            "intervals from the first date to the second",
            example: "DateDiff(\"d\", Now(), CDate([employeeHireDate]))")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let interval = DateInterval(rawValue: try call.text(0) ?? "") else {
            throw call.error("The interval must be one of yyyy, m, d, ww, h, n, s.")
        }
        guard let first = try call.date(1), let second = try call.date(2) else { return .null }
        return .integer(interval.count(from: first, to: second))
    }
}
