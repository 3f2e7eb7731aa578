import SimCore

extension AccessPolicyReader {
    func conditions(_ reader: FixtureObject) -> AccessConditions {
        var conditions = AccessConditions()
        conditions.userRiskLevels = reader.choices("userRiskLevels", RiskLevel.self)
        conditions.signInRiskLevels = reader.choices("signInRiskLevels", RiskLevel.self)
        for key in [
            "servicePrincipalRiskLevels", "insiderRiskLevels", "devices", "authenticationFlows",
            "agentIdRiskLevels",
        ] {
            reader.refuse(key)
        }
        conditions.clientAppTypes = reader.choices(
            "clientAppTypes", AccessConditions.ClientAppType.self)
        // Said or not, it means every kind.
        if conditions.clientAppTypes.contains(.all) { conditions.clientAppTypes = [] }
        if reader.object["applications"] == nil { conditions.includeTargets.all = true }
        reader.object("applications") { targets($0, into: &conditions) }
        reader.object("users") { people($0, into: &conditions) }
        reader.object("platforms") { object in
            conditions.platforms = AccessConditions.Sides(
                include: platforms("includePlatforms", object),
                exclude: platforms("excludePlatforms", object))
        }
        reader.object("locations") { object in
            conditions.locations = AccessConditions.Sides(
                include: places("includeLocations", object),
                exclude: places("excludeLocations", object))
        }
        reader.object("clientApplications") { object in
            conditions.workloads = workloads(object)
        }
        if conditions.workloads == nil, conditions.includePeople.isEmpty {
            reader.text.note(.missingKey("users"), at: reader.path)
        }
        return conditions
    }

    private func targets(_ reader: FixtureObject, into conditions: inout AccessConditions) {
        conditions.includeTargets = targets("includeApplications", reader)
        conditions.excludeTargets = targets("excludeApplications", reader)
        conditions.userActions = reader.choices(
            "includeUserActions", AccessConditions.UserAction.self)
        for entry in reader.strings("includeAuthenticationContextClassReferences") ?? [] {
            if AccessConditions.isAuthenticationContext(entry.text) {
                conditions.authenticationContexts.append(entry.text)
            } else {
                reader.text.note(.notA("c1 to c25", found: entry.text), at: entry.path)
            }
        }
        reader.refuse("applicationFilter")
    }

    private func targets(
        _ key: String, _ reader: FixtureObject
    ) -> AccessConditions.Targets {
        var targets = AccessConditions.Targets()
        for entry in reader.strings(key) ?? [] {
            if entry.text == "All" {
                targets.all = true
            } else if let suite = AccessConditions.Suite(rawValue: entry.text) {
                targets.suites.append(suite)
            } else if entry.text != "None",
                let app = resolved(entry, "application", reader, names.app)
            {
                targets.apps.append(app)
            }
        }
        return targets
    }

    private func people(_ reader: FixtureObject, into conditions: inout AccessConditions) {
        conditions.includePeople = people("include", reader)
        conditions.excludePeople = people("exclude", reader)
    }

    private func people(_ side: String, _ reader: FixtureObject) -> AccessConditions.People {
        var people = AccessConditions.People()
        for entry in reader.strings(side + "Users") ?? [] {
            switch entry.text {
            case "All": people.everyone = true
            case "GuestsOrExternalUsers": people.guests = true
            case "None": break
            default:
                if let user = resolved(entry, "user", reader, names.user) {
                    people.users.append(user)
                }
            }
        }
        people.groups = (reader.strings(side + "Groups") ?? []).compactMap {
            resolved($0, "group", reader, names.group)
        }
        for entry in reader.strings(side + "Roles") ?? [] {
            if let role = GUID(entry.text) {
                people.roles.append(role)
            } else {
                reader.text.note(.notA("a role template id", found: entry.text), at: entry.path)
            }
        }
        reader.object(side + "GuestsOrExternalUsers") { object in
            for name in object.object.names { _ = object.value(name) }
            people.guests = true
        }
        return people
    }

    private func platforms(_ key: String, _ reader: FixtureObject) -> [DevicePlatform] {
        (reader.strings(key) ?? []).compactMap { entry in
            if entry.text == "all" { return nil }
            if let platform = DevicePlatform(rawValue: entry.text) { return platform }
            let known = ["all"] + DevicePlatform.allCases.map(\.rawValue)
            reader.text.note(
                .notOneOf(known, found: entry.text), at: entry.path,
                nearest: NearestName.of(entry.text, in: known))
            return nil
        }
    }

    private func places(_ key: String, _ reader: FixtureObject) -> [AccessConditions.Place] {
        (reader.strings(key) ?? []).compactMap { entry in
            switch entry.text {
            case "All": return .all
            case "AllTrusted": return .allTrusted
            case GUID.zero.description: return .trustedByFactorSettings
            default:
                return resolved(entry, "named location", reader, names.location)
                    .map { .named($0) }
            }
        }
    }

    private func workloads(_ reader: FixtureObject) -> AccessConditions.Workloads? {
        var workloads = AccessConditions.Workloads()
        for entry in reader.strings("includeServicePrincipals") ?? [] {
            if entry.text == AccessConditions.Workloads.allOwnWord {
                workloads.allOwn = true
            } else if entry.text != "None",
                let app = resolved(entry, "application", reader, names.servicePrincipal)
            {
                workloads.include.append(app)
            }
        }
        workloads.exclude = (reader.strings("excludeServicePrincipals") ?? []).compactMap {
            resolved($0, "application", reader, names.servicePrincipal)
        }
        reader.refuse("servicePrincipalFilter")
        return workloads == AccessConditions.Workloads() ? nil : workloads
    }

    private func resolved<Value>(
        _ entry: (text: String, path: [JSONStep]), _ kind: String, _ reader: FixtureObject,
        _ find: (String) -> NameFinding<Value>
    ) -> Value? {
        switch find(entry.text) {
        case .found(let value): return value
        case .ambiguous:
            reader.text.note(.ambiguousReference(kind: kind, name: entry.text), at: entry.path)
        case .unknown(let nearest):
            reader.text.note(
                .unknownReference(kind: kind, name: entry.text), at: entry.path, nearest: nearest)
        }
        return nil
    }
}
