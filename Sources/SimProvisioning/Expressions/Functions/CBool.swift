extension ExpressionFunction {
    /// A number other than 0, or `True`; null is False, any other text an error (unverified).
    static let cBool = ExpressionFunction(
        "CBool", [Parameter("expression")],
        Help("whether a comparison holds or a number is not 0", example: "CBool([a] = [b])")
    ) { (call) throws(ExpressionEvaluationError) in
        let value = call.value(0)
        if value == .null { return .boolean(false) }
        if let number = value.number { return .boolean(number != 0) }
        switch try call.text(0)?.lowercased() {
        case "true"?: return .boolean(true)
        case "false"?: return .boolean(false)
        default: throw call.error("A Boolean was expected.")
        }
    }
}
