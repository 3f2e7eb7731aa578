import SimCore

/// What an expression evaluates to. mapping-expressions.md §2.
package enum ExpressionValue: Hashable, Sendable {
    case null
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    /// UTC, shown with one second precision.
    case date(Timestamp)
    case list([String])
    /// "Do not flow this attribute": `IgnoreFlowIfNullOrEmpty`, `IgnoreAttributeFlow`.
    case ignoreAttribute
    /// "Do not process this object": `IgnoreObjectFlow`.
    case ignoreObject

    /// Null, an empty text or an empty list: nothing that flows to the target.
    package var isNullOrEmpty: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .list(let values): values.isEmpty
        case .integer, .boolean, .date, .ignoreAttribute, .ignoreObject: false
        }
    }

    package var isMarker: Bool { self == .ignoreAttribute || self == .ignoreObject }

    /// The text form; nil for null, a list and a flow marker.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .boolean(let flag): flag ? "True" : "False"
        case .date(let time): Self.invariantText(time)
        case .null, .list, .ignoreAttribute, .ignoreObject: nil
        }
    }

    /// The value as a number: decimal text, a Boolean as 1 or 0; nil for everything else.
    package var number: Int64? {
        switch self {
        case .integer(let number): number
        case .boolean(let flag): flag ? 1 : 0
        case .string(let text): Int64(Self.trimmed(text))
        case .null, .date, .list, .ignoreAttribute, .ignoreObject: nil
        }
    }

    /// A directory attribute's stored value.
    package init(_ value: JSONValue?) {
        switch value {
        case nil, .null?: self = .null
        case .string(let text)?: self = .string(text)
        case .bool(let flag)?: self = .boolean(flag)
        case .int(let number)?: self = .integer(number)
        case .double?, .number?, .object?: self = .string(value?.text ?? "")
        case .array(let values)?:
            self = .list(values.map { $0.stringValue ?? $0.text })
        }
    }

    /// `M/d/yyyy h:mm:ss tt`, invariant culture: `3/16/2020 7:00:00 AM`.
    private static func invariantText(_ time: Timestamp) -> String {
        let parts = time.fields
        var out = "\(parts.month)/\(parts.day)/\(parts.year) "
        out += "\(parts.hour % 12 == 0 ? 12 : parts.hour % 12):"
        out.appendPadded(parts.minute, width: 2)
        out += ":"
        out.appendPadded(parts.second, width: 2)
        return out + (parts.hour < 12 ? " AM" : " PM")
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
