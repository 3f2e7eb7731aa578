import SimCore

extension SCIMFilter {
    /// Whether a resource satisfies the filter, by the case rules of its schema.
    ///
    /// A multi-valued attribute satisfies a comparison when one of its values does. A comparison
    /// with an attribute that has no value is false, but `ne` is true and `eq null` is true.
    package func matches(_ resource: JSONObject, as type: ResourceType) -> Bool {
        matches(resource, in: .resource(type))
    }

    /// Whether one element of a complex attribute satisfies the filter of its brackets.
    package func matches(element: JSONObject, of attribute: SCIMAttribute?) -> Bool {
        matches(element, in: .element(attribute))
    }

    /// Refuses comparisons that have no meaning: order of booleans and binaries.
    /// RFC 7644 §3.4.2.2, `gt` to `le`.
    package func validate(for type: ResourceType) throws(SCIMError) {
        try validate(in: .resource(type))
    }

    private func validate(in scope: FilterScope) throws(SCIMError) {
        switch self {
        case .compare(let path, let comparison, _):
            switch comparison {
            case .greaterThan, .greaterOrEqual, .lessThan, .lessOrEqual:
                let kind = scope.comparedDefinition(path)?.kind
                guard kind != .boolean, kind != .binary else {
                    throw .badRequest(
                        .invalidFilter, "'\(path)' has no order; use eq, ne or pr")
                }
            case .equal, .notEqual, .contains, .startsWith, .endsWith: break
            }
        case .present: break
        case .element(let path, let filter):
            try filter.validate(in: .element(scope.definition(path)))
        case .and(let terms), .or(let terms):
            for term in terms { try term.validate(in: scope) }
        case .not(let term): try term.validate(in: scope)
        }
    }

    private func matches(_ object: JSONObject, in scope: FilterScope) -> Bool {
        switch self {
        case .compare(let path, let comparison, let wanted):
            let definition = scope.comparedDefinition(path)
            let values = scope.values(at: path, in: object)
            if values.isEmpty {
                return wanted.isNull ? comparison == .equal : comparison == .notEqual
            }
            return values.contains { value in
                FilterComparison(definition: definition)
                    .holds(value, comparison, wanted)
            }
        case .present(let path):
            return scope.values(at: path, in: object).contains(where: Self.isPresent)
        case .element(let path, let filter):
            let inner = FilterScope.element(scope.definition(path))
            return scope.elements(at: path, in: object).contains {
                filter.matches($0, in: inner)
            }
        case .and(let terms): return terms.allSatisfy { $0.matches(object, in: scope) }
        case .or(let terms): return terms.contains { $0.matches(object, in: scope) }
        case .not(let term): return !term.matches(object, in: scope)
        }
    }

    private static func isPresent(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .string(let text): !text.isEmpty
        case .array(let values): !values.isEmpty
        case .object(let object): !object.isEmpty
        case .bool, .int, .double, .number: true
        }
    }
}

/// Where a filter's names are looked up: in a whole resource or in one element of a list.
enum FilterScope {
    case resource(ResourceType)
    case element(SCIMAttribute?)

    func definition(_ path: AttributePath) -> SCIMAttribute? {
        switch self {
        case .resource(let type): type.locate(schema: path.schema, path.name)?.definition
        case .element(let attribute): attribute?.subAttribute(path.name)
        }
    }

    /// The definition that decides how values are compared: the sub-attribute's, or `value`'s.
    func comparedDefinition(_ path: AttributePath) -> SCIMAttribute? {
        let definition = definition(path)
        if let name = path.subAttribute { return definition?.subAttribute(name) }
        return definition?.kind == .complex ? definition?.valueAttribute : definition
    }

    func elements(at path: AttributePath, in object: JSONObject) -> [JSONObject] {
        raw(path, in: object).compactMap(\.objectValue)
    }

    /// The values that a comparison sees: of complex elements the named sub-attribute, else
    /// `value`, else the element itself.
    func values(at path: AttributePath, in object: JSONObject) -> [JSONValue] {
        raw(path, in: object).compactMap { value in
            guard let element = value.objectValue else {
                return path.subAttribute == nil ? value : nil
            }
            guard let name = path.subAttribute else { return element.scim("value") ?? value }
            return element.scim(name)
        }.filter { !$0.isNull }
    }

    private func raw(_ path: AttributePath, in object: JSONObject) -> [JSONValue] {
        var holder = object
        var name = path.name
        if case .resource(let type) = self {
            guard let location = type.locate(schema: path.schema, path.name) else { return [] }
            name = location.name
            if let container = location.container {
                guard let inner = object.scim(container)?.objectValue else { return [] }
                holder = inner
            }
        }
        switch holder.scim(name) {
        case .array(let values): return values
        case nil, .null: return []
        case .some(let value): return [value]
        }
    }
}
