import SimCore

extension PatchOperation {
    /// Applies the operation to a resource. RFC 7644 §3.5.2.
    ///
    /// The caller works on a copy: a failing operation leaves the resource half changed.
    package func apply(to resource: inout JSONObject, as type: ResourceType) throws(SCIMError) {
        for part in try expanded(as: type) {
            if let path = part.path, path.attribute != nil {
                try PatchTarget(path, in: type).apply(part, to: &resource)
            } else {
                resource.setSCIM(part.path?.schema ?? "", nil)
            }
        }
    }

    /// The operation as operations on attributes: a schema URN alone as path, or no path, is
    /// taken apart by the keys of the value. Only the removal of a whole extension stays as it is.
    package func expanded(as type: ResourceType) throws(SCIMError) -> [PatchOperation] {
        if path?.attribute != nil { return [self] }
        let urn = path?.schema ?? type.schema.id
        if verb == .remove || value?.isNull == true {
            guard !SCIMName.isSame(urn, type.schema.id) else {
                throw .badRequest(.mutability, "the core schema cannot be removed")
            }
            return [self]
        }
        guard let object = value?.objectValue else {
            throw .badRequest(.invalidValue, "a schema as path needs an object as value")
        }
        var parts: [PatchOperation] = []
        for member in object.members {
            guard let name = AttributePath(member.name), name.schema == nil else {
                throw .badRequest(
                    .invalidPath, "'\(member.name.prefix(64))' is not an attribute name")
            }
            let path = SCIMPath(
                schema: urn, attribute: name.name, subAttribute: name.subAttribute)
            parts.append(PatchOperation(verb, path: path, value: member.value))
        }
        return parts
    }
}

/// A path found in the schema: which attribute of which container an operation changes.
struct PatchTarget {
    let path: SCIMPath
    let location: ResourceType.Location

    init(_ path: SCIMPath, in type: ResourceType) throws(SCIMError) {
        guard let name = path.attribute, let location = type.locate(schema: path.schema, name)
        else {
            throw .badRequest(.invalidPath, "\(type.name) has no attribute '\(path)'")
        }
        if let definition = location.definition {
            guard definition.mutability != .readOnly else {
                throw .badRequest(.mutability, "'\(definition.name)' is read-only")
            }
            if let sub = path.subAttribute {
                guard let known = definition.subAttribute(sub) else {
                    throw .badRequest(.invalidPath, "\(type.name) has no attribute '\(path)'")
                }
                guard known.mutability != .readOnly else {
                    throw .badRequest(.mutability, "'\(path)' is read-only")
                }
            }
        }
        self.path = path
        self.location = location
    }

    func apply(
        _ operation: PatchOperation, to resource: inout JSONObject
    ) throws(SCIMError) {
        var holder = resource
        if let container = location.container {
            holder = resource.scim(container)?.objectValue ?? JSONObject()
        }
        let old = holder.scim(location.name)
        let new = try changed(old, by: operation)
        if new == old { return }
        if new == nil, location.definition?.isRequired ?? false {
            throw .badRequest(
                operation.verb == .remove ? .mutability : .invalidValue,
                "'\(location.name)' is required")
        }
        holder.setSCIM(location.name, new)
        guard let container = location.container else {
            resource = holder
            return
        }
        resource.setSCIM(container, holder.isEmpty ? nil : .object(holder))
    }

    private func changed(
        _ old: JSONValue?, by operation: PatchOperation
    ) throws(SCIMError) -> JSONValue? {
        guard let definition = location.definition else {
            return try changedUnknown(old, by: operation)
        }
        if definition.isMultiValued {
            let list = PatchedList(definition: definition, path: path)
            let elements = try list.changed(old?.arrayValue ?? [], by: operation)
            return elements.isEmpty ? nil : .array(elements)
        }
        if definition.kind == .complex {
            return try changedComplex(old?.objectValue, definition, by: operation)
        }
        guard path.filter == nil, path.subAttribute == nil else {
            throw .badRequest(.invalidPath, "'\(definition.name)' has no parts")
        }
        guard operation.verb != .remove, let value = operation.value else { return nil }
        return try AttributeValue.normalized(value, for: definition)
    }

    /// An extension this service does not know keeps what it is sent.
    private func changedUnknown(
        _ old: JSONValue?, by operation: PatchOperation
    ) throws(SCIMError) -> JSONValue? {
        guard path.filter == nil else {
            throw .badRequest(.invalidPath, "'\(path)' filters an attribute of unknown type")
        }
        let value = operation.verb == .remove || operation.value == .null ? nil : operation.value
        guard let sub = path.subAttribute else { return value }
        var object = old?.objectValue ?? JSONObject()
        object.setSCIM(sub, value)
        return object.isEmpty ? nil : .object(object)
    }

    private func changedComplex(
        _ old: JSONObject?, _ definition: SCIMAttribute, by operation: PatchOperation
    ) throws(SCIMError) -> JSONValue? {
        if let filter = path.filter {
            let isMatch = old.map { filter.matches(element: $0, of: definition) } ?? false
            guard isMatch || operation.verb == .remove else {
                throw .badRequest(.noTarget, "nothing matches '\(path)'")
            }
            if !isMatch { return old.map { .object($0) } }
        }
        var object = old ?? JSONObject()
        if let name = path.subAttribute, let sub = definition.subAttribute(name) {
            let value = operation.verb == .remove ? nil : operation.value
            object[sub.name] = try value.flatMap { (value) throws(SCIMError) in
                try AttributeValue.normalized(value, for: sub)
            }
            let isCleared = sub.name == "value" && (object["value"] ?? "") == ""
            return object.isEmpty || isCleared ? nil : .object(object)
        }
        guard operation.verb != .remove, let value = operation.value,
            let new = try AttributeValue.single(value, for: definition)?.objectValue
        else { return try clearing(old, definition, operation.value) }
        // Another value is another reference: what was known of the old one goes with it.
        if let reference = new["value"], reference != object["value"] { return .object(new) }
        for member in new.members { object[member.name] = member.value }
        for name in try Self.cleared(value, definition) { object[name] = nil }
        return object.isEmpty ? nil : .object(object)
    }

    /// `{"givenName": null}` clears the parts it names and no others.
    private func clearing(
        _ old: JSONObject?, _ definition: SCIMAttribute, _ value: JSONValue?
    ) throws(SCIMError) -> JSONValue? {
        guard var object = old, let value, definition.valueAttribute == nil else { return nil }
        let names = try Self.cleared(value, definition)
        guard !names.isEmpty else { return nil }
        for name in names { object[name] = nil }
        return object.isEmpty ? nil : .object(object)
    }

    private static func cleared(
        _ value: JSONValue, _ definition: SCIMAttribute
    ) throws(SCIMError) -> [String] {
        var names: [String] = []
        for member in value.objectValue?.members ?? [] {
            guard let sub = definition.subAttribute(member.name),
                try AttributeValue.normalized(member.value, for: sub) == nil
            else { continue }
            names.append(sub.name)
        }
        return names
    }
}
