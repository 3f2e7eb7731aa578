import SimCore

extension FixtureMerge {
    /// What a merge would change, an object a line, in the order of the events; each object once.
    package func differences() -> [String] {
        var told: Set<String> = []
        return events().map(difference).filter { told.insert($0).inserted }
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
        case .userSessionsRevoked(let id), .userDeleted(let id), .userRestored(let id),
            .userPurged(let id):
            "user \"\(name(id))\""
        case .groupCreated(let group): "new group \"\(group.displayName)\""
        case .groupChanged(let group): "group \"\(group.displayName)\""
        case .groupDeleted(let id), .memberAdded(let id, _), .memberRemoved(let id, _):
            "group \"\(wanted.group(id)?.displayName ?? id.description)\" (members)"
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
        case .applicationDeleted, .servicePrincipalDeleted, .unassigned, .grantRevoked, .redeemed,
            .deviceAuthorization, .accessPolicyDeleted, .namedLocationDeleted,
            .provisioning:
            "an app"
        }
    }

    private func name(_ user: UserID) -> String {
        wanted.user(user)?.userPrincipalName ?? user.description
    }

    private func name(_ app: ServicePrincipalID) -> String {
        wanted.servicePrincipal(app)?.displayName ?? app.description
    }
}
