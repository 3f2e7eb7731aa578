import SimCore

/// The header that asks for a fault on its own request: `aadsts=50076; times=1`.
///
/// Keys and values are those of *what*; `times` can only be 1, since the request is one.
package enum FaultHeader {
    /// Lower case, as sent.
    package static let name = "x-entra-sim-fault"
    static let byteLimit = 2_048

    /// The effect a header's text asks for on a surface.
    package static func effect(
        _ text: String, at site: FaultSite
    ) throws(FaultRuleError) -> FaultEffect {
        guard text.utf8.count <= byteLimit else {
            throw FaultRuleError("the header is longer than \(byteLimit) bytes")
        }
        var object = JSONObject()
        for piece in text.split(separator: ";") {
            let parts = piece.split(separator: "=", maxSplits: 1)
            let key = trimmed(parts[0])
            guard parts.count == 2, !key.isEmpty else {
                throw FaultRuleError(
                    "'\(trimmed(piece))' is no key=value", hint: "aadsts=50076; times=1")
            }
            let value = trimmed(parts[1])
            if key == "times" {
                guard value == "1" else {
                    throw FaultRuleError(
                        "'times' cannot be '\(value)': a header is about its own request",
                        hint: "add a rule for more: POST /sim/v1/faults")
                }
                continue
            }
            object.append(key, Self.value(value))
        }
        return try FaultEffect(.object(object), at: site)
    }

    private static func value(_ text: String) -> JSONValue {
        if text == "true" { return .bool(true) }
        return Int64(text).map { .int($0) } ?? .string(text)
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
