import SimCore

extension CommandTree {
    /// Worlds to go back to, and worlds beside each other.
    static let branchCommands: [Command] = [
        Command(
            "tenant snapshot", "remember a tenant under a name", [.required("NAME")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            details: """
                Directory, what the provisioning jobs remember, and the sample apps. It takes no
                longer for a large tenant, and lives as long as the simulator. The clock is not part
                of it.
                """,
            example: "tenant snapshot before"
        ) { invocation, context throws(CommandFailure) in
            let answer = try send(
                "POST", ["snapshots"], ["name": .string(try invocation.required(0))], invocation,
                context)
            context.show(answer, "snapshot '\(answer.cell("name"))' taken\n")
            return .success
        },
        Command(
            "tenant snapshots", "the snapshots of a tenant", options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "tenant snapshots"
        ) { invocation, context throws(CommandFailure) in
            let answer = try send("GET", ["snapshots"], nil, invocation, context)
            var table = TextTable(["name", "taken at", "users", "groups"], numeric: [2, 3])
            for row in answer.list {
                table.add(["name", "takenAt", "users", "groups"].map { row.cell($0) })
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "tenant restore", "go back to a snapshot", [.required("NAME")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "tenant restore before"
        ) { invocation, context throws(CommandFailure) in
            let answer = try send(
                "POST", ["snapshots", try invocation.required(0), "restore"], nil, invocation,
                context)
            context.show(answer, "back at '\(answer.cell("name"))'\n")
            return .success
        },
        Command(
            "tenant fork", "a second tenant with the same content", [.required("NAME")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            details: """
                Same people, apps, ids and secrets; its own tenant id, address, jobs and sample
                apps. It is gone with the simulator, or with 'tenant discard'.
                """,
            example: "tenant fork test-17"
        ) { invocation, context throws(CommandFailure) in
            let answer = try send(
                "POST", ["fork"], ["name": .string(try invocation.required(0))], invocation, context
            )
            context.show(
                answer,
                Fields.text([
                    ("tenant", answer.cell("name")), ("id", answer.cell("id")),
                    ("authority", answer.cell("authority")),
                    ("fork of", answer.cell("forkOf")), ("targets", answer.cell("targets")),
                ]))
            return .success
        },
        Command(
            "tenant discard", "remove a fork", [.required("NAME")],
            options: ClientOptions.connection, conflicts: ClientOptions.conflicts,
            example: "tenant discard test-17"
        ) { invocation, context throws(CommandFailure) in
            let name = try invocation.required(0)
            let answer = try context.client(invocation).send("DELETE", ["tenants", name])
            context.show(answer, "'\(name)' is gone\n")
            return .success
        },
        Command(
            "tenant reset", "back to the fixture, a fork to its beginning",
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "tenant reset"
        ) { invocation, context throws(CommandFailure) in
            let answer = try send("POST", ["reset"], nil, invocation, context)
            context.show(answer, "'\(answer.cell("tenant"))' begins again\n")
            return .success
        },
    ]

    private static func send(
        _ method: String, _ path: [String], _ body: JSONValue?, _ invocation: Invocation,
        _ context: CommandContext
    ) throws(CommandFailure) -> JSONValue {
        let client = try context.client(invocation)
        let tenant = try context.tenant(invocation, client)
        return try client.send(method, ["tenants", tenant] + path, body: body)
    }
}
