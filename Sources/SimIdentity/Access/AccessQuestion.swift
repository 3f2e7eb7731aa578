import SimCore
import SimDirectory

/// Who wants what, from where, and what they have proven so far: everything policies look at.
struct AccessQuestion: Sendable {
    let tenant: any DirectoryQueries
    let user: User
    /// App ids of the resources, and of a web application that wants an ID token for itself.
    var targets: [AppID] = []
    var actions: [AccessConditions.UserAction] = []
    /// Authentication contexts the client asks for.
    var contexts: [String] = []
    let facts: AccessFacts
    /// What has been proven, and when.
    let signIn: SignIn
    let now: Timestamp

    /// The conditions of a policy, in two heaps: those that match, those that do not.
    func match(
        _ conditions: AccessConditions, groups: Set<GroupID>, roles: Set<GUID>
    ) -> (satisfied: [AppliedPolicy.Condition], not: [AppliedPolicy.Condition]) {
        var satisfied: [AppliedPolicy.Condition] = []
        var not: [AppliedPolicy.Condition] = []
        func note(_ condition: AppliedPolicy.Condition, _ isMet: Bool) {
            if isMet { satisfied.append(condition) } else { not.append(condition) }
        }
        note(.application, isAbout(conditions))
        note(
            .users,
            conditions.workloads == nil
                && isAmong(conditions.includePeople, groups, roles)
                && !isAmong(conditions.excludePeople, groups, roles))
        if let platforms = conditions.platforms { note(.devicePlatform, isOn(platforms)) }
        if let locations = conditions.locations { note(.location, facts.isIn(locations, tenant)) }
        if !conditions.clientAppTypes.isEmpty {
            note(.clientType, conditions.clientAppTypes.contains(facts.clientApp))
        }
        if !conditions.signInRiskLevels.isEmpty {
            note(.signInRisk, conditions.signInRiskLevels.contains(facts.risk))
        }
        if !conditions.userRiskLevels.isEmpty {
            note(.userRisk, conditions.userRiskLevels.contains(facts.userRisk))
        }
        return (satisfied, not)
    }

    /// Exclusion is per target: one that is included and not excluded is enough.
    private func isAbout(_ conditions: AccessConditions) -> Bool {
        if conditions.userActions.contains(where: actions.contains) { return true }
        if conditions.authenticationContexts.contains(where: contexts.contains) { return true }
        let include = conditions.includeTargets
        let exclude = conditions.excludeTargets
        guard !exclude.all else { return false }
        return targets.contains { target in
            (include.all || include.apps.contains(target)) && !exclude.apps.contains(target)
        }
    }

    private func isAmong(
        _ people: AccessConditions.People, _ groups: Set<GroupID>, _ roles: Set<GUID>
    ) -> Bool {
        people.everyone || people.guests && user.userType == .guest
            || people.users.contains(user.id) || people.groups.contains(where: groups.contains)
            || people.roles.contains(where: roles.contains)
    }

    /// A platform nobody knows is among "all" and never excluded.
    private func isOn(_ platforms: AccessConditions.Sides<DevicePlatform>) -> Bool {
        let isIncluded =
            platforms.include.isEmpty || facts.platform.map(platforms.include.contains) == true
        return isIncluded && facts.platform.map(platforms.exclude.contains) != true
    }
}

extension AccessFacts {
    func isIn(
        _ places: AccessConditions.Sides<AccessConditions.Place>, _ tenant: any DirectoryQueries
    ) -> Bool {
        places.include.contains { isAt($0, tenant) }
            && !places.exclude.contains { isAt($0, tenant) }
    }

    private func isAt(_ place: AccessConditions.Place, _ tenant: any DirectoryQueries) -> Bool {
        switch place {
        case .all: true
        case .trustedByFactorSettings: false
        case .allTrusted:
            tenant.namedLocations.contains {
                $0.isTrusted && $0.contains(address: address, country: country)
            }
        case .named(let id):
            tenant.namedLocation(id)?.contains(address: address, country: country) ?? false
        }
    }
}
