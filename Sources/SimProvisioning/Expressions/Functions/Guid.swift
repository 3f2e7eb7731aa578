extension ExpressionFunction {
    /// A random GUID, another one at every evaluation; lower case with dashes.
    static let guid = ExpressionFunction(
        "Guid", [], Help("a new random GUID", example: "Guid()")
    ) { (call) throws(ExpressionEvaluationError) in
        let digits = Array("0123456789abcdef")
        var out = ""
        for index in 0..<32 {
            if [8, 12, 16, 20].contains(index) { out.append("-") }
            switch index {
            case 12: out.append("4")
            case 16: out.append(digits[8 + call.draw(below: 4)])
            default: out.append(digits[call.draw(below: 16)])
            }
        }
        return .string(out)
    }
}
