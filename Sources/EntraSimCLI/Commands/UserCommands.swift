import SimCore

extension CommandTree {
    static let userCommands: [Command] = [
        Command(
            "user list", "users, or those in the recycle bin", [.optional("TEXT")],
            options: [UserListArguments.deleted.any] + ClientOptions.all,
            conflicts: ClientOptions.conflicts,
            details: "TEXT is part of the user principal name or display name.",
            example: "user list adele"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let isDeleted = invocation.has(UserListArguments.deleted)
            let answer = try client.send(
                "GET", ["tenants", try context.tenant(invocation, client), "users"],
                query: [("text", invocation.optional(0)), ("deleted", isDeleted ? "true" : nil)])
            context.show(answer, userTable(answer.list))
            return .success
        },
        Command(
            "user show", "one user with groups and apps", [.required("UPN")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "user show adele@contoso.example"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send("GET", try userPath(invocation, context, client))
            context.show(answer, objectText(answer))
            return .success
        },
        Command(
            "user add", "make a user", [.required("UPN")],
            options: UserArguments.common + [UserArguments.guest.any, UserArguments.disabled.any]
                + ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "user add mira@contoso.example --display-name 'Mira Holt' --department Sales"
        ) { invocation, context throws(CommandFailure) in
            var body = JSONObject([.init("userPrincipalName", .string(try invocation.required(0)))])
            for member in try UserArguments.body(invocation).members {
                body[member.name] = member.value
            }
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", ["tenants", try context.tenant(invocation, client), "users"],
                body: .object(body))
            context.show(
                answer, "added \(answer.cell("userPrincipalName"))  \(answer.cell("id"))\n")
            return .success
        },
        Command(
            "user set", "change a user's attributes", [.required("UPN")],
            options: [UserArguments.newName.any] + UserArguments.common
                + [UserArguments.clear.any] + ClientOptions.all,
            conflicts: ClientOptions.conflicts,
            example: "user set mira@contoso.example --job-title 'Team lead' --clear mobilePhone"
        ) { invocation, context throws(CommandFailure) in
            var body = try UserArguments.body(invocation)
            if let name = invocation[UserArguments.newName] {
                body["userPrincipalName"] = .string(name)
            }
            guard !body.isEmpty else { throw .nothingToChange("user set") }
            let client = try context.client(invocation)
            let answer = try client.send(
                "PATCH", try userPath(invocation, context, client), body: .object(body))
            context.show(answer, "changed \(answer.cell("userPrincipalName"))\n")
            return .success
        },
        userAction("enable", "allow sign-in", "enabled"),
        userAction("disable", "block sign-in", "disabled"),
        Command(
            "user delete", "into the recycle bin", [.required("UPN")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "user delete mira@contoso.example"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send("DELETE", try userPath(invocation, context, client))
            context.show(answer, "deleted \(try invocation.required(0)), restore within 30 days\n")
            return .success
        },
        userAction("restore", "out of the recycle bin", "restored"),
        userAction("purge", "out of the recycle bin for good", "purged"),
        userAction("revoke-sessions", "sign out everywhere", "signed out everywhere:"),
    ]

    private static func userAction(_ verb: String, _ summary: String, _ done: String) -> Command {
        Command(
            "user \(verb)", summary, [.required("UPN")], options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "user \(verb) mira@contoso.example"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", try userPath(invocation, context, client) + [verb])
            context.show(answer, "\(done) \(try invocation.required(0))\n")
            return .success
        }
    }

    private static func userPath(
        _ invocation: Invocation, _ context: CommandContext, _ client: SimulatorClient
    ) throws(CommandFailure) -> [String] {
        [
            "tenants", try context.tenant(invocation, client), "users",
            try invocation.required(0),
        ]
    }

    private static func userTable(_ users: [JSONValue]) -> String {
        var table = TextTable(["user principal name", "name", "department", "state"])
        let sorted = users.sorted { $0.cell("userPrincipalName") < $1.cell("userPrincipalName") }
        for user in sorted {
            table.add([
                user.cell("userPrincipalName"), user.cell("displayName"), user.cell("department"),
                userState(user),
            ])
        }
        return table.text
    }

    /// What keeps a user from plainly signing in, in a few words.
    private static func userState(_ user: JSONValue) -> String {
        var words: [String] = []
        if let time = user["deletedDateTime"]?.stringValue { words.append("deleted \(time)") }
        if user["accountEnabled"] == false { words.append("disabled") }
        if user["userType"] == "Guest" { words.append("guest") }
        if let time = user["lockedUntil"]?.stringValue { words.append("locked until \(time)") }
        if user["passwordExpired"] == true { words.append("password expired") }
        if user["requiresMfa"] == true { words.append("MFA") }
        return words.isEmpty ? "ok" : words.joined(separator: ", ")
    }

    /// Every member of an object, nested objects as JSON.
    static func objectText(_ value: JSONValue) -> String {
        Fields.text((value.objectValue?.members ?? []).map { ($0.name, value.cell($0.name)) })
    }
}

private enum UserListArguments {
    static let deleted = CommandOption<Bool>.flag("--deleted", "the recycle bin")
}
