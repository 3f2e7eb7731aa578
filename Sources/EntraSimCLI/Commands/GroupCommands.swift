import SimCore

/// Who a command is about: exactly one of two options.
private enum PrincipalArguments {
    static let user = CommandOption<String>.text("--user", "UPN", "a user")
    static let group = CommandOption<String>.text("--group", "NAME", "a group")
    static let role = CommandOption<String>.text(
        "--role", "ROLE", "app role by value or display name (default: default access)")
    static let description = CommandOption<String>.text("--description", "TEXT", "description")
    static let members = CommandOption<String>.text(
        "--member", "UPN", "a first member; may be repeated"
    ).repeatable

    static let all: [AnyOption] = [user.any, group.any]
    static let conflicts =
        [
            Command.Conflict(
                first: "--user", second: "--group", hint: "run the command once for each")
        ] + ClientOptions.conflicts

    /// The same, where a member may also stand bare: with an `@` it is a user.
    static func chosen(
        _ invocation: Invocation, bareAt index: Int
    ) throws(CommandFailure) -> (String, String) {
        guard let name = invocation.optional(index) else { return try chosen(invocation) }
        guard invocation[user] == nil, invocation[group] == nil else {
            throw CommandFailure(
                .usage, "'\(invocation.command.path)' got two members",
                hint: "run the command once for each")
        }
        return (name.contains("@") ? "user" : "group", name)
    }

    /// `("user", "adele@…")`
    static func chosen(_ invocation: Invocation) throws(CommandFailure) -> (String, String) {
        if let name = invocation[user] { return ("user", name) }
        if let name = invocation[group] { return ("group", name) }
        throw CommandFailure(
            .usage, "'\(invocation.command.path)' needs --user or --group",
            hint: "entra-sim \(invocation.command.example)")
    }
}

extension CommandTree {
    static let groupCommands: [Command] = [
        Command(
            "group list", "groups and their sizes", [.optional("TEXT")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts, example: "group list"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "GET", ["tenants", try context.tenant(invocation, client), "groups"],
                query: [("text", invocation.optional(0))])
            var table = TextTable(["group", "members", "description"], numeric: [1])
            for row in answer.list.sorted(by: { $0.cell("displayName") < $1.cell("displayName") }) {
                table.add([
                    row.cell("displayName"), row.cell("memberCount"), row.cell("description"),
                ])
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "group show", "one group with its members", [.required("NAME")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "group show claresia-admins"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send("GET", try groupPath(invocation, context, client))
            context.show(answer, groupText(answer))
            return .success
        },
        Command(
            "group add", "make a group", [.required("NAME")],
            options: [PrincipalArguments.description.any, PrincipalArguments.members.any]
                + ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "group add claresia-pilots --member adele@contoso.example"
        ) { invocation, context throws(CommandFailure) in
            var body: JSONObject = ["displayName": .string(try invocation.required(0))]
            body.appendIfPresent("description", invocation[PrincipalArguments.description])
            let members = invocation.all(PrincipalArguments.members)
            if !members.isEmpty { body.append("users", JSONValue(strings: members)) }
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", ["tenants", try context.tenant(invocation, client), "groups"],
                body: .object(body))
            context.show(answer, "added \(answer.cell("displayName"))  \(answer.cell("id"))\n")
            return .success
        },
        Command(
            "group rename", "give a group another name",
            [.required("NAME"), .required("NEW-NAME")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "group rename claresia-pilots claresia-eng-pilot"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "PATCH", try groupPath(invocation, context, client),
                body: ["displayName": .string(try invocation.required(1))])
            context.show(answer, "renamed to \(try invocation.required(1))\n")
            return .success
        },
        Command(
            "group delete", "delete a group", [.required("NAME")], options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "group delete claresia-pilots"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send("DELETE", try groupPath(invocation, context, client))
            context.show(answer, "deleted \(try invocation.required(0))\n")
            return .success
        },
        Command(
            "group add-member", "add a user or group to a group",
            [.required("NAME"), .optional("MEMBER")],
            options: PrincipalArguments.all + ClientOptions.all,
            conflicts: PrincipalArguments.conflicts,
            example: "group add-member claresia-admins adele@contoso.example"
        ) { invocation, context throws(CommandFailure) in
            let (kind, name) = try PrincipalArguments.chosen(invocation, bareAt: 1)
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", try groupPath(invocation, context, client) + ["members"],
                body: .object([kind: .string(name)]))
            context.show(answer, "added \(name) to \(try invocation.required(0))\n")
            return .success
        },
        Command(
            "group remove-member", "remove a user or group from a group",
            [.required("NAME"), .optional("MEMBER")],
            options: PrincipalArguments.all + ClientOptions.all,
            conflicts: PrincipalArguments.conflicts,
            example: "group remove-member claresia-admins adele@contoso.example"
        ) { invocation, context throws(CommandFailure) in
            let (kind, name) = try PrincipalArguments.chosen(invocation, bareAt: 1)
            let client = try context.client(invocation)
            let answer = try client.send(
                "DELETE", try groupPath(invocation, context, client) + ["members"],
                query: [(kind, name)])
            context.show(answer, "removed \(name) from \(try invocation.required(0))\n")
            return .success
        },
    ]

    static let assignmentCommands: [Command] = [
        Command(
            "assign", "let a user or group use an app", [.required("APP")],
            options: PrincipalArguments.all + [PrincipalArguments.role.any] + ClientOptions.all,
            conflicts: PrincipalArguments.conflicts,
            example: "assign Claresia --group claresia-users"
        ) { invocation, context throws(CommandFailure) in
            let (kind, name) = try PrincipalArguments.chosen(invocation)
            var body: JSONObject = [kind: .string(name)]
            body.appendIfPresent("appRole", invocation[PrincipalArguments.role])
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", try appPath(invocation, context, client) + ["assignments"],
                body: .object(body))
            context.show(answer, "assigned \(name) to \(try invocation.required(0))\n")
            return .success
        },
        Command(
            "unassign", "take an app away from a user or group", [.required("APP")],
            options: PrincipalArguments.all + ClientOptions.all,
            conflicts: PrincipalArguments.conflicts,
            example: "unassign Claresia --group claresia-users"
        ) { invocation, context throws(CommandFailure) in
            let (kind, name) = try PrincipalArguments.chosen(invocation)
            let client = try context.client(invocation)
            let answer = try client.send(
                "DELETE", try appPath(invocation, context, client) + ["assignments"],
                query: [(kind, name)])
            context.show(answer, "unassigned \(name) from \(try invocation.required(0))\n")
            return .success
        },
    ]

    static func appPath(
        _ invocation: Invocation, _ context: CommandContext, _ client: SimulatorClient
    ) throws(CommandFailure) -> [String] {
        [
            "tenants", try context.tenant(invocation, client), "apps", try invocation.required(0),
        ]
    }

    private static func groupPath(
        _ invocation: Invocation, _ context: CommandContext, _ client: SimulatorClient
    ) throws(CommandFailure) -> [String] {
        [
            "tenants", try context.tenant(invocation, client), "groups",
            try invocation.required(0),
        ]
    }

    private static func groupText(_ group: JSONValue) -> String {
        var text = Fields.text([
            ("group", group.cell("displayName")), ("description", group.cell("description")),
            ("id", group.cell("id")), ("members", group.cell("memberCount")),
        ])
        var table = TextTable(["type", "name", "display name"])
        let members = group["members"]?.arrayValue ?? []
        for member in members {
            table.add([member.cell("type"), member.cell("name"), member.cell("displayName")])
        }
        if !members.isEmpty { text += "\n" + table.text }
        return text
    }
}
