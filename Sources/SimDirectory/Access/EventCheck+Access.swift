import SimCore

extension EventCheck {
    /// Policies and locations exist before they change; events of other kinds pass.
    static func checkAccess(
        _ event: TenantEvent, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        if case .accessPolicyCreated(let policy) = event {
            guard snapshot.accessPolicy(policy.id) == nil else {
                throw .identifierTaken(policy.id.guid)
            }
        } else if case .accessPolicyChanged(let policy) = event {
            try requirePolicy(policy.id, in: snapshot)
        } else if case .accessPolicyDeleted(let id) = event {
            try requirePolicy(id, in: snapshot)
        } else if case .namedLocationCreated(let location) = event {
            guard snapshot.namedLocation(location.id) == nil else {
                throw .identifierTaken(location.id.guid)
            }
        } else if case .namedLocationChanged(let location) = event {
            try requireLocation(location.id, in: snapshot)
        } else if case .namedLocationDeleted(let id) = event {
            try requireLocation(id, in: snapshot)
        }
    }

    private static func requirePolicy(
        _ id: AccessPolicyID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard snapshot.accessPolicy(id) != nil else { throw .unknownAccessPolicy(id) }
    }

    private static func requireLocation(
        _ id: NamedLocationID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard snapshot.namedLocation(id) != nil else { throw .unknownNamedLocation(id) }
    }
}
