import SimCore
import SimPortal

private enum SecretArguments {
    static let displayName = CommandOption<String>.text("--name", "NAME", "its description")
    static let until = CommandOption<Timestamp>.instant("--until", "its end (default: in 180 days)")
    static let library = CommandOption<ClientLibrary>.choice(
        "--for", "the client library (default env)")
}

extension CommandTree {
    static let appCommands: [Command] = [
        Command(
            "app list", "apps of the tenant", options: ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "app list"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let answer = try client.send(
                "GET", ["tenants", try context.tenant(invocation, client), "apps"])
            var table = TextTable(["app", "client id", "assigned", "provisioning"], numeric: [2])
            for app in answer.list.sorted(by: { $0.cell("displayName") < $1.cell("displayName") }) {
                table.add([
                    app.cell("displayName"), app.cell("appId"), app.cell("assignmentCount"),
                    client.tenantURL(of: app),
                ])
            }
            context.show(answer, table.text)
            return .success
        },
        Command(
            "app show", "one app, registration and enterprise app", [.required("APP")],
            options: ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "app show Claresia"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let path = try appPath(invocation, context, client)
            let answer = try client.send("GET", path)
            let assigned = try client.send("GET", path + ["assignments"]).list
            var object = answer.objectValue ?? [:]
            object["assignments"] = .array(assigned)
            context.show(.object(object), appText(answer, assigned, client))
            return .success
        },
        Command(
            "app add", "register an app, with its enterprise app", [.required("NAME")],
            options: AppArguments.all + ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "app add Orders --web-redirect https://localhost:3000/callback"
        ) { invocation, context throws(CommandFailure) in
            var body: JSONObject = ["displayName": .string(try invocation.required(0))]
            for member in AppArguments.body(invocation).members {
                body.append(member.name, member.value)
            }
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", ["tenants", try context.tenant(invocation, client), "apps"],
                body: .object(body))
            context.show(
                answer,
                Fields.text([
                    ("added", answer.cell("displayName")), ("client id", answer.cell("appId")),
                    ("object id", answer.cell("id")),
                    ("enterprise app", answer.cell("servicePrincipalId")),
                ]))
            return .success
        },
        Command(
            "app set", "change an app", [.required("APP")],
            options: [AppArguments.displayName.any] + AppArguments.all + ClientOptions.all,
            conflicts: ClientOptions.conflicts,
            example: "app set Claresia --assignment-required on"
        ) { invocation, context throws(CommandFailure) in
            var body = AppArguments.body(invocation)
            body.appendIfPresent("displayName", invocation[AppArguments.displayName])
            guard !body.isEmpty else { throw .nothingToChange("app set") }
            let client = try context.client(invocation)
            let answer = try client.send(
                "PATCH", try appPath(invocation, context, client), body: .object(body))
            context.show(answer, "changed \(answer.cell("displayName"))\n")
            return .success
        },
        Command(
            "app add-secret", "a new client secret; its value is shown this once",
            [.required("APP")],
            options: [SecretArguments.displayName.any, SecretArguments.until.any]
                + ClientOptions.all, conflicts: ClientOptions.conflicts,
            example: "app add-secret Claresia --name ci"
        ) { invocation, context throws(CommandFailure) in
            var body = JSONObject()
            body.appendIfPresent("displayName", invocation[SecretArguments.displayName])
            body.appendIfPresent("endDateTime", invocation[SecretArguments.until]?.iso8601)
            let client = try context.client(invocation)
            let answer = try client.send(
                "POST", try appPath(invocation, context, client) + ["secrets"],
                body: .object(body))
            context.show(
                answer,
                Fields.text([
                    ("client id", answer.cell("appId")), ("secret", answer.cell("secretText")),
                    ("key id", answer.cell("keyId")), ("until", answer.cell("endDateTime")),
                ]))
            context.note("the value is not shown again")
            return .success
        },
        Command(
            "app config", "settings to paste into a client", [.required("APP")],
            options: [SecretArguments.library.any] + ClientOptions.all,
            conflicts: ClientOptions.conflicts, example: "app config Claresia --for msal-python"
        ) { invocation, context throws(CommandFailure) in
            let client = try context.client(invocation)
            let library = invocation[SecretArguments.library] ?? .env
            let text = try client.text(
                try appPath(invocation, context, client) + ["config"],
                query: [("for", library.rawValue)])
            context.show(["for": .string(library.rawValue), "text": .string(text)], text)
            return .success
        },
    ]

    /// `ci Ab1… until 2026-07-04T08:00:00Z`
    private static func secretText(_ secret: JSONValue) -> String {
        let cells = ["displayName", "hint", "endDateTime"].map(secret.cell)
        return "\(cells[0]) \(cells[1])… until \(cells[2])"
    }

    private static func appText(
        _ app: JSONValue, _ assigned: [JSONValue], _ client: SimulatorClient
    ) -> String {
        var text = Fields.text([
            ("app", app.cell("displayName")), ("client id", app.cell("appId")),
            ("object id", app.cell("id")), ("enterprise app", app.cell("servicePrincipalId")),
            ("audience", app.cell("signInAudience")),
            ("identifier", app.cell("identifierUris")),
            ("web", app["web"]?.cell("redirectUris") ?? ""),
            ("spa", app["spa"]?.cell("redirectUris") ?? ""),
            ("public", app["publicClient"]?.cell("redirectUris") ?? ""),
            ("assignment required", app.cell("appRoleAssignmentRequired")),
            (
                "secrets",
                (app["passwordCredentials"]?.arrayValue ?? []).map(secretText)
                    .joined(separator: ", ")
            ),
            ("provisioning", client.tenantURL(of: app)),
        ])
        var table = TextTable(["assigned", "name", "role"])
        for row in assigned {
            table.add([row.cell("type"), row.cell("name"), row.cell("appRole")])
        }
        if !assigned.isEmpty { text += "\n" + table.text }
        return text
    }
}
