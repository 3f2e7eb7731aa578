import SimCore

extension DirectorySnapshot {
    /// Events that recreate this state; see `SnapshotContent`.
    func forEachStateEvent<E: Error>(_ body: (TenantEvent) throws(E) -> Void) throws(E) {
        try body(.tenantCreated(profile))
        try forEachStoredUser { (user) throws(E) in try body(.userCreated(user)) }
        for application in applications { try body(.applicationCreated(application)) }
        let graph = BuiltInApplications.graph(in: profile.id).servicePrincipal
        for servicePrincipal in servicePrincipals where servicePrincipal != graph {
            try body(.servicePrincipalCreated(servicePrincipal))
        }
        for group in groups { try body(.groupCreated(group)) }
        for group in groups {
            for member in storedMembers(of: group.id) { try body(.memberAdded(group.id, member)) }
        }
        try forEachAssignment { (assignment) throws(E) in try body(.assigned(assignment)) }
        try forEachGrant { (grant) throws(E) in try body(.granted(grant)) }
        for assignment in directoryRoleAssignments { try body(.directoryRoleAssigned(assignment)) }
        if policies != TenantPolicies() { try body(.policiesChanged(policies)) }
        if signingKeys != SigningKeySchedule() { try body(.signingKeysChanged(signingKeys)) }
        for location in namedLocations { try body(.namedLocationCreated(location)) }
        for policy in accessPolicies { try body(.accessPolicyCreated(policy)) }
        try forEachRedemption { (digest, until) throws(E) in
            try body(.redeemed(digest: digest, until: until))
        }
        for authorization in deviceAuthorizations {
            var asked = authorization
            asked.answer = nil
            try body(.deviceAuthorization(asked))
            if authorization.answer != nil { try body(.deviceAuthorization(authorization)) }
        }
    }

    /// Folds one event of a snapshot file: state, but neither sequence nor change.
    package mutating func restore(_ event: TenantEvent) {
        fold(event, at: .epoch)
    }
}
