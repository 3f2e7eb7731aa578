extension ExpressionFunction {
    /// A date moved by intervals `yyyy m d ww h n s`; months and years end at the last day.
    static let dateAdd = ExpressionFunction(
        "DateAdd", [Parameter("interval"), Parameter("value"), Parameter("dateTime")],
        Help(
            "a date moved by years, months, weeks, days, hours, minutes or seconds",
            example: "DateAdd(\"d\", 7, CDate([employeeHireDate]))")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let interval = DateInterval(rawValue: try call.text(0) ?? "") else {
            throw call.error("The interval must be one of yyyy, m, d, ww, h, n, s.")
        }
        guard let time = try call.date(2) else { return .null }
        guard let moved = interval.adding(try call.integer(1), to: time) else {
            throw call.error("The date lies outside the years 1 to 9999.")
        }
        return .date(moved)
    }
}
