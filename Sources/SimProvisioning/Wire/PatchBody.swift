import SimCore

/// The bodies of PATCH calls in both dialects. provisioning.md §7.4, §7.5.
struct PatchBody {
    let dialect: TargetAddress.PatchDialect
    /// Of a job from before 2018.
    var isLegacy = false

    private enum Operation: String {
        case add = "Add"
        case replace = "Replace"
        case remove = "Remove"
    }

    /// Differences of one object: Add where the target showed nothing, Replace where it differed.
    func differences(_ values: [PlannedValue]) -> JSONObject {
        switch dialect {
        case .standard:
            return message(
                values.map { value in
                    if let roles = value.roles { return operation(roles, value) }
                    return operation(
                        value.old == nil ? .add : .replace, path: text(value.attribute.path),
                        value: Self.plain(value))
                })
        case .compliant:
            var operations: [JSONValue] = []
            var merged = JSONObject()
            for value in values {
                let path = value.attribute.path
                if let roles = value.roles {
                    operations.append(operation(roles, value))
                    continue
                }
                // `active` keeps its own operation, also beside others. provisioning.md §7.4 [W].
                if path.selector == nil, value.old != nil, path.text != "active" {
                    merged.append(text(path), value.json)
                } else {
                    operations.append(
                        operation(
                            value.old == nil ? .add : .replace, path: text(path),
                            value: value.json))
                }
            }
            if !merged.isEmpty {
                operations.append(["op": .string(name(.replace)), "value": .object(merged)])
            }
            return message(operations)
        }
    }

    /// Roles are added, or replaced as a whole with a lower-case operation.
    /// mapping-expressions.md §5.4 [D].
    private func operation(_ roles: RoleItems, _ value: PlannedValue) -> JSONValue {
        let name = roles.isAssertive ? "replace" : name(.add)
        return [
            "op": .string(name), "path": .string(text(value.attribute.path)),
            "value": roles.patched,
        ]
    }

    /// The manager, a bare target id. provisioning.md §7.4 [W].
    func manager(_ target: String, path: TargetPath, replaces: Bool) -> JSONObject {
        message([operation(replaces ? .replace : .add, path: text(path), value: .string(target))])
    }

    func managerCleared(
        path place: TargetPath, previous: String, form: ProvisioningSettings.ManagerClearing
    ) -> JSONObject {
        let path = text(place)
        return switch form {
        case .emptyText:
            message([operation(.replace, path: path, value: "")])
        case .emptyValue:
            message([operation(.replace, path: path, value: ["value": ""])])
        case .remove:
            message([["op": .string(name(.remove)), "path": .string(Self.filter(path, previous))]])
        }
    }

    /// Members by target id; removals come first.
    func members(
        added: [String], removed: [String], path: String, sendsReference: Bool
    ) -> JSONObject {
        var operations: [JSONValue] = []
        if !removed.isEmpty {
            switch dialect {
            case .standard:
                operations.append(
                    operation(.remove, path: path, value: Self.items(removed, sendsReference)))
            case .compliant:
                for id in removed {
                    operations.append(
                        ["op": .string(name(.remove)), "path": .string(Self.filter(path, id))])
                }
            }
        }
        if !added.isEmpty {
            let isReferenced = sendsReference && dialect == .standard
            operations.append(
                operation(.add, path: path, value: Self.items(added, isReferenced)))
        }
        return message(operations)
    }

    private func text(_ path: TargetPath) -> String { path.wireText(isLegacy: isLegacy) }

    private static func items(_ ids: [String], _ sendsReference: Bool) -> JSONValue {
        .array(
            ids.map { id in
                sendsReference ? ["$ref": nil, "value": .string(id)] : ["value": .string(id)]
            })
    }

    private static func filter(_ path: String, _ id: String) -> String {
        "\(path)[value eq \(MappingExpression.quoted(id))]"
    }

    /// Booleans are text in the default dialect.
    private static func plain(_ value: PlannedValue) -> JSONValue {
        value.attribute.kind == .boolean ? .string(value.new) : value.json
    }

    private func name(_ operation: Operation) -> String {
        dialect == .standard ? operation.rawValue : operation.rawValue.lowercased()
    }

    private func operation(_ kind: Operation, path: String, value: JSONValue) -> JSONValue {
        ["op": .string(name(kind)), "path": .string(path), "value": value]
    }

    private func message(_ operations: [JSONValue]) -> JSONObject {
        [
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": .array(operations),
        ]
    }
}
