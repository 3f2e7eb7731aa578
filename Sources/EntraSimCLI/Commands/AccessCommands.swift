import SimCore

extension CommandTree {
    /// Conditional Access and the sign-in log.
    static let accessCommands: [Command] = [
        Command(
            "access list", "Conditional Access policies", options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "access list"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send("GET", try accessPath(invocation, context, client))
            var table = TextTable(["policy", "state", "what it does"])
            for row in answer.list {
                table.add([row.cell("displayName"), stateWord(row), row.cell("summary")])
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "access show", "one policy, as Graph writes it", [.required("POLICY")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "access show 'MFA outside the office'"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let path = try accessPath(invocation, context, client)
            let answer = try client.send("GET", path + [try invocation.required(0)])
            context.show(answer, objectText(answer))
            return .success
        },
        Command(
            "access add", "make a policy", [.required("NAME")],
            options: AccessArguments.policy + ClientOptions.all,
            conflicts: AccessArguments.conflicts + ClientOptions.conflicts,
            details: """
                Controls: mfa, compliantDevice, domainJoinedDevice, approvedApplication,
                compliantApplication, passwordChange. All that is left open means everybody,
                every app, everywhere.
                """,
            example: "access add 'MFA outside' --app Claresia --require mfa "
                + "--exclude-location AllTrusted"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", try accessPath(invocation, context, client),
                body: try AccessArguments.body(try invocation.required(0), invocation))
            context.show(
                answer, "added \(answer.cell("displayName")): \(answer.cell("summary"))\n")
            return .success
        },
        accessState("enable", "enforce a policy", "enabled"),
        accessState("disable", "switch a policy off", "disabled"),
        accessState(
            "report", "only record what a policy would do", "enabledForReportingButNotEnforced"),
        Command(
            "access remove", "delete a policy", [.required("POLICY")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "access remove 'MFA outside'"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let name = try invocation.required(0)
            let answer = try client.send(
                "DELETE", try accessPath(invocation, context, client) + [name])
            context.show(answer, "removed \(name)\n")
            return .success
        },
    ]

    static let locationCommands: [Command] = [
        Command(
            "location list", "places that policies name", options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "location list"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let path = try accessPath(invocation, context, client, "namedLocations")
            let answer = try client.send("GET", path)
            var table = TextTable(["location", "trusted", "where"])
            for row in answer.list {
                let ranges = (row["ipRanges"]?.arrayValue ?? []).map { $0.cell("cidrAddress") }
                let countries = (row["countriesAndRegions"]?.arrayValue ?? [])
                    .compactMap(\.stringValue)
                table.add([
                    row.cell("displayName"), row["isTrusted"] == true ? "yes" : "",
                    (ranges + countries).joined(separator: ", "),
                ])
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "location add", "make a named location", [.required("NAME")],
            options: [
                AccessArguments.ranges.any, AccessArguments.countries.any,
                AccessArguments.trusted.any,
            ] + ClientOptions.all,
            conflicts: [
                Command.Conflict(
                    first: "--range", second: "--country", hint: "make two locations")
            ] + ClientOptions.conflicts,
            example: "location add Office --range 203.0.113.0/24 --trusted"
        ) { invocation, context throws(CommandFailure) in
            let ranges = invocation.all(AccessArguments.ranges)
            let countries = invocation.all(AccessArguments.countries)
            guard ranges.isEmpty != countries.isEmpty else {
                throw CommandFailure(
                    .usage, "'location add' needs --range or --country",
                    hint: "entra-sim \(invocation.command.example)")
            }
            var body: JSONObject = ["displayName": .string(try invocation.required(0))]
            if ranges.isEmpty {
                body.append("countriesAndRegions", JSONValue(strings: countries))
            } else {
                body.append("ipRanges", JSONValue(strings: ranges))
                body.append("isTrusted", .bool(invocation.has(AccessArguments.trusted)))
            }
            let client = try context.client(invocation)
            let path = try accessPath(invocation, context, client, "namedLocations")
            let answer = try client.send("POST", path, body: .object(body))
            context.show(answer, "added \(answer.cell("displayName"))  \(answer.cell("id"))\n")
            return .success
        },
        Command(
            "location remove", "delete a named location", [.required("LOCATION")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "location remove Office"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let name = try invocation.required(0)
            let path = try accessPath(invocation, context, client, "namedLocations")
            let answer = try client.send("DELETE", path + [name])
            context.show(answer, "removed \(name)\n")
            return .success
        },
    ]

    private static func accessState(
        _ verb: String, _ summary: String, _ state: String
    ) -> Command {
        Command(
            "access \(verb)", summary, [.required("POLICY")], options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "access \(verb) 'MFA outside'"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "PATCH",
                try accessPath(invocation, context, client) + [try invocation.required(0)],
                body: ["state": .string(state)])
            context.show(answer, "\(answer.cell("displayName")) is \(stateWord(answer))\n")
            return .success
        }
    }

    private static func accessPath(
        _ invocation: Invocation, _ context: CommandContext, _ client: SimulatorClient,
        _ list: String = "policies"
    ) throws(CommandFailure) -> [String] {
        ["tenants", try context.tenant(invocation, client), "conditionalAccess", list]
    }

    private static func stateWord(_ policy: JSONValue) -> String {
        let state = policy.cell("state")
        return state == "enabledForReportingButNotEnforced" ? "report-only" : state
    }
}
