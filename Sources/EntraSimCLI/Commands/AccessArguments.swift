import SimCore
import SimDirectory
import SimPortal

/// Options that describe a Conditional Access policy, and the JSON they become.
enum AccessArguments {
    static let controls = CommandOption<ConditionalAccessPolicy.Control>.choice(
        "--require", "demand this; may be repeated", placeholder: "CONTROL"
    ).repeatable
    static let any = CommandOption<Bool>.flag("--any", "one of the demands is enough")
    static let block = CommandOption<Bool>.flag("--block", "let nobody in")
    static let users = name("--user", "UPN", "a person, All or GuestsOrExternalUsers")
    static let groups = name("--group", "NAME", "a group")
    static let apps = name("--app", "APP", "an app it is about (default: All)")
    static let locations = name("--location", "NAME", "a named location, All or AllTrusted")
    static let noUsers = name("--exclude-user", "UPN", "a person left out")
    static let noGroups = name("--exclude-group", "NAME", "a group left out")
    static let noApps = name("--exclude-app", "APP", "an app left out")
    static let noLocations = name("--exclude-location", "NAME", "a location left out")
    static let platforms = CommandOption<DevicePlatform>.choice(
        "--platform", "only on this; may be repeated", placeholder: "PLATFORM"
    ).repeatable
    static let clients = CommandOption<AccessConditions.ClientAppType>.choice(
        "--client", "only from this kind of client; may be repeated", placeholder: "KIND"
    ).repeatable
    static let risks = CommandOption<RiskLevel>.choice(
        "--sign-in-risk", "only at this risk; may be repeated", placeholder: "LEVEL"
    ).repeatable
    static let userRisks = CommandOption<RiskLevel>.choice(
        "--user-risk", "only at this risk of the account; may be repeated", placeholder: "LEVEL"
    ).repeatable
    static let frequency = CommandOption<Duration>.duration(
        "--frequency", "sign in again after this long: whole hours or days")
    static let reportOnly = CommandOption<Bool>.flag(
        "--report-only", "only record what it would do")
    static let disabled = CommandOption<Bool>.flag("--disabled", "switched off at first")
    static let trusted = CommandOption<Bool>.flag("--trusted", "one of the trusted locations")
    static let ranges = name("--range", "CIDR", "a block of addresses")
    static let countries = name("--country", "CODE", "a country, two letters")

    static let policy: [AnyOption] = [
        controls.any, any.any, block.any, users.any, groups.any, apps.any, locations.any,
        noUsers.any, noGroups.any, noApps.any, noLocations.any, platforms.any, clients.any,
        risks.any, userRisks.any, frequency.any, reportOnly.any, disabled.any,
    ]

    static let conflicts = [
        Command.Conflict(
            first: "--block", second: "--require", hint: "a policy blocks or demands, not both"),
        Command.Conflict(
            first: "--report-only", second: "--disabled", hint: "choose one state"),
    ]

    private static func name(
        _ option: String, _ placeholder: String, _ help: String
    ) -> CommandOption<String> {
        .text(option, placeholder, help + "; may be repeated").repeatable
    }

    /// The body of a create, in Graph's form.
    static func body(_ name: String, _ invocation: Invocation) throws(CommandFailure) -> JSONValue {
        let controls =
            invocation.has(block) ? ["block"] : invocation.all(controls).map(\.rawValue)
        guard !controls.isEmpty || invocation[frequency] != nil else {
            throw CommandFailure(
                .usage, "'\(invocation.command.path)' needs --require, --block or --frequency",
                hint: "entra-sim \(invocation.command.example)")
        }
        var body: JSONObject = [
            "displayName": .string(name), "state": .string(state(invocation)),
            "conditions": .object(conditions(invocation)),
        ]
        if !controls.isEmpty {
            body.append(
                "grantControls",
                [
                    "operator": invocation.has(any) ? "OR" : "AND",
                    "builtInControls": JSONValue(strings: controls),
                ])
        }
        if let limit = invocation[frequency] {
            body.append("sessionControls", ["signInFrequency": try signInFrequency(limit)])
        }
        return .object(body)
    }

    private static func state(_ invocation: Invocation) -> String {
        if invocation.has(disabled) { return "disabled" }
        return invocation.has(reportOnly) ? "enabledForReportingButNotEnforced" : "enabled"
    }

    private static func signInFrequency(_ limit: Duration) throws(CommandFailure) -> JSONValue {
        let seconds = limit.components.seconds
        for (unit, length) in [("days", Int64(86_400)), ("hours", 3_600)]
        where seconds % length == 0 {
            return ["value": .int(seconds / length), "type": .string(unit), "isEnabled": true]
        }
        throw CommandFailure(
            .usage, "'--frequency' counts whole hours or days", hint: "write it as 8h or 1d")
    }

    private static func conditions(_ invocation: Invocation) -> JSONObject {
        let users = invocation.all(users)
        let groups = invocation.all(groups)
        let apps = invocation.all(apps)
        var conditions: JSONObject = [
            "users": [
                "includeUsers": JSONValue(
                    strings: users.isEmpty && groups.isEmpty ? ["All"] : users),
                "excludeUsers": JSONValue(strings: invocation.all(noUsers)),
                "includeGroups": JSONValue(strings: groups),
                "excludeGroups": JSONValue(strings: invocation.all(noGroups)),
            ],
            "applications": [
                "includeApplications": JSONValue(strings: apps.isEmpty ? ["All"] : apps),
                "excludeApplications": JSONValue(strings: invocation.all(noApps)),
            ],
        ]
        let places = invocation.all(locations)
        let without = invocation.all(noLocations)
        if !places.isEmpty || !without.isEmpty {
            conditions.append(
                "locations",
                [
                    "includeLocations": JSONValue(strings: places.isEmpty ? ["All"] : places),
                    "excludeLocations": JSONValue(strings: without),
                ])
        }
        let platforms = invocation.all(platforms)
        if !platforms.isEmpty {
            conditions.append(
                "platforms", ["includePlatforms": JSONValue(strings: platforms.map(\.rawValue))])
        }
        let lists = [
            ("clientAppTypes", invocation.all(clients).map(\.rawValue)),
            ("signInRiskLevels", invocation.all(risks).map(\.rawValue)),
            ("userRiskLevels", invocation.all(userRisks).map(\.rawValue)),
        ]
        for (key, words) in lists where !words.isEmpty {
            conditions.append(key, JSONValue(strings: words))
        }
        return conditions
    }
}
