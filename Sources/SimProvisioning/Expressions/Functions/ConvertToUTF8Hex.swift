extension ExpressionFunction {
    /// Upper-case hexadecimal digits of the UTF-8 bytes.
    static let convertToUTF8Hex = ExpressionFunction(
        "ConvertToUTF8Hex", [Parameter("source")],
        Help("hexadecimal digits of the text as UTF-8", example: "ConvertToUTF8Hex([objectId])")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return .string(String(decoding: bytes, as: UTF8.self))
    }
}
