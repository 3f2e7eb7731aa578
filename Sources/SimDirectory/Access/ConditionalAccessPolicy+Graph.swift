import SimCore

/// How policies call what they refer to: by id, as Graph does, or by natural names.
package struct AccessNaming: Sendable {
    package let user: @Sendable (UserID) -> String
    package let group: @Sendable (GroupID) -> String
    package let app: @Sendable (AppID) -> String
    package let servicePrincipal: @Sendable (ServicePrincipalID) -> String
    package let location: @Sendable (NamedLocationID) -> String

    /// Ids everywhere.
    package static let identifiers = AccessNaming(
        user: { $0.description }, group: { $0.description }, app: { $0.description },
        servicePrincipal: { $0.description }, location: { $0.description })

    /// What people call things; ids where a name would be ambiguous or is gone.
    package static func names(in tenant: any DirectoryQueries) -> AccessNaming {
        AccessNaming(
            user: { tenant.user($0)?.userPrincipalName ?? $0.description },
            group: { tenant.group($0)?.displayName ?? $0.description },
            app: { tenant.servicePrincipal(appID: $0)?.displayName ?? $0.description },
            servicePrincipal: { tenant.servicePrincipal($0)?.displayName ?? $0.description },
            location: { tenant.namedLocation($0)?.displayName ?? $0.description })
    }
}

extension ConditionalAccessPolicy {
    /// The policy as Graph answers it; members it has nothing to say about are null or empty.
    package func json(_ naming: AccessNaming = .identifiers) -> JSONObject {
        [
            "id": .id(id), "templateId": .null, "displayName": .string(displayName),
            "createdDateTime": .string(createdAt.iso8601),
            "modifiedDateTime": modifiedAt.map { .string($0.iso8601) } ?? .null,
            "state": .string(state.rawValue), "conditions": .object(conditions.json(naming)),
            "grantControls": grant.map { .object($0.json) } ?? .null,
            "sessionControls": session.map { .object($0.json) } ?? .null,
        ]
    }
}

extension AccessConditions {
    fileprivate func json(_ naming: AccessNaming) -> JSONObject {
        [
            "userRiskLevels": JSONValue(strings: userRiskLevels.map(\.rawValue)),
            "signInRiskLevels": JSONValue(strings: signInRiskLevels.map(\.rawValue)),
            "servicePrincipalRiskLevels": [], "insiderRiskLevels": .null,
            "clientAppTypes": JSONValue(
                strings: clientAppTypes.isEmpty ? ["all"] : clientAppTypes.map(\.rawValue)),
            "applications": [
                "includeApplications": JSONValue(strings: includeTargets.words(naming)),
                "excludeApplications": JSONValue(strings: excludeTargets.words(naming)),
                "includeUserActions": JSONValue(strings: userActions.map(\.rawValue)),
                "includeAuthenticationContextClassReferences": JSONValue(
                    strings: authenticationContexts),
                "applicationFilter": .null,
            ],
            "users": people(naming),
            "platforms": platforms.map { .object($0.json { $0.rawValue }) } ?? .null,
            "locations": locations.map { .object($0.json { $0.word(naming) }) } ?? .null,
            "devices": .null,
            "clientApplications": workloads.map { .object($0.json(naming)) } ?? .null,
            "authenticationFlows": .null,
        ]
    }

    private func people(_ naming: AccessNaming) -> JSONValue {
        var include = includePeople.words(naming)
        if include.isEmpty, includePeople.isEmpty { include = ["None"] }
        return [
            "includeUsers": JSONValue(strings: include),
            "excludeUsers": JSONValue(strings: excludePeople.words(naming)),
            "includeGroups": JSONValue(strings: includePeople.groups.map(naming.group)),
            "excludeGroups": JSONValue(strings: excludePeople.groups.map(naming.group)),
            "includeRoles": JSONValue(strings: includePeople.roles.map(\.description)),
            "excludeRoles": JSONValue(strings: excludePeople.roles.map(\.description)),
            "includeGuestsOrExternalUsers": .null, "excludeGuestsOrExternalUsers": .null,
        ]
    }
}

extension AccessConditions.People {
    fileprivate func words(_ naming: AccessNaming) -> [String] {
        (everyone ? ["All"] : []) + (guests ? ["GuestsOrExternalUsers"] : [])
            + users.map(naming.user)
    }
}

extension AccessConditions.Targets {
    fileprivate func words(_ naming: AccessNaming) -> [String] {
        (all ? ["All"] : []) + suites.map(\.rawValue) + apps.map(naming.app)
    }
}

extension AccessConditions.Place {
    fileprivate func word(_ naming: AccessNaming) -> String {
        switch self {
        case .all: "All"
        case .allTrusted: "AllTrusted"
        case .trustedByFactorSettings: GUID.zero.description
        case .named(let id): naming.location(id)
        }
    }
}

extension AccessConditions.Sides where Element == DevicePlatform {
    fileprivate func json(_ word: (DevicePlatform) -> String) -> JSONObject {
        [
            "includePlatforms": JSONValue(strings: include.isEmpty ? ["all"] : include.map(word)),
            "excludePlatforms": JSONValue(strings: exclude.map(word)),
        ]
    }
}

extension AccessConditions.Sides where Element == AccessConditions.Place {
    fileprivate func json(_ word: (AccessConditions.Place) -> String) -> JSONObject {
        [
            "includeLocations": JSONValue(strings: include.map(word)),
            "excludeLocations": JSONValue(strings: exclude.map(word)),
        ]
    }
}

extension AccessConditions.Workloads {
    static let allOwnWord = "ServicePrincipalsInMyOrganization"

    fileprivate func json(_ naming: AccessNaming) -> JSONObject {
        [
            "includeServicePrincipals": JSONValue(
                strings: (allOwn ? [Self.allOwnWord] : []) + include.map(naming.servicePrincipal)),
            "excludeServicePrincipals": JSONValue(strings: exclude.map(naming.servicePrincipal)),
        ]
    }
}

extension ConditionalAccessPolicy.GrantControls {
    fileprivate var json: JSONObject {
        [
            "operator": .string(self.operator.rawValue),
            "builtInControls": JSONValue(strings: controls.map(\.rawValue)),
            "customAuthenticationFactors": [], "termsOfUse": JSONValue(strings: termsOfUse),
            "authenticationStrength": strength.map { strength in
                [
                    "id": .string(strength.rawValue), "displayName": .string(strength.displayName),
                ]
            } ?? .null,
        ]
    }
}

extension ConditionalAccessPolicy.SessionControls {
    fileprivate var json: JSONObject {
        [
            "disableResilienceDefaults": .null, "applicationEnforcedRestrictions": .null,
            "cloudAppSecurity": .null,
            "signInFrequency": frequency.map { .object($0.json) } ?? .null,
            "persistentBrowser": persistence.map { mode in
                ["isEnabled": true, "mode": .string(mode.rawValue)]
            } ?? .null,
        ]
    }
}

extension ConditionalAccessPolicy.SessionControls.SignInFrequency {
    fileprivate var json: JSONObject {
        var value = JSONValue.null
        var type = JSONValue.null
        var kind = "everyTime"
        if case .every(let count, let unit) = interval {
            value = .int(Int64(count))
            type = .string(unit.rawValue)
            kind = "timeBased"
        }
        return [
            "isEnabled": true, "value": value, "type": type,
            "authenticationType": .string(scope.rawValue), "frequencyInterval": .string(kind),
        ]
    }
}

extension NamedLocation {
    /// The location as Graph answers it.
    package var json: JSONObject {
        let type: String =
            switch kind {
            case .addresses: "#microsoft.graph.ipNamedLocation"
            case .countries: "#microsoft.graph.countryNamedLocation"
            }
        var object: JSONObject = [
            "@odata.type": .string(type), "id": .id(id), "displayName": .string(displayName),
            "createdDateTime": .string(createdAt.iso8601),
        ]
        switch kind {
        case .addresses(let ranges, let isTrusted):
            object.append("isTrusted", .bool(isTrusted))
            object.append("ipRanges", .array(ranges.map(\.json)))
        case .countries(let codes, let includesUnknown):
            object.append("countriesAndRegions", JSONValue(strings: codes))
            object.append("includeUnknownCountriesAndRegions", .bool(includesUnknown))
            object.append("countryLookupMethod", "clientIpAddress")
        }
        return object
    }
}

extension AddressRange {
    fileprivate var json: JSONValue {
        let type = isVersion4 ? "iPv4CidrRange" : "iPv6CidrRange"
        return ["@odata.type": .string("#microsoft.graph.\(type)"), "cidrAddress": .string(text)]
    }
}
