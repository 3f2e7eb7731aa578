import SimCore

/// Builds the body of a create from mapped values as a tree, whatever their paths: the plain way,
/// for mappings whose paths get in each other's way and for checking `ResourceShape`.
/// provisioning.md §7.4, §7.5.
struct ResourceBuilder {
    static let metaRank = rank("meta")

    /// Members in the order the service's samples print them; others keep mapping order between.
    private static let order = [
        "schemas", "externalId", "userName", "active", "", "name", "emails", "addresses",
        "phoneNumbers", "*", "urn", "meta", "roles",
    ]

    private var members: [(rank: Int, name: String, value: JSONValue)] = []

    mutating func set(_ value: JSONValue, at path: TargetPath) {
        if let urn = path.extensionURN {
            var inner = JSONObject()
            if let index = members.firstIndex(where: { $0.name == urn }) {
                inner = members[index].value.objectValue ?? inner
                Self.set(value, in: &inner, at: path)
                members[index].value = .object(inner)
            } else {
                Self.set(value, in: &inner, at: path)
                members.append((Self.rank(of: path), urn, .object(inner)))
            }
            return
        }
        var holder = JSONObject()
        let index = members.firstIndex { $0.name == path.attribute }
        if let index { holder.append(path.attribute, members[index].value) }
        Self.set(value, in: &holder, at: path)
        guard let built = holder[path.attribute] else { return }
        if let index {
            members[index].value = built
        } else {
            members.append((Self.rank(of: path), path.attribute, built))
        }
    }

    private static func set(_ value: JSONValue, in object: inout JSONObject, at path: TargetPath) {
        guard let sub = path.subAttribute else {
            object[path.attribute] = value
            return
        }
        guard let selector = path.selector else {
            var inner = object[path.attribute]?.objectValue ?? JSONObject()
            inner[sub] = value
            object[path.attribute] = .object(inner)
            return
        }
        var items = object[path.attribute]?.arrayValue ?? []
        if let index = items.firstIndex(where: { selector.selects($0) }) {
            var item = items[index].objectValue ?? JSONObject()
            item[sub] = value
            items[index] = .object(item)
        } else {
            var item = newItem(of: path.attribute, selector)
            item[sub] = value
            items.append(.object(item))
        }
        object[path.attribute] = .array(items)
    }

    /// `primary: true` stands on the work e-mail, work address and work phone only, in the
    /// places captured. provisioning.md §7.4 [W].
    static func newItem(of attribute: String, _ selector: TargetPath.Selector) -> JSONObject {
        let isWork = selector.attribute == "type" && selector.value == "work"
        switch attribute {
        case "emails" where isWork, "phoneNumbers" where isWork:
            return ["primary": true, "type": selector.json]
        case "addresses" where isWork:
            return ["type": selector.json, "primary": true]
        case "roles":
            return [
                selector.attribute: selector.json, "type": "WindowsAzureActiveDirectoryRole",
            ]
        default:
            return [selector.attribute: selector.json]
        }
    }

    private static func rank(_ name: String) -> Int { order.firstIndex(of: name) ?? 0 }

    /// Where a path's member stands among the others.
    static func rank(of path: TargetPath) -> Int {
        if path.extensionURN != nil { return rank("urn") }
        if !path.attribute.isEmpty, let place = order.firstIndex(of: path.attribute) {
            return place
        }
        return rank(path.subAttribute == nil ? "" : "*")
    }

    /// The resource, members in wire order.
    func resource(_ kind: ObjectKey.Kind, sendsEmptyRoles: Bool) -> JSONObject {
        var object = JSONObject()
        switch kind {
        case .user:
            object.append(
                "schemas", JSONValue(strings: [ObjectNames.coreUser, ObjectNames.enterpriseUser]))
        case .group:
            object.append("schemas", JSONValue(strings: [ObjectNames.coreGroup]))
        }
        let sorted = members.enumerated().sorted {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }.map(\.element)
        for member in sorted where member.rank < Self.metaRank {
            object.append(member.name, member.value)
        }
        object.append("meta", ["resourceType": .string(kind.rawValue)])
        for member in sorted where member.rank > Self.metaRank {
            object.append(member.name, member.value)
        }
        if kind == .user, sendsEmptyRoles, object["roles"] == nil { object.append("roles", []) }
        return object
    }
}
