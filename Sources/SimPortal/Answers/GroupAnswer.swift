import SimCore
import SimDirectory

/// A group as the control API shows one.
package enum GroupAnswer {
    package static func json(_ group: Group, in directory: some DirectoryQueries) -> JSONObject {
        var object: JSONObject = [
            "id": .string(group.id.description), "displayName": .string(group.displayName),
        ]
        object.appendIfPresent("description", group.description)
        object.append("mailNickname", .string(group.mailNickname))
        object.append("securityEnabled", .bool(group.securityEnabled))
        object.append("memberCount", .int(Int64(directory.members(of: group.id).count)))
        return object
    }

    /// `json` with the direct members, users before groups, each by name.
    package static func detail(_ group: Group, in directory: some DirectoryQueries) -> JSONValue {
        var object = json(group, in: directory)
        let members = directory.members(of: group.id).compactMap {
            PrincipalAnswer.json($0, in: directory)
        }
        object.append("members", .array(PrincipalAnswer.sorted(members)))
        return .object(object)
    }
}

/// A user, group or service principal as a member or an assignee.
package enum PrincipalAnswer {
    /// `{"type","id","name","displayName"}`; nil for one that no longer exists.
    static func json(_ principal: Principal, in directory: some DirectoryQueries) -> JSONObject? {
        switch principal {
        case .user(let id):
            directory.user(id).flatMap { user in
                user.deletedAt == nil
                    ? row("user", id.description, user.userPrincipalName, user.displayName) : nil
            }
        case .group(let id):
            directory.group(id).map {
                row("group", id.description, $0.displayName, $0.displayName)
            }
        case .servicePrincipal(let id):
            directory.servicePrincipal(id).map {
                row("servicePrincipal", id.description, $0.displayName, $0.displayName)
            }
        }
    }

    /// Users, then groups, then apps; by name, then id.
    static func sorted(_ rows: [JSONObject]) -> [JSONValue] {
        let order = ["user": 0, "group": 1, "servicePrincipal": 2]
        func key(_ row: JSONObject) -> (Int, String, String) {
            (
                order[row["type"]?.stringValue ?? ""] ?? 3, row["name"]?.stringValue ?? "",
                row["id"]?.stringValue ?? ""
            )
        }
        return rows.sorted { key($0) < key($1) }.map { .object($0) }
    }

    private static func row(
        _ type: String, _ id: String, _ name: String, _ displayName: String
    ) -> JSONObject {
        [
            "type": .string(type), "id": .string(id), "name": .string(name),
            "displayName": .string(displayName),
        ]
    }
}
