import SimCore

extension ResourceType {
    /// Reads the body of a POST or PUT: known attributes under the schema's names and types,
    /// extensions this service does not know as sent. RFC 7644 §3.3, §3.5.1.
    ///
    /// Read-only attributes and unknown core attributes are ignored, `schemas` is left out.
    /// - Parameter outside: attributes the caller reads itself, such as long member lists.
    package func attributes(
        from body: JSONValue, keepingOutside outside: Set<String> = []
    ) throws(SCIMError) -> JSONObject {
        guard let object = body.objectValue else {
            throw .badRequest(.invalidSyntax, "the body is a JSON object")
        }
        let schemas = object.scim("schemas")?.arrayValue ?? []
        guard schemas.contains(where: { SCIMName.isSame($0.stringValue ?? "", schema.id) }) else {
            throw .badRequest(.invalidSyntax, "'schemas' does not name \(schema.id)")
        }
        var out = JSONObject()
        for member in object.members
        where !outside.contains(where: { SCIMName.isSame($0, member.name) }) {
            if member.name.utf8.contains(UInt8(ascii: ":")) {
                try readExtension(member, into: &out)
            } else if let definition = schema.attribute(member.name) {
                out[definition.name] = try Self.value(member.value, definition)
            }
        }
        try check(out)
        return out
    }

    private func readExtension(
        _ member: JSONObject.Member, into out: inout JSONObject
    ) throws(SCIMError) {
        guard let known = extensions.first(where: { SCIMName.isSame($0.id, member.name) }) else {
            if member.value.objectValue?.isEmpty == false { out[member.name] = member.value }
            return
        }
        if member.value.isNull { return }
        guard let object = member.value.objectValue else {
            throw .badRequest(.invalidValue, "'\(known.id)' takes an object")
        }
        var inner = JSONObject()
        for member in object.members {
            guard let definition = known.attribute(member.name) else { continue }
            inner[definition.name] = try Self.value(member.value, definition)
        }
        if !inner.isEmpty { out[known.id] = .object(inner) }
    }

    private static func value(
        _ value: JSONValue, _ definition: SCIMAttribute
    ) throws(SCIMError) -> JSONValue? {
        if definition.mutability == .readOnly { return nil }
        let value = try AttributeValue.normalized(value, for: definition)
        guard let elements = value?.arrayValue else { return value }
        guard elements.count <= PatchedList.elementLimit else {
            throw .badRequest(
                .tooMany, "'\(definition.name)' has more than \(PatchedList.elementLimit) values")
        }
        guard elements.count(where: { $0["primary"] == true }) < 2 else {
            throw .badRequest(
                .invalidValue, "'\(definition.name)' has more than one primary value")
        }
        return value
    }

    /// Refuses a resource without one of its required attributes.
    package func check(_ attributes: JSONObject) throws(SCIMError) {
        for definition in schema.attributes where definition.isRequired {
            guard let value = attributes[definition.name], value != "" else {
                throw .badRequest(.invalidValue, "'\(definition.name)' is required")
            }
        }
    }

    /// The URNs of a resource that carries these attributes.
    package func schemas(of attributes: JSONObject) -> JSONValue {
        var urns = [schema.id]
        for member in attributes.members where member.name.utf8.contains(UInt8(ascii: ":")) {
            urns.append(member.name)
        }
        return JSONValue(strings: urns)
    }
}
