import SimCore
import SimSCIM

extension SampleAppState {
    /// Answers a list of one type.
    ///
    /// A filter with an equality on an indexed attribute looks only at what the index names;
    /// any other filter looks at every resource.
    func search(
        _ query: SCIMQuery, _ type: ResourceType, _ call: SCIMCall, pageLimit: Int
    ) throws(SCIMError) -> ListResponse {
        let baseURL = call.baseURL
        let shown = ResourceView(baseURL: baseURL, projection: query.projection)
        guard query.filter != nil || query.sortBy != nil || !call.defects.isEmpty else {
            let ids = type == .user ? Array(users.ids) : Array(groups.ids)
            return ListResponse(
                totalResults: ids.count, startIndex: query.startIndex,
                resources: query.page(of: ids, limit: pageLimit).compactMap {
                    resource($0, type, shown).map { .object($0) }
                })
        }
        try query.filter?.validate(for: type)
        var matches: [(id: String, key: JSONValue?)] = []
        let needsMembers = Self.mentionsMembers(query.filter)
        let whole = ResourceView(
            baseURL: baseURL, projection: needsMembers ? .all : Self.withoutMembers)
        for id in candidates(query.filter, type) {
            guard let json = resource(id, type, whole),
                query.filter?.matches(json, as: type) ?? true,
                call.shows(json, type, query.filter)
            else { continue }
            matches.append((id, query.sortBy.flatMap { Self.sortKey($0, json, type) }))
        }
        if query.sortBy != nil { Self.sort(&matches, isDescending: query.isDescending) }
        return ListResponse(
            totalResults: matches.count, startIndex: query.startIndex,
            resources: query.page(of: matches, limit: pageLimit).compactMap {
                resource($0.id, type, shown).map { .object($0) }
            })
    }

    private static let withoutMembers: AttributeProjection = {
        do {
            return try AttributeProjection(attributes: nil, excludedAttributes: "members")
        } catch {
            return .all
        }
    }()

    /// The resources that can satisfy the filter, in the order of creation.
    private func candidates(_ filter: SCIMFilter?, _ type: ResourceType) -> [String] {
        var terms: [SCIMFilter] = []
        if case .and(let all)? = filter { terms = all } else if let filter { terms = [filter] }
        for term in terms {
            guard let (path, value) = term.singleEquality, path.subAttribute == nil,
                let location = type.locate(schema: path.schema, path.name),
                location.container == nil
            else { continue }
            switch (location.name, type == .user) {
            case ("id", _): return [value]
            case ("userName", true): return userIDs(named: value)
            case ("displayName", false): return groupIDs(named: value)
            case ("externalId", true): return userIDs(externalID: value)
            case ("externalId", false): return groupIDs(externalID: value)
            case (_, _): continue
            }
        }
        return type == .user ? Array(users.ids) : Array(groups.ids)
    }

    /// Building a group's members is the only costly part of its JSON.
    private static func mentionsMembers(_ filter: SCIMFilter?) -> Bool {
        switch filter {
        case nil: false
        case .compare(let path, _, _), .present(let path), .element(let path, _):
            SCIMName.isSame(path.name, "members")
        case .and(let terms), .or(let terms): terms.contains(where: mentionsMembers)
        case .not(let term): mentionsMembers(term)
        }
    }

    private static func sortKey(
        _ path: AttributePath, _ resource: JSONObject, _ type: ResourceType
    ) -> JSONValue? {
        guard let location = type.locate(schema: path.schema, path.name) else { return nil }
        var value = resource.scim(location.name)
        if let container = location.container { value = resource[container]?[location.name] }
        if let list = value?.arrayValue {
            value = list.first { $0["primary"] == true } ?? list.first
        }
        guard let object = value?.objectValue else { return value }
        return object.scim(path.subAttribute ?? "value")
    }

    /// Without case, resources without a value last; RFC 7644 §3.4.2.3. Equal keys keep the order
    /// of creation.
    private static func sort(
        _ matches: inout [(id: String, key: JSONValue?)], isDescending: Bool
    ) {
        let keyed = matches.enumerated().map { (offset: $0, id: $1.id, key: $1.key?.sortText) }
        matches = keyed.sorted { left, right in
            switch (left.key, right.key) {
            case (nil, nil): left.offset < right.offset
            case (nil, _): isDescending
            case (_, nil): !isDescending
            case (let first?, let second?):
                first == second
                    ? left.offset < right.offset : isDescending ? first > second : first < second
            }
        }.map { (id: $0.id, key: nil) }
    }
}

extension JSONValue {
    fileprivate var sortText: String? {
        switch self {
        case .string(let text): text.lowercased()
        case .bool, .int, .double, .number: self.text
        case .null, .array, .object: nil
        }
    }
}
