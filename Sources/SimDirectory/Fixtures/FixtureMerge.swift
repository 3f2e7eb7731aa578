import SimCore

/// Brings a tenant that has lived on up to a changed fixture: what the fixture adds is created,
/// what it says differently is changed, and nothing is removed, because edits made meanwhile are
/// not in any fixture.
package struct FixtureMerge: Sendable {
    private let snapshot: DirectorySnapshot
    private let fixture: TenantFixture

    package init(_ fixture: TenantFixture, into snapshot: DirectorySnapshot) {
        self.fixture = fixture
        self.snapshot = snapshot
    }

    /// In the fixture's order; empty when there is nothing to do.
    package var events: [TenantEvent] {
        fixture.events.flatMap(events)
    }

    private func events(_ event: TenantEvent) -> [TenantEvent] {
        switch event {
        case .userCreated(let user): changes(to: user)
        case .groupCreated(let group):
            replacing(snapshot.group(group.id), group, event, .groupChanged(group))
        case .applicationCreated(let app):
            replacing(snapshot.application(app.id), app, event, .applicationChanged(app))
        case .servicePrincipalCreated(let app):
            replacing(
                snapshot.servicePrincipal(app.id), app, event, .servicePrincipalChanged(app))
        case .memberAdded(let group, let member):
            snapshot.isMember(member, of: group) ? [] : [event]
        case .assigned(let assignment):
            isAssigned(assignment) ? [] : [event]
        case .granted(let grant):
            snapshot.grants(of: grant.client).contains { $0.id == grant.id } ? [] : [event]
        case .userManagerChanged(let user, let manager):
            snapshot.user(user)?.manager == manager ? [] : [event]
        case .tenantCreated, .userChanged, .userCredentialChanged, .userSessionsRevoked,
            .userDeleted, .userRestored, .userPurged, .groupChanged, .groupDeleted,
            .memberRemoved, .applicationChanged, .applicationDeleted, .servicePrincipalChanged,
            .servicePrincipalDeleted, .unassigned, .grantRevoked, .redeemed, .provisioning:
            []
        }
    }

    private func replacing<Object: Equatable>(
        _ present: Object?, _ wanted: Object, _ creation: TenantEvent, _ change: TenantEvent
    ) -> [TenantEvent] {
        guard let present else { return [creation] }
        return present == wanted ? [] : [change]
    }

    private func changes(to wanted: User) -> [TenantEvent] {
        guard let present = snapshot.user(wanted.id) else { return [.userCreated(wanted)] }
        // A person who was deleted meanwhile stays deleted.
        guard present.deletedAt == nil else { return [] }
        var changes: [AttributeChange] = []
        func compare(_ name: String, _ old: JSONValue, _ new: JSONValue) {
            if old != new { changes.append(AttributeChange(name, new)) }
        }
        compare(
            "userPrincipalName", .string(present.userPrincipalName),
            .string(wanted.userPrincipalName))
        compare("displayName", .string(present.displayName), .string(wanted.displayName))
        compare("accountEnabled", .bool(present.accountEnabled), .bool(wanted.accountEnabled))
        compare(
            "userType", .string(present.userType.rawValue), .string(wanted.userType.rawValue))
        for entry in wanted.attributes.entries {
            compare(entry.name, present.attributes[entry.name] ?? .null, entry.value)
        }
        var events: [TenantEvent] = []
        if !changes.isEmpty { events.append(.userChanged(wanted.id, changes)) }
        if let manager = wanted.manager, manager != present.manager {
            events.append(.userManagerChanged(wanted.id, manager))
        }
        if wanted.credential.password != present.credential.password {
            events.append(.userCredentialChanged(wanted.id, wanted.credential))
        }
        return events
    }

    private func isAssigned(_ wanted: AppRoleAssignment) -> Bool {
        snapshot.assignments(of: wanted.principal).contains {
            $0.resource == wanted.resource && $0.appRole == wanted.appRole
        }
    }
}
