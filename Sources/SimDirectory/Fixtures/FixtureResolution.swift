import SimCore

/// Turns the drafts of a fixture into events: every name becomes an id or a problem.
struct FixtureResolution {
    let context: FixtureContext
    let users: [UserDraft]
    let groups: [GroupDraft]
    let applications: [ApplicationDraft]
    let roles: [RoleDraft]
    let access: [AccessDraft]

    private(set) var userByName: [String: UserID] = [:]
    private(set) var groupsByName: [String: [GroupID]] = [:]
    private(set) var appByName: [String: ServicePrincipal] = [:]
    private var registrations: [AppID: AppRegistration] = [:]

    struct Result {
        var events: [TenantEvent] = []
        var problems: [FixtureProblem] = []
        var counts = FixtureCheck.Counts()
        fileprivate var assignments: Set<AssignmentID> = []

        mutating func note(
            _ reason: FixtureProblem.Reason, at place: FixturePlace, nearest: String? = nil
        ) {
            if let problem = place.problem(reason, nearest: nearest) { problems.append(problem) }
        }
    }

    init(
        context: FixtureContext, users: [UserDraft], groups: [GroupDraft],
        applications: [ApplicationDraft], roles: [RoleDraft], access: [AccessDraft]
    ) {
        self.context = context
        self.users = users
        self.groups = groups
        self.applications = applications
        self.roles = roles
        self.access = access
    }

    func resolve() -> Result {
        var indexed = self
        var result = Result()
        indexed.index(into: &result)
        indexed.resolveUsers(into: &result)
        indexed.resolveApplications(into: &result)
        indexed.resolveGroups(into: &result)
        indexed.resolveEntitlements(into: &result)
        indexed.resolveRoles(into: &result)
        indexed.resolveAccess(into: &result)
        return result
    }

    // MARK: Names

    private mutating func index(into result: inout Result) {
        userByName.reserveCapacity(users.count)
        var ids: Set<GUID> = []
        ids.reserveCapacity(users.count)
        for draft in users {
            let name = draft.user.userPrincipalName
            if userByName.updateValue(draft.user.id, forKey: foldedName(name)) != nil {
                result.note(.duplicate(kind: "user", name: name), at: draft.place)
            } else if !ids.insert(draft.user.id.guid).inserted {
                result.note(
                    .duplicate(kind: "id", name: draft.user.id.description), at: draft.place)
            }
        }
        for draft in groups {
            if !ids.insert(draft.group.id.guid).inserted {
                result.note(
                    .duplicate(kind: "group", name: draft.group.displayName), at: draft.place)
            }
            groupsByName[foldedName(draft.group.displayName), default: []].append(draft.group.id)
        }
        indexApplications(&ids, into: &result)
    }

    private mutating func indexApplications(_ ids: inout Set<GUID>, into result: inout Result) {
        let graph = BuiltInApplications.graph(in: context.tenant)
        appByName[foldedName(graph.servicePrincipal.displayName)] = graph.servicePrincipal
        registrations[graph.application.appID] = graph.application
        var uris: Set<String> = Set(graph.application.identifierURIs)
        for draft in applications {
            let name = draft.application.displayName
            if appByName.updateValue(draft.servicePrincipal, forKey: foldedName(name)) != nil {
                result.note(.duplicate(kind: "application", name: name), at: draft.place)
                continue
            }
            for guid in [draft.application.id.guid, draft.servicePrincipal.id.guid]
            where !ids.insert(guid).inserted {
                result.note(.duplicate(kind: "id", name: guid.description), at: draft.place)
            }
            if registrations.updateValue(draft.application, forKey: draft.application.appID) != nil
            {
                result.note(
                    .duplicate(kind: "appId", name: draft.application.appID.description),
                    at: draft.place)
            }
            for uri in draft.application.identifierURIs where !uris.insert(uri).inserted {
                result.note(.duplicate(kind: "identifier URI", name: uri), at: draft.place)
            }
        }
    }

    private func user(_ reference: FixtureReference, into result: inout Result) -> UserID? {
        if let id = userByName[foldedName(reference.name)] { return id }
        result.note(
            .unknownReference(kind: "user", name: reference.name), at: reference.place,
            nearest: nearest(reference.name, users.lazy.map(\.user.userPrincipalName)))
        return nil
    }

    func registration(of app: AppID) -> AppRegistration? { registrations[app] }

    func app(
        _ reference: FixtureReference, into result: inout Result
    ) -> ServicePrincipal? {
        if let app = appByName[foldedName(reference.name)] { return app }
        result.note(
            .unknownReference(kind: "application", name: reference.name), at: reference.place,
            nearest: nearest(reference.name, appByName.values.map(\.displayName).sorted()))
        return nil
    }

    /// A user by UPN, a group or an application by display name.
    func principal(
        _ reference: FixtureReference, into result: inout Result
    ) -> Principal? {
        let name = foldedName(reference.name)
        if let id = userByName[name] { return .user(id) }
        if let ids = groupsByName[name] {
            if ids.count == 1 { return .group(ids[0]) }
            result.note(
                .ambiguousReference(kind: "group", name: reference.name), at: reference.place)
            return nil
        }
        if let app = appByName[name] { return .servicePrincipal(app.id) }
        if reference.name.contains("@") {
            _ = user(reference, into: &result)
        } else {
            let known =
                groups.lazy.prefix(Self.nearestCandidates).map(\.group.displayName)
                + appByName.values.map(\.displayName).sorted()
            result.note(
                .unknownReference(kind: "user, group or application", name: reference.name),
                at: reference.place, nearest: nearest(reference.name, known))
        }
        return nil
    }

    /// Names looked at for a hint.
    private static let nearestCandidates = 5_000

    private func nearest(_ name: String, _ known: some Sequence<String>) -> String? {
        NearestName.of(name, in: known.prefix(Self.nearestCandidates))
    }

    // MARK: Events

    /// Users in the order written; a manager who is written later is set after all users exist.
    private func resolveUsers(into result: inout Result) {
        result.counts.users = users.count
        result.events.reserveCapacity(users.count + groups.count * 8)
        var created: Set<UserID> = []
        created.reserveCapacity(users.count)
        var late: [TenantEvent] = []
        var managers: [UserID: Report] = [:]
        for draft in users {
            var user = draft.user
            if let reference = draft.manager, let manager = self.user(reference, into: &result) {
                managers[user.id] = Report(
                    manager: manager, name: user.userPrincipalName, place: reference.place)
                if created.contains(manager) {
                    user.manager = manager
                } else {
                    late.append(.userManagerChanged(user.id, manager))
                }
            }
            created.insert(user.id)
            result.events.append(.userCreated(user))
        }
        result.events += late
        noteManagerCycles(managers, into: &result)
    }

    private struct Report {
        let manager: UserID
        let name: String
        let place: FixturePlace
    }

    /// One problem for each circle of managers.
    private func noteManagerCycles(_ managers: [UserID: Report], into result: inout Result) {
        var visited: [UserID: Int] = [:]
        for (round, draft) in users.enumerated() {
            var current = draft.user.id
            while visited[current] == nil {
                visited[current] = round
                guard let report = managers[current] else { break }
                if visited[report.manager] == round {
                    result.note(.managerCycle(report.name), at: report.place)
                }
                current = report.manager
            }
        }
    }

    private func resolveApplications(into result: inout Result) {
        result.counts.applications = applications.count
        for draft in applications {
            result.events.append(.applicationCreated(resolved(draft, into: &result)))
            var principal = draft.servicePrincipal
            if let reference = draft.workloadApplication,
                case .workloadIdentity(var identity)? = principal.provisioning?.authentication
            {
                identity.application = app(reference, into: &result)?.appID
                principal.provisioning?.authentication = .workloadIdentity(identity)
            }
            result.events.append(.servicePrincipalCreated(principal))
            if principal.provisioning != nil { result.counts.provisioningJobs += 1 }
        }
    }

    private func resolveGroups(into result: inout Result) {
        result.counts.groups = groups.count
        for draft in groups { result.events.append(.groupCreated(draft.group)) }
        for draft in groups {
            var members: Set<Principal> = []
            for reference in draft.members {
                guard let member = principal(reference, into: &result) else { continue }
                if member == .group(draft.group.id) {
                    result.note(.selfReference(draft.group.displayName), at: reference.place)
                } else if !members.insert(member).inserted {
                    result.note(
                        .duplicate(kind: "member", name: reference.name), at: reference.place)
                } else {
                    result.events.append(.memberAdded(draft.group.id, member))
                    result.counts.memberships += 1
                }
            }
        }
    }

    private func resolveEntitlements(into result: inout Result) {
        for draft in applications {
            for assignment in draft.assignments {
                resolve(assignment, of: draft, into: &result)
            }
            for grant in draft.grants { resolve(grant, of: draft, into: &result) }
        }
    }

    private func resolve(
        _ assignment: ApplicationDraft.Assignment, of draft: ApplicationDraft,
        into result: inout Result
    ) {
        guard let principal = principal(assignment.principal, into: &result) else { return }
        var role = AppRoleID.defaultAccess
        if let reference = assignment.role, reference.name != "Default Access" {
            let roles = draft.application.appRoles
            guard
                let found = roles.first(where: {
                    $0.value == reference.name || $0.displayName == reference.name
                })
            else {
                let known = roles.map { $0.value ?? $0.displayName }
                result.note(
                    .unknownReference(kind: "app role", name: reference.name),
                    at: reference.place, nearest: nearest(reference.name, known))
                return
            }
            role = found.id
        }
        let key = "\(draft.application.displayName)/\(assignment.principal.name)/\(role)"
        let id = AssignmentID(context.guid("assignment", key))
        guard result.assignments.insert(id).inserted else {
            result.note(
                .duplicate(kind: "assignment", name: assignment.principal.name),
                at: assignment.principal.place)
            return
        }
        result.events.append(
            .assigned(
                AppRoleAssignment(
                    id: id, principal: principal, resource: draft.servicePrincipal.id,
                    appRole: role, createdAt: context.createdAt)))
        result.counts.assignments += 1
    }

    private func resolve(
        _ grant: ApplicationDraft.Grant, of draft: ApplicationDraft, into result: inout Result
    ) {
        guard let resource = app(grant.resource, into: &result) else { return }
        var consent = PermissionGrant.Consent.allPrincipals
        if let reference = grant.principal {
            guard let user = user(reference, into: &result) else { return }
            consent = .principal(user)
        }
        let known = registrations[resource.appID]?.scopes.map(\.value) ?? []
        for scope in grant.scopes where !known.contains(scope) {
            result.note(
                .unknownReference(kind: "scope of \(resource.displayName)", name: scope),
                at: grant.place, nearest: nearest(scope, known))
        }
        let holder = grant.principal?.name ?? "*"
        let key = "\(draft.application.displayName)/\(resource.displayName)/\(holder)"
        result.events.append(
            .granted(
                PermissionGrant(
                    id: GrantID(context.guid("grant", key)), client: draft.servicePrincipal.id,
                    resource: resource.id, consent: consent, scopes: grant.scopes)))
        result.counts.grants += 1
    }
}
