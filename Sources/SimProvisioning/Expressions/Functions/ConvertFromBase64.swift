import SimCore

extension ExpressionFunction {
    /// Text from base64: UTF-16LE unless another encoding is named.
    static let convertFromBase64 = ExpressionFunction(
        "ConvertFromBase64", [Parameter("source"), Parameter("encoding", .optional)],
        Help(
            "decodes base64 to text", example: "ConvertFromBase64(\"SABpAA==\")",
            isCloudSyncOnly: true)
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        guard let bytes = Base64.decode(text) else { throw call.error("'\(text)' is not base64.") }
        switch try call.text(1)?.lowercased() ?? "" {
        case "", "unicode", "utf-16", "utf16":
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
            }
            return .units(units)
        case "utf-8", "utf8", "ascii", "us-ascii":
            return .string(String(decoding: bytes, as: UTF8.self))
        default: throw call.error("The encoding is not known.")
        }
    }
}
