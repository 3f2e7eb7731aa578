extension ExpressionFunction {
    /// A file time of Active Directory as a date.
    static let dateFromNum = ExpressionFunction(
        "DateFromNum", [Parameter("value")],
        Help(
            "a date from Active Directory's count of 100 ns since 1601",
            example: "DateFromNum(129699324000000000)")
    ) { (call) throws(ExpressionEvaluationError) in
        if call.value(0).isNullOrEmpty { return .null }
        guard let time = FileTime.time(try call.integer(0)) else {
            throw call.error("The number is not a date.")
        }
        return .date(time)
    }
}
