/// Any JSON text as a value. Objects keep the order of their members. RFC 8259.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    /// A number that neither `Int64` nor `Double` holds exactly, digits as received.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number; a `double` without fraction counts.
    package var intValue: Int64? {
        switch self {
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        case .null, .bool, .number, .string, .array, .object: nil
        }
    }

    package var doubleValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .number(let digits): Double(digits)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    package var arrayValue: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    package var objectValue: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    package var isNull: Bool { self == .null }

    /// The member of an object; nil for every other kind of value.
    package subscript(key: String) -> JSONValue? { objectValue?[key] }

    /// What a person calls this kind of value in an error message.
    package var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int, .double, .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    package init(strings: some Sequence<String>) {
        self = .array(strings.map { .string($0) })
    }

    /// The same of an array: what is generic costs several times its work in another module.
    package init(strings: [String]) {
        var values: [JSONValue] = []
        values.reserveCapacity(strings.count)
        for text in strings { values.append(.string(text)) }
        self = .array(values)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(nilLiteral: ()) { self = .null }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }
}
