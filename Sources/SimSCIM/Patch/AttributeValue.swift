import SimCore

/// Brings received values into the form their attribute's definition says. RFC 7643 §2.3, §2.4.
///
/// Every function answers nil for a value that unassigns the attribute: null, an empty list, an
/// empty object, and `""` where the attribute is not a string (Entra clears the manager so).
package enum AttributeValue {
    package static func normalized(
        _ value: JSONValue, for attribute: SCIMAttribute
    ) throws(SCIMError) -> JSONValue? {
        guard attribute.isMultiValued else { return try single(value, for: attribute) }
        let elements = try list(value, for: attribute)
        return elements.isEmpty ? nil : .array(elements)
    }

    /// The elements of a multi-valued attribute; a single value counts as a list of one.
    package static func list(
        _ value: JSONValue, for attribute: SCIMAttribute
    ) throws(SCIMError) -> [JSONValue] {
        var elements: [JSONValue] = []
        for element in value.arrayValue ?? [value] {
            if let element = try single(element, for: attribute) { elements.append(element) }
        }
        return elements
    }

    /// One value, of a single-valued attribute or one element of a list.
    package static func single(
        _ value: JSONValue, for attribute: SCIMAttribute
    ) throws(SCIMError) -> JSONValue? {
        if value.isNull { return nil }
        switch attribute.kind {
        case .complex: return try complex(value, for: attribute)
        case .boolean:
            if value == "" { return nil }
            guard let flag = BooleanText.value(value) else { throw wrong(value, attribute) }
            return .bool(flag)
        case .integer:
            if value == "" { return nil }
            guard let number = value.intValue ?? value.stringValue.flatMap({ Int64($0) }) else {
                throw wrong(value, attribute)
            }
            return .int(number)
        case .decimal:
            if value == "" { return nil }
            guard value.doubleValue != nil else { throw wrong(value, attribute) }
            return value
        case .dateTime:
            if value == "" { return nil }
            guard let text = value.stringValue, Timestamp(iso8601: text) != nil else {
                throw wrong(value, attribute)
            }
            return value
        case .string, .reference, .binary:
            guard value.stringValue != nil else { throw wrong(value, attribute) }
            return value
        }
    }

    private static func complex(
        _ value: JSONValue, for attribute: SCIMAttribute
    ) throws(SCIMError) -> JSONValue? {
        switch value {
        case .object(let object):
            let known = try members(of: object, for: attribute)
            // `{"value":""}` clears a reference such as the manager.
            let isCleared = !attribute.isMultiValued && known["value"] == ""
            return known.isEmpty || isCleared ? nil : .object(known)
        case .string(let text):
            guard attribute.valueAttribute != nil else { throw wrong(value, attribute) }
            return text.isEmpty ? nil : ["value": .string(text)]
        case .array(let values) where !attribute.isMultiValued && values.count <= 1:
            guard let first = values.first, first.arrayValue == nil else { return nil }
            return try single(first, for: attribute)
        case .null, .bool, .int, .double, .number, .array: throw wrong(value, attribute)
        }
    }

    /// The known, writable sub-attributes under the names the schema gives them.
    private static func members(
        of object: JSONObject, for attribute: SCIMAttribute
    ) throws(SCIMError) -> JSONObject {
        var out = JSONObject()
        for member in object.members {
            guard let definition = attribute.subAttribute(member.name),
                definition.mutability != .readOnly
            else { continue }
            if let value = try normalized(member.value, for: definition) {
                out[definition.name] = value
            }
        }
        return out
    }

    private static func wrong(_ value: JSONValue, _ attribute: SCIMAttribute) -> SCIMError {
        let wanted = attribute.kind == .complex ? "object" : attribute.kind.rawValue
        return .badRequest(
            .invalidValue, "'\(attribute.name)' takes a \(wanted), not a \(value.kindName)")
    }
}
