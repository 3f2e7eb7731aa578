import SimCore
import SimDirectory

/// Policies and locations as the control API shows them: Graph's form, ids and all, and for
/// policies a line that says the same to a person.
package enum AccessAnswer {
    package static func json(
        _ policy: ConditionalAccessPolicy, in directory: some DirectoryQueries
    ) -> JSONValue {
        var object = policy.json()
        object.append("summary", .string(summary(policy, in: directory)))
        return .object(object)
    }

    package static func json(_ location: NamedLocation) -> JSONValue { .object(location.json) }

    /// `everyone but Sales; Claresia; outside Office: mfa; sign in every 8 hours`
    static func summary(
        _ policy: ConditionalAccessPolicy, in directory: some DirectoryQueries
    ) -> String {
        let readable = policy.json(.names(in: directory))
        let conditions = readable["conditions"]
        var parts = [people(conditions?["users"]), apps(conditions?["applications"])]
        if policy.conditions.workloads != nil {
            parts[0] =
                "applications "
                + words(conditions?["clientApplications"]?["includeServicePrincipals"])
        }
        if let platforms = conditions?["platforms"], !platforms.isNull {
            parts.append(
                sides("on", platforms["includePlatforms"], platforms["excludePlatforms"]))
        }
        if let places = conditions?["locations"], !places.isNull {
            parts.append(sides("at", places["includeLocations"], places["excludeLocations"]))
        }
        for (name, word) in [("signInRiskLevels", "risk"), ("userRiskLevels", "user risk")] {
            let levels = words(conditions?[name])
            if !levels.isEmpty { parts.append("\(word) \(levels)") }
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "; ") + ": " + controls(policy)
    }

    private static func people(_ users: JSONValue?) -> String {
        let include = ["includeUsers", "includeGroups"].map { words(users?[$0]) }
        let exclude = ["excludeUsers", "excludeGroups"].map { words(users?[$0]) }
        let named = include.filter { !$0.isEmpty && $0 != "None" }.joined(separator: ", ")
        let without = exclude.filter { !$0.isEmpty }.joined(separator: ", ")
        return (named == "All" ? "everyone" : named) + (without.isEmpty ? "" : " but \(without)")
    }

    private static func apps(_ apps: JSONValue?) -> String {
        let actions = words(apps?["includeUserActions"])
        let contexts = words(apps?["includeAuthenticationContextClassReferences"])
        let targets = sides("", apps?["includeApplications"], apps?["excludeApplications"])
        return [targets == "All" ? "all apps" : targets, actions, contexts]
            .filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func sides(
        _ word: String, _ include: JSONValue?, _ exclude: JSONValue?
    ) -> String {
        let without = words(exclude)
        let all = [word, words(include)].filter { !$0.isEmpty }.joined(separator: " ")
        return all + (without.isEmpty ? "" : " but \(without)")
    }

    private static func controls(_ policy: ConditionalAccessPolicy) -> String {
        var parts: [String] = []
        if let grant = policy.grant {
            let joint = grant.operator == .all ? " and " : " or "
            var asked = grant.controls.map(\.rawValue)
            if let strength = grant.strength { asked.append(strength.displayName) }
            asked += grant.termsOfUse.map { "terms \($0)" }
            parts.append(asked.joined(separator: joint))
        }
        switch policy.session?.frequency?.interval {
        case nil: break
        case .everyTime: parts.append("sign in every time")
        case .every(let count, let unit): parts.append("sign in every \(count) \(unit.rawValue)")
        }
        if let mode = policy.session?.persistence {
            parts.append("stay signed in \(mode.rawValue)")
        }
        return parts.joined(separator: "; ")
    }

    private static func words(_ list: JSONValue?) -> String {
        (list?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
    }
}
