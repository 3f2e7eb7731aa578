import SimCore

extension FixtureMerge {
    /// What a merge would change, an object a line, in the order of the events; each object once.
    package func differences() -> [String] {
        FixtureDifferences(in: [wanted]).lines(events())
    }
}

/// Events of a changed fixture in words.
struct FixtureDifferences {
    private let snapshots: [DirectorySnapshot]

    /// - Parameter snapshots: where names are looked up, the first that knows one.
    init(in snapshots: [DirectorySnapshot]) {
        self.snapshots = snapshots
    }

    /// A line per object, in the order of the events; each once.
    func lines(_ events: [TenantEvent]) -> [String] {
        var told: Set<String> = []
        return events.map(difference).filter { told.insert($0).inserted }
    }

    private func difference(_ event: TenantEvent) -> String {
        switch event {
        case .tenantCreated: "the tenant itself"
        case .userCreated(let user): "new user \"\(user.userPrincipalName)\""
        case .userChanged(let id, let changes):
            "user \"\(name(id))\" (\(changes.map(\.name).joined(separator: ", ")))"
        case .userManagerChanged(let id, _): "user \"\(name(id))\" (manager)"
        case .userCredentialChanged(let id, _): "user \"\(name(id))\" (password)"
        case .userSituationChanged(let id, _): "user \"\(name(id))\" (sign-in situation)"
        case .accessPolicyCreated(let policy): "new policy \"\(policy.displayName)\""
        case .accessPolicyChanged(let policy): "policy \"\(policy.displayName)\""
        case .namedLocationCreated(let location):
            "new named location \"\(location.displayName)\""
        case .namedLocationChanged(let location): "named location \"\(location.displayName)\""
        case .userDeleted(let id): "user \"\(name(id))\" deleted"
        case .userRestored(let id): "user \"\(name(id))\" restored"
        case .userSessionsRevoked(let id): "user \"\(name(id))\" (sessions)"
        case .userPurged(let id): "user \"\(name(id))\" purged"
        case .groupCreated(let group): "new group \"\(group.displayName)\""
        case .groupChanged(let group): "group \"\(group.displayName)\""
        case .groupDeleted(let id): "group \"\(name(id))\" deleted"
        case .memberAdded(let id, _), .memberRemoved(let id, _):
            "group \"\(name(id))\" (members)"
        case .applicationCreated(let app): "new app \"\(app.displayName)\""
        case .applicationChanged(let app): "app \"\(app.displayName)\""
        case .servicePrincipalCreated(let app): "new enterprise app \"\(app.displayName)\""
        case .servicePrincipalChanged(let app): "enterprise app \"\(app.displayName)\""
        case .assigned(let assignment):
            "assignments of \"\(name(assignment.resource))\""
        case .granted(let grant): "consent of \"\(name(grant.client))\""
        case .directoryRoleAssigned(let assignment), .directoryRoleUnassigned(let assignment):
            "directory role \"\(assignment.role.displayName)\""
        case .policiesChanged: "the tenant's policies"
        case .signingKeysChanged: "the rollover of the signing keys"
        case .applicationDeleted(let id):
            "app \"\(find { $0.application(id)?.displayName } ?? id.description)\" deleted"
        case .servicePrincipalDeleted(let id): "enterprise app \"\(name(id))\" deleted"
        case .unassigned(let id):
            "assignments of \"\(find { $0.assignment(id) }.map { name($0.resource) } ?? "an app")\""
        case .grantRevoked: "consent of an app"
        case .accessPolicyDeleted(let id):
            "policy \"\(find { $0.accessPolicy(id)?.displayName } ?? id.description)\" deleted"
        case .namedLocationDeleted(let id):
            "named location \"\(find { $0.namedLocation(id)?.displayName } ?? id.description)\""
                + " deleted"
        case .redeemed, .deviceAuthorization, .provisioning: "an app"
        }
    }

    private func find<Value>(_ look: (DirectorySnapshot) -> Value?) -> Value? {
        snapshots.lazy.compactMap(look).first
    }

    private func name(_ user: UserID) -> String {
        find { $0.user(user)?.userPrincipalName } ?? user.description
    }

    private func name(_ group: GroupID) -> String {
        find { $0.group(group)?.displayName } ?? group.description
    }

    private func name(_ app: ServicePrincipalID) -> String {
        find { $0.servicePrincipal(app)?.displayName } ?? app.description
    }
}
