import SimCore
import SimDirectory
import SimPortal

private enum PolicyArguments {
    static let userConsent = CommandOption<TenantPolicies.UserConsent>.choice(
        "--user-consent", "what people may consent to by themselves")
    static let requests = CommandOption<AppArguments.Toggle>.choice(
        "--admin-consent-requests", "who may not consent can ask an administrator")
    static let api = CommandOption<String>.text(
        "--api", "APP", "the API (default: Microsoft Graph)")
    static let scope = CommandOption<String>.text(
        "--scope", "SCOPE", "a delegated permission; may be repeated"
    ).repeatable
    static let appRole = CommandOption<String>.text(
        "--role", "ROLE", "a permission for the app itself; may be repeated"
    ).repeatable
    static let app = CommandOption<String>.text(
        "--app", "APP", "tokens for this app only (default: every app)")
}

extension CommandTree {
    /// Who administers a tenant, and what it decides.
    static let policyCommands: [Command] = [
        .ofTenant(
            "role list", "who has which directory role", example: "role list", text: roleText
        ) { _ in .get("roles") },
        role("assign", "give a user, group or app a directory role") { role, principal in
            .post("roles", body: ["role": .string(role), "principal": .string(principal)])
        },
        role("unassign", "take a directory role away") { role, principal in
            .delete("roles", query: [("role", role), ("principal", principal)])
        },
        .ofTenant(
            "app require", "list permissions an app needs", [.required("APP")],
            options: [
                PolicyArguments.api.any, PolicyArguments.scope.any, PolicyArguments.appRole.any,
            ],
            details: "They are what '.default' and an administrator's consent are about.",
            example: "app require Claresia --scope User.Read --scope Group.Read.All",
            text: needText
        ) { invocation throws(CommandFailure) in
            var body = JSONObject()
            body.appendIfPresent("api", invocation[PolicyArguments.api])
            for (key, option) in [
                ("scopes", PolicyArguments.scope), ("roles", PolicyArguments.appRole),
            ] where !invocation.all(option).isEmpty {
                body.append(key, JSONValue(strings: invocation.all(option)))
            }
            return .post("apps", try invocation.required(0), "permissions", body: body)
        },
        .ofTenant(
            "app consent", "an administrator's consent to all an app lists", [.required("APP")],
            example: "app consent Claresia", text: needText
        ) { invocation throws(CommandFailure) in
            .post("apps", try invocation.required(0), "consent")
        },
        .ofTenant(
            "tenant set", "what people may consent to",
            options: [PolicyArguments.userConsent.any, PolicyArguments.requests.any],
            example: "tenant set --user-consent lowRisk --admin-consent-requests on",
            text: policyText
        ) { invocation throws(CommandFailure) in
            var body = JSONObject()
            body.appendIfPresent(
                "userConsent", invocation[PolicyArguments.userConsent]?.rawValue)
            body.appendIfPresent(
                "adminConsentRequests", invocation[PolicyArguments.requests]?.json)
            guard !body.isEmpty else { throw .nothingToChange("tenant set") }
            return .patch("policies", body: body)
        },
        .ofTenant(
            "token lifetime", "how long tokens live; 'default' for the service's own choice",
            [.required("DURATION")], options: [PolicyArguments.app.any],
            details: "10m to 1d. A policy of an app wins over the organization's.",
            example: "token lifetime 30m --app Claresia", text: policyText
        ) { invocation throws(CommandFailure) in
            let text = try invocation.required(0)
            var body = JSONObject()
            if text == "default" {
                body.append("accessTokenLifetime", .null)
            } else {
                guard let lifetime = DurationText.parse(text), lifetime > .zero else {
                    throw CommandFailure(
                        .usage, "'\(text)' is not a duration", hint: "write it as 30m, 8h or 1d")
                }
                body.append("accessTokenLifetime", .string(DurationText.short(lifetime)))
            }
            body.appendIfPresent("app", invocation[PolicyArguments.app])
            return .post("policies", "token-lifetime", body: body)
        },
    ]

    /// - Parameter call: with a role and who holds it.
    private static func role(
        _ verb: String, _ summary: String,
        _ call: @escaping @Sendable (String, String) -> TenantCall
    ) -> Command {
        .ofTenant(
            "role \(verb)", summary, [.required("ROLE"), .required("PRINCIPAL")],
            example: "role \(verb) 'Global Administrator' megan@contoso.example", text: roleText
        ) { invocation throws(CommandFailure) in
            call(try invocation.required(0), try invocation.required(1))
        }
    }

    private static func needText(_ answer: JSONValue) -> String {
        var table = TextTable(["api", "scopes", "roles"])
        for need in answer["requiredResourceAccess"]?.arrayValue ?? [] {
            table.add([need.cell("resource"), need.cell("scopes"), need.cell("roles")])
        }
        return table.text
    }

    private static func roleText(_ answer: JSONValue) -> String {
        var table = TextTable(["role", "holder", "name"])
        for row in answer.list {
            table.add([row.cell("role"), row.cell("type"), row.cell("name")])
        }
        return table.text
    }

    private static func policyText(_ answer: JSONValue) -> String {
        var text = Fields.text([
            ("user consent", answer.cell("userConsent")),
            ("consent requests", answer["adminConsentRequests"] == true ? "on" : "off"),
        ])
        var table = TextTable(["token lifetime", "policy", "for"])
        let policies = answer["tokenLifetimePolicies"]?.arrayValue ?? []
        for policy in policies {
            let apps = [policy.cell("enterpriseApps"), policy.cell("apps")].filter { !$0.isEmpty }
            table.add([
                policy.cell("accessTokenLifetime"), policy.cell("displayName"),
                policy["isOrganizationDefault"] == true
                    ? "every app" : apps.joined(separator: ", "),
            ])
        }
        if !policies.isEmpty { text += "\n" + table.text }
        return text
    }
}
