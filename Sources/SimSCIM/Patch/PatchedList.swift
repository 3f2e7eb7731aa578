import SimCore

/// The rules by which an operation changes a multi-valued attribute. RFC 7644 §3.5.2.1 to §3.5.2.3.
struct PatchedList {
    let definition: SCIMAttribute
    let path: SCIMPath

    /// Most values of one attribute; comparing each new value with each old one stays cheap.
    static let elementLimit = 1_000

    func changed(
        _ old: [JSONValue], by operation: PatchOperation
    ) throws(SCIMError) -> [JSONValue] {
        let sent = operation.value?.arrayValue?.count ?? 1
        guard old.count + sent <= Self.elementLimit || operation.verb == .remove else {
            throw .badRequest(
                .tooMany, "'\(definition.name)' has more than \(Self.elementLimit) values")
        }
        if let filter = path.filter {
            return try changed(old, matching: filter, by: operation)
        }
        if let name = path.subAttribute {
            return try changed(old, allParts: name, by: operation)
        }
        switch operation.verb {
        case .add:
            let added = try AttributeValue.list(operation.value ?? .null, for: definition)
            return Self.keepOnePrimary(merging(added, into: old), from: old)
        case .replace:
            let new = try AttributeValue.list(operation.value ?? .null, for: definition)
            return Self.keepOnePrimary(merging(new, into: []), from: [])
        case .remove:
            // Entra's default dialect names the elements to remove in the value.
            guard let value = operation.value, !value.isNull else { return [] }
            let gone = try AttributeValue.list(value, for: definition)
            return old.filter { element in
                !gone.contains { Self.isSame($0, element) }
            }
        }
    }

    // MARK: - Without a filter

    private func merging(_ added: [JSONValue], into old: [JSONValue]) -> [JSONValue] {
        var list = old
        for element in added {
            if let index = list.firstIndex(where: { Self.isSame(element, $0) }) {
                list[index] = Self.merged(list[index], with: element)
            } else {
                list.append(element)
            }
        }
        return list
    }

    private func changed(
        _ old: [JSONValue], allParts name: String, by operation: PatchOperation
    ) throws(SCIMError) -> [JSONValue] {
        guard let sub = definition.subAttribute(name) else {
            throw .badRequest(.invalidPath, "'\(path)' is not an attribute")
        }
        let value = try partValue(sub, operation)
        guard !old.isEmpty else { return value.map { [[sub.name: $0]] } ?? [] }
        return old.compactMap { Self.setting(sub.name, to: value, in: $0) }
    }

    // MARK: - With a filter

    private func changed(
        _ old: [JSONValue], matching filter: SCIMFilter, by operation: PatchOperation
    ) throws(SCIMError) -> [JSONValue] {
        let matches = old.indices.filter { index in
            old[index].objectValue.map { filter.matches(element: $0, of: definition) } ?? false
        }
        guard !matches.isEmpty else { return try created(old, filter, operation) }
        var list: [JSONValue?] = old
        if let name = path.subAttribute, let sub = definition.subAttribute(name) {
            let value = try partValue(sub, operation)
            for index in matches {
                list[index] = Self.setting(sub.name, to: value, in: old[index])
            }
        } else if operation.verb == .remove {
            for index in matches { list[index] = nil }
        } else {
            let new = try AttributeValue.single(operation.value ?? .null, for: definition)
            for index in matches {
                list[index] = new.map {
                    operation.verb == .add ? Self.merged(old[index], with: $0) : $0
                }
            }
        }
        return Self.keepOnePrimary(list.compactMap(\.self), from: old)
    }

    /// Nothing matched: an `add`, or a `replace` of an attribute without any value, creates the
    /// element the filter describes; a `replace` beside others has no target.
    private func created(
        _ old: [JSONValue], _ filter: SCIMFilter, _ operation: PatchOperation
    ) throws(SCIMError) -> [JSONValue] {
        switch operation.verb {
        case .remove: return old
        case .replace where !old.isEmpty && operation.value?.isNull == false:
            throw .badRequest(.noTarget, "nothing matches '\(path)'")
        case .add, .replace: break
        }
        var element = JSONObject()
        if let name = path.subAttribute, let sub = definition.subAttribute(name) {
            guard let value = try partValue(sub, operation) else { return old }
            element[sub.name] = value
        } else {
            guard
                let new = try AttributeValue.single(operation.value ?? .null, for: definition)?
                    .objectValue
            else { return old }
            element = new
        }
        guard let described = try described(by: filter)?.objectValue else {
            throw .badRequest(.noTarget, "nothing matches '\(path)'")
        }
        var whole = described
        for member in element.members { whole[member.name] = member.value }
        return Self.keepOnePrimary(old + [.object(whole)], from: old)
    }

    /// The element of which the filter's equalities are true; nil when it says anything else.
    private func described(by filter: SCIMFilter) throws(SCIMError) -> JSONValue? {
        var terms = [filter]
        if case .and(let all) = filter { terms = all }
        var object = JSONObject()
        for term in terms {
            guard case .compare(let name, .equal, let value) = term, name.subAttribute == nil
            else { return nil }
            object.append(name.name, value)
        }
        return try AttributeValue.single(.object(object), for: definition)
    }

    // MARK: - Elements

    private func partValue(
        _ sub: SCIMAttribute, _ operation: PatchOperation
    ) throws(SCIMError) -> JSONValue? {
        guard operation.verb != .remove, let value = operation.value else { return nil }
        return try AttributeValue.normalized(value, for: sub)
    }

    private static func setting(
        _ name: String, to value: JSONValue?, in element: JSONValue
    ) -> JSONValue? {
        guard var object = element.objectValue else { return element }
        object[name] = value
        return object.isEmpty ? nil : .object(object)
    }

    private static func merged(_ element: JSONValue, with new: JSONValue) -> JSONValue {
        guard var object = element.objectValue, let other = new.objectValue else { return new }
        for member in other.members { object[member.name] = member.value }
        return .object(object)
    }

    /// Whether `given` means `element`: the same value, and the same type where one is given.
    private static func isSame(_ given: JSONValue, _ element: JSONValue) -> Bool {
        guard let left = given.objectValue, let right = element.objectValue,
            let value = left["value"]
        else { return given == element }
        return value == right["value"] && (left["type"] == nil || left["type"] == right["type"])
    }

    /// A new primary value takes the mark from the older ones. RFC 7644 §3.5.2.
    private static func keepOnePrimary(_ list: [JSONValue], from old: [JSONValue]) -> [JSONValue] {
        let marked = list.indices.filter { list[$0]["primary"] == true }
        guard marked.count > 1 else { return list }
        let keeper = marked.last { !old.contains(list[$0]) } ?? marked[0]
        return list.indices.map { index in
            guard index != keeper, var object = list[index].objectValue,
                object["primary"] == true
            else { return list[index] }
            object["primary"] = false
            return .object(object)
        }
    }
}
