import SimCore

/// Which attributes an answer shows: the query's `attributes` and `excludedAttributes`.
/// RFC 7644 §3.9. Attributes returned always stay; those returned never do not appear.
package struct AttributeProjection: Hashable, Sendable {
    /// nil shows all; an empty list only what is always returned.
    private var included: [SCIMPath]?
    private var excluded: [SCIMPath]

    /// Most names accepted in one parameter.
    package static let nameLimit = 200

    package static let all = AttributeProjection(included: nil, excluded: [])

    private init(included: [SCIMPath]?, excluded: [SCIMPath]) {
        self.included = included
        self.excluded = excluded
    }

    /// Reads the two parameters, comma-separated names.
    package init(
        attributes: String?, excludedAttributes: String?
    ) throws(SCIMError) {
        included = try attributes.flatMap { (text) throws(SCIMError) -> [SCIMPath]? in
            let names = try Self.names(text)
            return names.isEmpty ? nil : names
        }
        excluded =
            try excludedAttributes.map { (text) throws(SCIMError) in
                try Self.names(text)
            } ?? []
    }

    private static func names(_ text: String) throws(SCIMError) -> [SCIMPath] {
        var paths: [SCIMPath] = []
        for piece in text.split(separator: ",") {
            var name = piece.drop { $0 == " " }
            while name.last == " " { name.removeLast() }
            if name.isEmpty { continue }
            guard paths.count < nameLimit else {
                throw .badRequest(.tooMany, "more than \(nameLimit) attribute names")
            }
            do {
                paths.append(try SCIMPath(parsing: String(name)))
            } catch {
                throw SCIMError(error, in: .invalidPath)
            }
        }
        return paths
    }

    /// Whether the attribute may appear at all: a list kept outside the JSON need not be built.
    package func shows(_ name: String, in type: ResourceType) -> Bool {
        guard let location = type.locate(schema: nil, name) else { return false }
        if excluded.contains(where: { covers($0, location, type) && $0.subAttribute == nil }) {
            return false
        }
        guard let included else { return true }
        return included.contains { covers($0, location, type) }
    }

    private func covers(
        _ path: SCIMPath, _ location: ResourceType.Location, _ type: ResourceType
    ) -> Bool {
        guard let attribute = path.attribute else {
            return SCIMName.isSame(path.schema ?? "", location.container ?? type.schema.id)
        }
        guard let found = type.locate(schema: path.schema, attribute) else { return false }
        return SCIMName.isSame(found.name, location.name)
            && SCIMName.isSame(found.container ?? "", location.container ?? "")
    }
}

extension AttributeProjection {
    /// The resource as the client asked to see it.
    package func apply(to resource: JSONObject, as type: ResourceType) -> JSONObject {
        var out = JSONObject()
        for member in resource.members {
            if member.name.utf8.contains(UInt8(ascii: ":")), let inner = member.value.objectValue {
                let shown = JSONObject(
                    inner.members.compactMap { visible($0, schema: member.name, type) })
                if !shown.isEmpty { out.append(member.name, .object(shown)) }
            } else if let shown = visible(member, schema: nil, type) {
                out.append(shown.name, shown.value)
            }
        }
        return out
    }

    private func visible(
        _ member: JSONObject.Member, schema: String?, _ type: ResourceType
    ) -> JSONObject.Member? {
        let location =
            type.locate(schema: schema, member.name)
            ?? ResourceType.Location(container: schema, name: member.name, definition: nil)
        switch location.definition?.returned {
        case .always: return member
        case .never: return nil
        case .default, .request, nil: break
        }
        var value = member.value
        if let included {
            let matching = included.filter { covers($0, location, type) }
            guard !matching.isEmpty else { return nil }
            let subs = matching.compactMap(\.subAttribute)
            if subs.count == matching.count {
                value = Self.keep(value) { name in subs.contains { SCIMName.isSame($0, name) } }
            }
        }
        let hidden = excluded.filter { covers($0, location, type) }
        if hidden.contains(where: { $0.subAttribute == nil }) { return nil }
        let subs = hidden.compactMap(\.subAttribute)
        if !subs.isEmpty {
            value = Self.keep(value) { name in !subs.contains { SCIMName.isSame($0, name) } }
        }
        return JSONObject.Member(member.name, value)
    }

    private static func keep(_ value: JSONValue, _ isKept: (String) -> Bool) -> JSONValue {
        switch value {
        case .object(let object):
            .object(JSONObject(object.members.filter { isKept($0.name) }))
        case .array(let values): .array(values.map { keep($0, isKept) })
        case .null, .bool, .int, .double, .number, .string: value
        }
    }
}
