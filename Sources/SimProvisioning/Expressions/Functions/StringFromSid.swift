import SimCore

extension ExpressionFunction {
    /// A security identifier, given as base64 of its bytes, in text form: `S-1-5-21-…`.
    static let stringFromSid = ExpressionFunction(
        "StringFromSid", [Parameter("bytes")],
        Help(
            "a binary security identifier as text", example: "StringFromSid([objectSid])",
            isCloudSyncOnly: true)
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.text(0) else { return .null }
        guard let bytes = Base64.decode(text), bytes.count >= 8,
            bytes.count == 8 + 4 * Int(bytes[1])
        else { throw call.error("The value is not a security identifier.") }
        let authority = bytes[2..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let parts = stride(from: 8, to: bytes.count, by: 4).map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
        return .string(
            "S-\(bytes[0])-\(authority)" + parts.map { "-\($0)" }.joined())
    }
}
