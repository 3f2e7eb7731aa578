import SimCore

/// A call somebody expects: `POST */Users`, with a status `PATCH */Users/* 204` or a class of them
/// `PATCH */Users/* 2xx`, with a query `GET */Users?filter=*`; `*` stands for anything.
package struct CallPattern: Hashable, Sendable {
    let method: String
    let target: String
    /// Those it may be answered with; nil for any, and for none.
    let statuses: ClosedRange<Int>?
    /// Must stand in what was sent or answered, secrets redacted.
    let contains: String?
    /// As written.
    package let text: String

    /// nil when the text has not that form.
    package init?(_ text: String, contains: String? = nil) {
        let words = text.split(separator: " ")
        guard words.count == 2 || words.count == 3 else { return nil }
        method = words[0].uppercased()
        target = String(words[1])
        self.contains = contains
        let written = words.joined(separator: " ")
        self.text = contains.map { "\(written) with '\($0)'" } ?? written
        guard words.count == 3 else {
            statuses = nil
            return
        }
        guard let found = Self.statuses(words[2].lowercased()) else { return nil }
        statuses = found
    }

    private static func statuses(_ text: String) -> ClosedRange<Int>? {
        if text.utf8.count == 3, text.hasSuffix("xx"), let digit = text.first?.wholeNumberValue,
            (1...5).contains(digit)
        {
            return digit * 100...digit * 100 + 99
        }
        guard let number = Int(text), (100...599).contains(number) else { return nil }
        return number...number
    }

    /// A text, or `{"call": "PATCH */Users/*", "contains": "active"}`.
    init(_ json: JSONValue) throws(FaultRuleError) {
        var contains: String?
        var text = json.stringValue
        if json.objectValue != nil {
            let reader = try FaultObjectReader(
                json, keys: ["call", "contains"], place: "an expected call")
            text = try reader.requiredString("call")
            contains = try reader.string("contains")
        }
        guard let text, let call = CallPattern(text, contains: contains) else {
            throw FaultRuleError(
                "'\(text ?? json.text)' is not a call", hint: "write it as PATCH */Users/* 204")
        }
        self = call
    }

    func fits(_ call: ObservedCall) -> Bool {
        (method == "*" || method == call.method)
            && (statuses.map { range in call.status.map(range.contains) ?? false } ?? true)
            && FaultPattern.matches(target, target.contains(text: "?") ? call.target : call.path)
            && (contains.map(call.text.contains) ?? true)
    }
}
