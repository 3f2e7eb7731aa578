import SimCore

/// Whether an event may follow a snapshot: references exist, names are free, one-time effects
/// happen once. The last check before the log, whoever decided the event.
enum EventCheck {
    static func check(
        _ event: TenantEvent, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        switch event {
        case .tenantCreated, .provisioning, .policiesChanged, .signingKeysChanged: break
        case .userCreated, .userChanged, .userManagerChanged, .userCredentialChanged,
            .userSessionsRevoked, .userSituationChanged, .userDeleted, .userRestored, .userPurged:
            try checkUser(event, in: snapshot)
        case .groupCreated(let group):
            guard snapshot.group(group.id) == nil else { throw .identifierTaken(group.id.guid) }
        case .groupChanged(let group): try requireGroup(group.id, in: snapshot)
        case .groupDeleted(let id): try requireGroup(id, in: snapshot)
        case .memberAdded(let group, let member):
            try requireGroup(group, in: snapshot)
            try requirePrincipal(member, in: snapshot)
            guard member != .group(group) else { throw .memberOfItself(group) }
            guard !snapshot.isMember(member, of: group) else { throw .alreadyMember(group, member) }
        case .memberRemoved(let group, let member):
            try requireGroup(group, in: snapshot)
            guard snapshot.isMember(member, of: group) else { throw .notMember(group, member) }
        case .applicationCreated, .applicationChanged, .applicationDeleted,
            .servicePrincipalCreated, .servicePrincipalChanged, .servicePrincipalDeleted:
            try checkApplication(event, in: snapshot)
        case .assigned, .unassigned, .granted, .grantRevoked, .directoryRoleAssigned,
            .directoryRoleUnassigned:
            try checkEntitlement(event, in: snapshot)
        case .accessPolicyCreated, .accessPolicyChanged, .accessPolicyDeleted,
            .namedLocationCreated, .namedLocationChanged, .namedLocationDeleted:
            try checkAccess(event, in: snapshot)
        case .redeemed(let digest, _):
            guard !snapshot.isRedeemed(digest: digest) else {
                throw .alreadyRedeemed(digest: digest)
            }
        case .deviceAuthorization(let authorization):
            let known = snapshot.deviceAuthorization(userCode: authorization.userCode)
            let isInOrder =
                authorization.answer == nil ? known == nil : known.map { $0.answer == nil } == true
            guard isInOrder else { throw .alreadyRedeemed(digest: authorization.userCode) }
        }
    }

    private static func checkUser(
        _ event: TenantEvent, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        switch event {
        case .userCreated(let user):
            guard snapshot.user(user.id) == nil else { throw .identifierTaken(user.id.guid) }
            if user.deletedAt == nil {
                try requireFree(user.userPrincipalName, for: user.id, in: snapshot)
            }
            if let manager = user.manager {
                guard manager != user.id else { throw .managerCycle(user.id) }
                try requireUser(manager, in: snapshot)
            }
        case .userChanged(let id, let changes):
            try requireLiveUser(id, in: snapshot)
            for change in changes { try checkAttribute(change, of: id, in: snapshot) }
        case .userManagerChanged(let id, let manager):
            try requireLiveUser(id, in: snapshot)
            if let manager { try checkManager(manager, of: id, in: snapshot) }
        case .userCredentialChanged(let id, _), .userSessionsRevoked(let id),
            .userSituationChanged(let id, _):
            try requireUser(id, in: snapshot)
        case .userDeleted(let id): try requireLiveUser(id, in: snapshot)
        case .userRestored(let id):
            guard let user = snapshot.user(id) else { throw .unknownUser(id) }
            guard user.deletedAt != nil else { throw .userIsNotDeleted(id) }
            try requireFree(user.userPrincipalName, for: id, in: snapshot)
        case .userPurged(let id): try requireUser(id, in: snapshot)
        case .tenantCreated, .groupCreated, .groupChanged, .groupDeleted, .memberAdded,
            .memberRemoved, .applicationCreated, .applicationChanged, .applicationDeleted,
            .servicePrincipalCreated, .servicePrincipalChanged, .servicePrincipalDeleted,
            .assigned, .unassigned, .granted, .grantRevoked, .redeemed, .directoryRoleAssigned,
            .directoryRoleUnassigned, .policiesChanged, .signingKeysChanged,
            .deviceAuthorization, .provisioning, .accessPolicyCreated, .accessPolicyChanged,
            .accessPolicyDeleted, .namedLocationCreated, .namedLocationChanged,
            .namedLocationDeleted:
            break
        }
    }

    private static func checkAttribute(
        _ change: AttributeChange, of id: UserID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        let isSound: Bool
        switch change.name {
        case "userPrincipalName":
            guard let name = change.value.stringValue, !name.isEmpty else {
                throw .invalidAttribute(name: change.name)
            }
            try requireFree(name, for: id, in: snapshot)
            return
        case "displayName": isSound = change.value.stringValue.map { !$0.isEmpty } ?? false
        case "accountEnabled": isSound = change.value.boolValue != nil
        case "userType":
            isSound = change.value.stringValue.flatMap(User.UserType.init) != nil
        default: isSound = !change.name.isEmpty
        }
        guard isSound else { throw .invalidAttribute(name: change.name) }
    }

    /// Walks up from the new manager; the chain is as long as the organisation is deep.
    private static func checkManager(
        _ manager: UserID, of id: UserID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        try requireLiveUser(manager, in: snapshot)
        var above: UserID? = manager
        var steps = 0
        while let current = above, steps <= snapshot.userCount {
            guard current != id else { throw .managerCycle(id) }
            above = snapshot.user(current)?.manager
            steps += 1
        }
    }

    private static func checkApplication(
        _ event: TenantEvent, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        switch event {
        case .applicationCreated(let application):
            guard snapshot.application(application.id) == nil else {
                throw .identifierTaken(application.id.guid)
            }
            guard snapshot.application(appID: application.appID) == nil else {
                throw .appIDTaken(application.appID)
            }
            try requireFreeURIs(of: application, in: snapshot)
        case .applicationChanged(let application):
            guard snapshot.application(application.id)?.appID == application.appID else {
                throw .unknownApplication(application.id)
            }
            try requireFreeURIs(of: application, in: snapshot)
        case .applicationDeleted(let id):
            guard snapshot.application(id) != nil else { throw .unknownApplication(id) }
        case .servicePrincipalCreated(let principal):
            guard snapshot.servicePrincipal(principal.id) == nil else {
                throw .identifierTaken(principal.id.guid)
            }
            guard snapshot.servicePrincipal(appID: principal.appID) == nil else {
                throw .appIDTaken(principal.appID)
            }
        case .servicePrincipalChanged(let principal):
            guard snapshot.servicePrincipal(principal.id)?.appID == principal.appID else {
                throw .unknownServicePrincipal(principal.id)
            }
        case .servicePrincipalDeleted(let id): try requireServicePrincipal(id, in: snapshot)
        case .tenantCreated, .userCreated, .userChanged, .userManagerChanged,
            .userCredentialChanged, .userSessionsRevoked, .userSituationChanged, .userDeleted,
            .userRestored,
            .userPurged, .groupCreated, .groupChanged, .groupDeleted, .memberAdded,
            .memberRemoved, .assigned, .unassigned, .granted, .grantRevoked, .redeemed,
            .directoryRoleAssigned, .directoryRoleUnassigned, .policiesChanged,
            .signingKeysChanged, .deviceAuthorization, .provisioning, .accessPolicyCreated,
            .accessPolicyChanged, .accessPolicyDeleted, .namedLocationCreated,
            .namedLocationChanged, .namedLocationDeleted:
            break
        }
    }

    private static func checkEntitlement(
        _ event: TenantEvent, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        switch event {
        case .assigned(let assignment):
            guard snapshot.assignment(assignment.id) == nil else {
                throw .identifierTaken(assignment.id.guid)
            }
            try requirePrincipal(assignment.principal, in: snapshot)
            try requireServicePrincipal(assignment.resource, in: snapshot)
            try requireRole(assignment.appRole, of: assignment.resource, in: snapshot)
            let isDouble = snapshot.assignments(of: assignment.principal).contains {
                $0.resource == assignment.resource && $0.appRole == assignment.appRole
            }
            guard !isDouble else {
                throw .alreadyAssigned(assignment.principal, assignment.resource)
            }
        case .unassigned(let id):
            guard snapshot.assignment(id) != nil else { throw .unknownAssignment(id) }
        case .granted(let grant):
            try requireServicePrincipal(grant.client, in: snapshot)
            try requireServicePrincipal(grant.resource, in: snapshot)
            if case .principal(let user) = grant.consent { try requireUser(user, in: snapshot) }
        case .grantRevoked(let id):
            guard snapshot.grant(id) != nil else { throw .unknownGrant(id) }
        case .directoryRoleAssigned(let assignment):
            try requirePrincipal(assignment.principal, in: snapshot)
        case .directoryRoleUnassigned: break
        case .tenantCreated, .userCreated, .userChanged, .userManagerChanged,
            .userCredentialChanged, .userSessionsRevoked, .userSituationChanged, .userDeleted,
            .userRestored,
            .userPurged, .groupCreated, .groupChanged, .groupDeleted, .memberAdded,
            .memberRemoved, .applicationCreated, .applicationChanged, .applicationDeleted,
            .servicePrincipalCreated, .servicePrincipalChanged, .servicePrincipalDeleted,
            .redeemed, .deviceAuthorization, .provisioning, .policiesChanged,
            .signingKeysChanged, .accessPolicyCreated, .accessPolicyChanged,
            .accessPolicyDeleted, .namedLocationCreated, .namedLocationChanged,
            .namedLocationDeleted:
            break
        }
    }
}

// MARK: - References and names

extension EventCheck {
    private static func requireUser(
        _ id: UserID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard snapshot.user(id) != nil else { throw .unknownUser(id) }
    }

    private static func requireLiveUser(
        _ id: UserID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard let user = snapshot.user(id) else { throw .unknownUser(id) }
        guard user.deletedAt == nil else { throw .userIsDeleted(id) }
    }

    private static func requireGroup(
        _ id: GroupID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard snapshot.group(id) != nil else { throw .unknownGroup(id) }
    }

    private static func requireServicePrincipal(
        _ id: ServicePrincipalID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard snapshot.servicePrincipal(id) != nil else { throw .unknownServicePrincipal(id) }
    }

    private static func requirePrincipal(
        _ principal: Principal, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        switch principal {
        case .user(let id): try requireLiveUser(id, in: snapshot)
        case .group(let id): try requireGroup(id, in: snapshot)
        case .servicePrincipal(let id): try requireServicePrincipal(id, in: snapshot)
        }
    }

    private static func requireFree(
        _ name: String, for id: UserID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard let holder = snapshot.user(userPrincipalName: name), holder.id != id else { return }
        throw .userPrincipalNameTaken(name)
    }

    private static func requireFreeURIs(
        of application: AppRegistration, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        for uri in application.identifierURIs {
            guard let owner = snapshot.appID(identifierURI: uri), owner != application.appID else {
                continue
            }
            throw .identifierURITaken(uri)
        }
    }

    /// Default access, a role of the resource, or any id while the resource's registration is not
    /// in this tenant.
    private static func requireRole(
        _ role: AppRoleID, of resource: ServicePrincipalID, in snapshot: DirectorySnapshot
    ) throws(TenantError) {
        guard role != .defaultAccess,
            let appID = snapshot.servicePrincipal(resource)?.appID,
            let application = snapshot.application(appID: appID)
        else { return }
        guard application.appRoles.contains(where: { $0.id == role }) else {
            throw .unknownAppRole(role)
        }
    }
}
