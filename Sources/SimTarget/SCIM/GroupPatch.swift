import SimCore
import SimSCIM

/// A PATCH of a group, members apart: their cost follows the change, not the size of the group.
struct GroupPatch {
    private(set) var attributes: JSONObject
    private(set) var edits: [MemberEdit] = []

    /// Reads every operation; nothing is changed when one of them fails.
    init(
        _ request: PatchRequest, of record: GroupRecord, in state: SampleAppState
    ) throws(SCIMError) {
        attributes = record.attributes
        for operation in request.operations {
            for part in try operation.expanded(as: .group) {
                if Self.isMembers(part.path) {
                    try editMembers(part, of: record, in: state)
                } else {
                    try part.apply(to: &attributes, as: .group)
                }
            }
        }
        try ResourceType.group.check(attributes)
    }

    /// The edits of a service that removes everybody when asked to remove one.
    var wiping: [MemberEdit] {
        edits.map { edit in
            switch edit {
            case .remove: .replace([])
            case .add, .replace: edit
            }
        }
    }

    private static func isMembers(_ path: SCIMPath?) -> Bool {
        guard let path, let name = path.attribute else { return false }
        return SCIMName.isSame(name, "members")
            && SCIMName.isSame(path.schema ?? SCIMURN.group, SCIMURN.group)
    }

    private mutating func editMembers(
        _ operation: PatchOperation, of record: GroupRecord, in state: SampleAppState
    ) throws(SCIMError) {
        guard let path = operation.path else { return }
        if path.subAttribute != nil {
            throw .badRequest(.mutability, "'\(path)' cannot be changed; add or remove members")
        }
        if let filter = path.filter {
            guard operation.verb == .remove else {
                throw .badRequest(.noTarget, "add members by 'members' and their ids")
            }
            edits.append(.remove(try ids(matching: filter, record, state)))
            return
        }
        switch operation.verb {
        case .add: edits.append(.add(try Self.ids(operation.value, in: state)))
        case .replace: edits.append(.replace(try Self.ids(operation.value, in: state)))
        case .remove:
            guard let value = operation.value, !value.isNull else {
                edits.append(.replace([]))
                return
            }
            edits.append(.remove(try Self.ids(value)))
        }
    }

    /// The ids in a list of members; each must be known.
    static func ids(
        _ value: JSONValue?, in state: SampleAppState
    ) throws(SCIMError) -> [String] {
        let ids = try ids(value)
        for id in ids where state.users[id] == nil && state.groups[id] == nil {
            throw .badRequest(.invalidValue, "there is no user or group '\(id.prefix(64))'")
        }
        return ids
    }

    private static func ids(_ value: JSONValue?) throws(SCIMError) -> [String] {
        guard let value, !value.isNull else { return [] }
        var ids: [String] = []
        for element in value.arrayValue ?? [value] {
            let member = try AttributeValue.single(element, for: .members)
            guard let id = member?["value"]?.stringValue, !id.isEmpty else {
                throw .badRequest(.invalidValue, "a member needs a 'value'")
            }
            ids.append(id)
        }
        return ids
    }

    private func ids(
        matching filter: SCIMFilter, _ record: GroupRecord, _ state: SampleAppState
    ) throws(SCIMError) -> [String] {
        if let ids = Self.namedIDs(filter) { return ids }
        // Any other filter sees the members as the operations before it left them.
        var members = record.detail
        for edit in edits { members.apply(edit) }
        let view = ResourceView(baseURL: "", projection: .all)
        return members.ids.filter { id in
            filter.matches(element: view.member(id, in: state), of: .members)
        }
    }

    /// `value eq "a"`, or several of them joined by `or`.
    private static func namedIDs(_ filter: SCIMFilter) -> [String]? {
        var terms = [filter]
        if case .or(let all) = filter { terms = all }
        var ids: [String] = []
        for term in terms {
            guard let (path, value) = term.singleEquality, SCIMName.isSame(path.name, "value"),
                path.subAttribute == nil
            else { return nil }
            ids.append(value)
        }
        return ids
    }
}

extension MemberList {
    fileprivate mutating func apply(_ edit: MemberEdit) {
        switch edit {
        case .add(let ids): for id in ids { _ = insert(id) }
        case .remove(let ids): for id in ids { _ = remove(id) }
        case .replace(let ids):
            self = MemberList()
            for id in ids { _ = insert(id) }
        }
    }
}
