extension ExpressionFunction {
    /// A date as a file time of Active Directory.
    static let numFromDate = ExpressionFunction(
        "NumFromDate", [Parameter("value")],
        Help(
            "Active Directory's count of 100 ns since 1601 for a date",
            example: "NumFromDate(\"2020-12-31 23:59:59-08:00\")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let time = try call.date(0) else { return .null }
        let ticks = FileTime.ticks(time)
        guard ticks >= 0 else { throw call.error("The date lies before 1601.") }
        return .integer(ticks)
    }
}
