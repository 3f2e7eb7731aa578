extension ExpressionFunction {
    /// `length` UTF-16 code units from the 1-based `start`; past the end goes to the end.
    static let mid = ExpressionFunction(
        "Mid", [Parameter("source"), Parameter("start"), Parameter("length")],
        Help("characters from a position on", example: "Mid([userPrincipalName], 1, 8)")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let units = try call.units(0) else { return .null }
        let start = try call.integer(1)
        let length = try call.integer(2)
        guard start >= 1, length >= 0 else {
            throw call.error("The start must be 1 or more and the length 0 or more.")
        }
        return .units(
            units.dropFirst(Int(clamping: start - 1)).prefix(Int(clamping: length)))
    }
}
