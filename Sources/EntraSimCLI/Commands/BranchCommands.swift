import SimCore

extension CommandTree {
    /// Worlds to go back to, and worlds beside each other.
    static let branchCommands: [Command] = [
        .ofTenant(
            "tenant snapshot", "remember a tenant under a name", [.required("NAME")],
            details: """
                Directory, what the provisioning jobs remember, and the sample apps. It takes no
                longer for a large tenant, and lives as long as the simulator. The clock is not part
                of it.
                """,
            example: "tenant snapshot before",
            text: { "snapshot '\($0.cell("name"))' taken\n" },
            call: { invocation throws(CommandFailure) in
                .post("snapshots", body: ["name": .string(try invocation.required(0))])
            }),
        .ofTenant(
            "tenant snapshots", "the snapshots of a tenant", example: "tenant snapshots",
            text: { answer in
                var table = TextTable(["name", "taken at", "users", "groups"], numeric: [2, 3])
                for row in answer.list {
                    table.add(["name", "takenAt", "users", "groups"].map { row.cell($0) })
                }
                return table.text
            }, call: { _ in .get("snapshots") }),
        .ofTenant(
            "tenant restore", "go back to a snapshot", [.required("NAME")],
            example: "tenant restore before", text: { "back at '\($0.cell("name"))'\n" },
            call: { invocation throws(CommandFailure) in
                .post("snapshots", try invocation.required(0), "restore")
            }),
        .ofTenant(
            "tenant fork", "a second tenant with the same content", [.required("NAME")],
            details: """
                Same people, apps, ids and secrets; its own tenant id, address, jobs and sample
                apps. It is gone with the simulator, or with 'tenant discard'.
                """,
            example: "tenant fork test-17",
            text: { answer in
                Fields.text([
                    ("tenant", answer.cell("name")), ("id", answer.cell("id")),
                    ("authority", answer.cell("authority")),
                    ("fork of", answer.cell("forkOf")), ("targets", answer.cell("targets")),
                ])
            },
            call: { invocation throws(CommandFailure) in
                .post("fork", body: ["name": .string(try invocation.required(0))])
            }),
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
        .ofTenant(
            "tenant reset", "back to the fixture, a fork to its beginning",
            example: "tenant reset", text: { "'\($0.cell("tenant"))' begins again\n" },
            call: { _ in .post("reset") }),
    ]
}
