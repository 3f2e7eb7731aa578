import SimCore

/// A defect of one app as a switch: how a fixture, the command line and the app's own page turn it
/// on. It becomes a fault rule at site `apps`, named `claresia/lost-writes`; there is no other
/// mechanism.
///
/// JSON: `true`; a rate such as `0.3`; or an object with the conditions of a rule, flat:
/// `{"rate": 0.3, "operation": "create", "object": "user", "delay": "5s"}`.
package struct DefectSwitch: Hashable, Sendable {
    /// What an object may say beside nothing at all.
    package static let keys =
        ["rate"] + whereKeys + whomKeys + whenKeys + AppDefect.settings
    private static let whereKeys = ["operation", "object"]
    private static let whomKeys = ["user", "method", "call"]
    private static let whenKeys = [
        "times", "after", "every", "seed", "from", "until", "expiresIn",
    ]

    /// The app's path segment.
    package let app: String
    package let name: AppDefect.Name
    package let rule: FaultRule

    /// - Parameters:
    ///   - app: the path segment under `/apps/`.
    ///   - name: as people write it; refused with the nearest one.
    package init(
        app: String, name: String, settings: JSONValue
    ) throws(FaultRuleError) {
        guard let known = AppDefect.Name(rawValue: name) else {
            let names = AppDefect.Name.allCases.map(\.rawValue)
            throw FaultRuleError(
                "there is no defect '\(name)'",
                hint: NearestName.of(name, in: names).map { "did you mean '\($0)'?" }
                    ?? "one of: \(names.joined(separator: ", "))", isUnknownKey: true)
        }
        self.app = app
        self.name = known
        rule = try FaultRule(Self.rule(app, known, settings))
    }

    /// What the rule of a switch is called.
    package static func ruleName(_ app: String, _ name: AppDefect.Name) -> String {
        "\(app)/\(name.rawValue)"
    }

    private static func rule(
        _ app: String, _ name: AppDefect.Name, _ settings: JSONValue
    ) throws(FaultRuleError) -> JSONValue {
        var flat = JSONObject()
        if let object = settings.objectValue {
            flat = object
        } else if settings != .bool(true) {
            flat["rate"] = settings
        }
        let reader = try FaultObjectReader(
            .object(flat), keys: keys, place: "'\(name.rawValue)'")
        if let rate = try reader.fraction("rate"), rate == 0 {
            throw FaultRuleError("'rate' of '\(name.rawValue)' is above 0", hint: "leave it out")
        }
        var place: JSONObject = ["site": .string(FaultSite.apps.rawValue)]
        var whom: JSONObject = ["app": .string(app)]
        var when = JSONObject()
        var what: JSONObject = ["defect": .string(name.rawValue)]
        // A rate of 1 is always, and draws nothing.
        if let rate = flat["rate"], rate.doubleValue != 1 { when["probability"] = rate }
        for member in flat.members {
            if whereKeys.contains(member.name) { place[member.name] = member.value }
            if whomKeys.contains(member.name) { whom[member.name] = member.value }
            if whenKeys.contains(member.name) { when[member.name] = member.value }
            if AppDefect.settings.contains(member.name) { what[member.name] = member.value }
        }
        var rule: JSONObject = [
            "name": .string(ruleName(app, name)), "where": .object(place), "whom": .object(whom),
        ]
        if !when.isEmpty { rule.append("when", .object(when)) }
        rule.append("what", .object(what))
        return .object(rule)
    }
}

extension FaultRule {
    /// The defect this rule gives the app of that path segment; nil when it gives it none.
    package func defect(ofApp app: String) -> AppDefect? {
        guard case .defect(let defect) = effect, target.app == nil || target.app == app else {
            return nil
        }
        return defect
    }
}
