import SimCore
import SimPortal

private enum SchemaArguments {
    static let file = CommandOption<String>.text(
        "--import", "FILE", "replace the mappings by those of a schema in FILE")
    static let defaults = CommandOption<Bool>.flag(
        "--restore-defaults", "back to the default mappings")
    static let remove = CommandOption<Bool>.flag(
        "--remove", "forget it, so that the object is matched again")
}

// Mappings and single connections of a job. provisioning.md §6.4, §6.6.
extension CommandTree {
    static let schema = Command(
        "provision schema", "show, import or reset the attribute mappings", [.required("APP")],
        options: [SchemaArguments.file.any, SchemaArguments.defaults.any] + ClientOptions.all,
        conflicts: ClientOptions.conflicts + [
            Command.Conflict(
                first: "--import", second: "--restore-defaults", hint: "one of the two")
        ],
        details:
            "An import or a reset makes the next cycle an initial one. What this prints can be\n"
            + "imported again.",
        example: "provision schema Claresia --import mappings.json"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        let path = try jobPath(invocation, context, client) + ["schema"]
        let app = try invocation.required(0)
        if let file = invocation[SchemaArguments.file] {
            let schema = try jsonFile(file, context)
            try client.send("PUT", path, body: schema)
            context.show(.null, "imported \(file); the next cycle of \(app) is an initial one\n")
        } else if invocation.has(SchemaArguments.defaults) {
            try client.send("DELETE", path)
            context.show(
                .null, "default mappings; the next cycle of \(app) is an initial one\n")
        } else {
            let schema = try client.send("GET", path)
            context.show(schema, schema.prettyText + "\n")
        }
        return .success
    }

    static let connection = Command(
        "provision connection", "which target object belongs to an object",
        [.required("APP"), .required("ID")],
        options: [SchemaArguments.remove.any] + ClientOptions.all,
        conflicts: ClientOptions.conflicts,
        details:
            "ID is the object's id in the directory or in the target. Removing needs a job that\n"
            + "is paused; nothing is sent to the target.",
        example: "provision connection Claresia 6f0c2a1e-0000-4000-8000-000000000000 --remove"
    ) { invocation, context throws(CommandFailure) in
        let client = try context.client(invocation)
        let id = try invocation.required(1)
        let path = try jobPath(invocation, context, client) + ["object-connections", id]
        if invocation.has(SchemaArguments.remove) {
            try client.send("DELETE", path)
            context.show(.null, "forgot the connection of \(id), if there was one\n")
        } else {
            let found = try client.send("GET", path)
            context.show(
                found,
                Fields.text([
                    ("object", found.cell("displayName")), ("type", found.cell("objectTypeName")),
                    ("in the directory", found.cell("sourceAnchor")),
                    ("in the target", found.cell("targetAnchor")),
                ]))
        }
        return .success
    }
}
