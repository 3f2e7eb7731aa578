import SimCore

extension CommandTree {
    static let tenantCommands: [Command] = [
        Command(
            "tenant list", "tenants and their sizes", options: ClientOptions.connection,
            conflicts: ClientOptions.conflicts, example: "tenant list"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send("GET", ["tenants"])
            var table = TextTable(
                ["name", "domain", "id", "users", "groups", "apps"], numeric: [3, 4, 5])
            for row in answer.list {
                table.add([
                    row.cell("name"), row["domains"]?.arrayValue?.first?.stringValue ?? "",
                    row.cell("id"), row.cell("userCount"), row.cell("groupCount"),
                    row.cell("appCount"),
                ])
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "tenant show", "one tenant with its apps", [.optional("TENANT")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "tenant show contoso"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "GET", ["tenants", try named(invocation, context, client)])
            context.show(answer, tenantText(answer, client))
            return .success
        },
        Command(
            "tenant check", "validate fixture files", [.optional("PATH")],
            details: "Names file, line, key and the nearest known key. Needs no simulator.",
            example: "tenant check tenants/contoso"
        ) { invocation, context throws(CommandFailure) in
            let check = try context.launcher.check(invocation.optional(0) ?? "tenants")
            context.show(FixtureCheckText.json(check), FixtureCheckText.text(check))
            return check.findings.isEmpty ? .success : .foundFailing
        },
        Command(
            "tenant generate", "write a large, believable, seeded tenant", [.optional("NAME")],
            options: [
                GenerateArguments.users.any, GenerateArguments.groups.any,
                GenerateArguments.seed.any, GenerateArguments.folder.any,
            ],
            example: "tenant generate fabrikam --users 10000 --groups 200 --seed 42"
        ) { invocation, context throws(CommandFailure) in
            let name = invocation.optional(0) ?? "generated"
            guard name.utf8.allSatisfy(GenerateArguments.isNameByte), !name.hasPrefix("-") else {
                throw CommandFailure(
                    .usage, "'\(name)' cannot name a tenant",
                    hint: "use lower-case letters, digits and dashes")
            }
            let options = GenerateOptions(
                name: name, users: invocation[GenerateArguments.users] ?? 1_000,
                groups: invocation[GenerateArguments.groups] ?? 50,
                seed: invocation[GenerateArguments.seed] ?? 1,
                folder: invocation[GenerateArguments.folder] ?? "tenants")
            let path = try context.launcher.generate(options)
            context.show(["path": .string(path)], path + "\n")
            return .success
        },
        Command(
            "tenant export", "the running tenant as a fixture", [.optional("TENANT")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "tenant export contoso > tenants/copy/tenant.json"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "GET", ["tenants", try named(invocation, context, client), "export"])
            context.show(answer, answer.prettyText + "\n")
            return .success
        },
    ]

    private static func named(
        _ invocation: Invocation, _ context: CommandContext, _ client: SimulatorClient
    ) throws(CommandFailure) -> String {
        if let name = invocation.optional(0) { return name }
        return try context.tenant(invocation, client)
    }

    private static func tenantText(_ tenant: JSONValue, _ client: SimulatorClient) -> String {
        var text = Fields.text([
            ("tenant", tenant.cell("name")), ("display name", tenant.cell("displayName")),
            ("id", tenant.cell("id")), ("domains", tenant.cell("domains")),
            ("authority", tenant.cell("authority")), ("users", tenant.cell("userCount")),
            ("groups", tenant.cell("groupCount")),
        ])
        var table = TextTable(["app", "client id", "provisioning"])
        let apps = tenant["apps"]?.arrayValue ?? []
        for app in apps {
            table.add([
                app.cell("displayName"), app.cell("appId"),
                client.tenantURL(of: app),
            ])
        }
        if !apps.isEmpty { text += "\n" + table.text }
        return text
    }
}

/// Options of `tenant generate`.
private enum GenerateArguments {
    static let users = CommandOption<Int>.number(
        "--users", "number of users (default 1000)", in: 1...2_000_000)
    static let groups = CommandOption<Int>.number(
        "--groups", "number of groups (default 50)", in: 0...100_000)
    static let seed = CommandOption<UInt64>.seed("same seed, same tenant (default 1)")
    static let folder = CommandOption<String>.text(
        "--tenants", "DIR", "folder to write into (default tenants)")

    static func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }
}

/// The result of `tenant check`.
enum FixtureCheckText {
    static func text(_ check: FixtureCheck) -> String {
        var text = ""
        for finding in check.findings {
            text += "\(finding.file)\(finding.line.map { ":\($0)" } ?? ""): "
            text += (finding.key.map { "\($0): " } ?? "") + "\(finding.message)\n"
            if let hint = finding.hint { text += "  hint: \(hint)\n" }
        }
        for tenant in check.tenants.sorted(by: { $0.name < $1.name }) {
            text +=
                "\(tenant.name): \(tenant.users) users, \(tenant.groups) groups, "
                + "\(tenant.apps) apps\n"
        }
        let count = check.findings.count
        return text
            + (count == 0 ? "no mistakes\n" : count == 1 ? "1 mistake\n" : "\(count) mistakes\n")
    }

    static func json(_ check: FixtureCheck) -> JSONValue {
        [
            "tenants": .array(
                check.tenants.sorted { $0.name < $1.name }.map {
                    [
                        "name": .string($0.name), "userCount": .int(Int64($0.users)),
                        "groupCount": .int(Int64($0.groups)), "appCount": .int(Int64($0.apps)),
                    ]
                }),
            "findings": .array(
                check.findings.map { finding in
                    var row: JSONObject = ["file": .string(finding.file)]
                    row.appendIfPresent("line", finding.line.map { .int(Int64($0)) })
                    row.appendIfPresent("key", finding.key)
                    row.append("message", .string(finding.message))
                    row.appendIfPresent("hint", finding.hint)
                    return .object(row)
                }),
        ]
    }
}
