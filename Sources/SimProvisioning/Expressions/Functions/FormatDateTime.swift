extension ExpressionFunction {
    /// Reads a date in one .NET format and writes it, in UTC, in another.
    static let formatDateTime = ExpressionFunction(
        "FormatDateTime",
        [
            Parameter("source"), Parameter("dateTimeStyles", .optional), Parameter("inputFormat"),
            Parameter("outputFormat"),
        ],
        Help(
            "a date from one format into another",
            example: "FormatDateTime([employeeHireDate], , \"yyyy-MM-dd\", \"dd/MM/yyyy\")")
    ) { (call) throws(ExpressionEvaluationError) in
        // The three-argument form leaves the styles out without a comma.
        let first = call.count == 3 ? 1 : 2
        guard let text = try call.text(0), !text.isEmpty else { return .null }
        guard let input = DateFormat(try call.text(first) ?? ""),
            let output = DateFormat(try call.text(first + 1) ?? "")
        else { throw call.error("The format is not a date format.") }
        var styles = DateFormat.Styles()
        if first == 2, let names = try call.text(1), !names.isEmpty {
            guard let named = DateFormat.Styles(names) else {
                throw call.error("'\(names)' are not date and time styles.")
            }
            styles = named
        }
        guard let time = input.time(in: text, styles: styles, now: call.context.now) else {
            throw call.error("'\(text)' does not match the input format.")
        }
        guard DateInterval.isInCalendar(time) else {
            throw call.error("The date lies outside the years 1 to 9999.")
        }
        return .string(output.text(of: time))
    }
}
