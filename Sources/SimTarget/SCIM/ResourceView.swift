import SimCore
import SimHTTP
import SimSCIM

/// How stored resources look on the wire. RFC 7643 §3.
struct ResourceView {
    /// Without trailing slash.
    let baseURL: String
    let projection: AttributeProjection

    func user(_ record: UserRecord, in state: SampleAppState) -> JSONObject {
        var object = head(record, .user)
        let groups = state.groupIDs(of: record.id)
        if !groups.isEmpty, projection.shows("groups", in: .user) {
            object.append("groups", .array(groups.map { group($0, in: state) }))
        }
        return finished(&object, record, .user)
    }

    func group(_ record: GroupRecord, in state: SampleAppState) -> JSONObject {
        var object = head(record, .group)
        if projection.shows("members", in: .group) {
            object.append(
                "members", .array(record.detail.ids.map { .object(member($0, in: state)) }))
        }
        return finished(&object, record, .group)
    }

    func location(_ type: ResourceType, _ id: String) -> String {
        "\(baseURL)\(type.endpoint)/\(id)"
    }

    private func head<Detail>(
        _ record: StoredResource<Detail>, _ type: ResourceType
    ) -> JSONObject {
        var object: JSONObject = [
            "schemas": type.schemas(of: record.attributes), "id": .string(record.id),
        ]
        for member in record.attributes.members { object.append(member.name, member.value) }
        return object
    }

    private func finished<Detail>(
        _ object: inout JSONObject, _ record: StoredResource<Detail>, _ type: ResourceType
    ) -> JSONObject {
        object.append(
            "meta",
            [
                "resourceType": .string(type.name),
                "created": .string(record.created.iso8601(fractionDigits: 3)),
                "lastModified": .string(record.lastModified.iso8601(fractionDigits: 3)),
                "location": .string(location(type, record.id)),
                "version": .string(record.tag),
            ])
        return projection == .all ? object : projection.apply(to: object, as: type)
    }

    private func group(_ id: String, in state: SampleAppState) -> JSONValue {
        [
            "value": .string(id), "$ref": .string(location(.group, id)),
            "display": .string(state.groups[id]?.displayName ?? ""), "type": "direct",
        ]
    }

    /// One element of a group's `members`.
    func member(_ id: String, in state: SampleAppState) -> JSONObject {
        let isGroup = state.groups[id] != nil
        let type = isGroup ? ResourceType.group : .user
        let name =
            isGroup
            ? state.groups[id]?.displayName
            : state.users[id].map { $0.displayName ?? $0.userName }
        return [
            "value": .string(id), "$ref": .string(location(type, id)),
            "display": .string(name ?? ""), "type": .string(type.name),
        ]
    }
}
