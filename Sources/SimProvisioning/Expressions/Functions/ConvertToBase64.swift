import SimCore

extension ExpressionFunction {
    /// Base64 of the UTF-16LE bytes, without a byte-order mark.
    static let convertToBase64 = ExpressionFunction(
        "ConvertToBase64", [Parameter("source")],
        Help("base64 of the text as UTF-16", example: "ConvertToBase64(\"Hello world!\")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let units = try call.units(0) else { return .null }
        let bytes = units.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        return .string(Base64.encode(bytes))
    }
}
