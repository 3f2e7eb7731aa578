import SimCore

/// A named location or a policy as written, read once everything it may name is known.
struct AccessDraft {
    /// Keys of the tenant file; locations first, because policies name them.
    enum Kind: String, CaseIterable {
        case namedLocations
        case policies = "conditionalAccessPolicies"
    }

    let kind: Kind
    let reader: FixtureObject
}

extension FixtureResolution {
    func resolveAccess(into result: inout Result) {
        var names = FixtureNames(resolution: self)
        var seen: Set<String> = []
        for draft in access {
            // A fresh reader: the one of the first look has been asked for everything.
            let reader = FixtureObject(
                draft.reader.object, at: draft.reader.path, in: draft.reader.text)
            let policies = AccessPolicyReader(
                names: names, now: context.createdAt, makeID: context.guid)
            let name: String
            switch draft.kind {
            case .namedLocations:
                guard let location = policies.location(reader) else { continue }
                name = location.displayName
                names.locations[foldedName(name)] = location
                result.events.append(.namedLocationCreated(location))
                result.counts.namedLocations += 1
            case .policies:
                guard let policy = policies.policy(reader) else { continue }
                name = policy.displayName
                result.events.append(.accessPolicyCreated(policy))
                result.counts.policies += 1
            }
            reader.finish()
            if !seen.insert(draft.kind.rawValue + foldedName(name)).inserted {
                let kind = draft.kind == .policies ? "policy" : "named location"
                reader.note(.duplicate(kind: kind, name: name), at: "displayName")
            }
        }
    }
}

/// Names of a fixture; ids are taken as they are.
private struct FixtureNames: AccessNames {
    let resolution: FixtureResolution
    var locations: [String: NamedLocation] = [:]

    init(resolution: FixtureResolution) {
        self.resolution = resolution
    }

    func user(_ name: String) -> NameFinding<UserID> {
        find(name, resolution.userByName) { resolution.users.map(\.user.userPrincipalName) }
    }

    func group(_ name: String) -> NameFinding<GroupID> {
        let ids = resolution.groupsByName[foldedName(name)] ?? []
        if ids.count > 1 { return .ambiguous }
        return find(name, resolution.groupsByName.compactMapValues(\.first)) {
            resolution.groups.map(\.group.displayName)
        }
    }

    func app(_ name: String) -> NameFinding<AppID> {
        find(name, resolution.appByName.mapValues(\.appID)) { apps }
    }

    func servicePrincipal(_ name: String) -> NameFinding<ServicePrincipalID> {
        find(name, resolution.appByName.mapValues(\.id)) { apps }
    }

    func location(_ name: String) -> NameFinding<NamedLocationID> {
        find(name, locations.mapValues(\.id)) {
            locations.values.map(\.displayName).sorted() + ["All", "AllTrusted"]
        }
    }

    private var apps: [String] { resolution.appByName.values.map(\.displayName).sorted() }

    private func find<Kind>(
        _ name: String, _ known: [String: Identifier<Kind>], _ spellings: () -> [String]
    ) -> NameFinding<Identifier<Kind>> {
        if let id = known[foldedName(name)] ?? Identifier(name) { return .found(id) }
        return .unknown(nearest: NearestName.of(name, in: spellings().prefix(5_000)))
    }
}
