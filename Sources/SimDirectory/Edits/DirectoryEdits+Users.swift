import SimCore

/// A user to be created. What is nil is left to the directory's defaults.
package struct NewUser: Hashable, Sendable {
    package var userPrincipalName: String
    /// nil: given name and surname, or the part before `@`.
    package var displayName: String?
    package var accountEnabled = true
    package var userType = User.UserType.member
    /// Names as Entra or Graph write them.
    package var attributes: [AttributeChange] = []
    package var password: String?
    /// UPN or object id.
    package var manager: String?

    package init(userPrincipalName: String) {
        self.userPrincipalName = userPrincipalName
    }
}

extension DirectoryEdits {
    package func addUser(_ new: NewUser) throws(DirectoryEditError) -> [TenantEvent] {
        try requireFreeName(new.userPrincipalName, userType: new.userType)
        var attributes = AttributeBag()
        var user = User(
            id: UserID(guid(.objectID)), userPrincipalName: new.userPrincipalName,
            displayName: "", accountEnabled: new.accountEnabled, userType: new.userType,
            credential: UserCredential(password: new.password), createdAt: now)
        for change in try canonical(new.attributes) { user.apply(change) }
        attributes = user.attributes
        let localPart = String(new.userPrincipalName.prefix { $0 != "@" })
        if attributes["mailNickname"] == nil { attributes["mailNickname"] = .string(localPart) }
        user.attributes = attributes
        if let name = new.displayName {
            guard !name.isEmpty else { throw .emptyName(.user) }
            user.displayName = name
        } else if user.displayName.isEmpty {
            let parts = [user.givenName, user.surname].compactMap { $0 }
            user.displayName = parts.isEmpty ? localPart : parts.joined(separator: " ")
        }
        if let manager = new.manager { user.manager = try self.user(manager).id }
        return [.userCreated(user)]
    }

    /// Changes attributes of a live user; null clears. `manager` takes a UPN, an object id or null.
    /// - Returns: no event for values the user already has.
    package func setAttributes(
        _ name: String, _ changes: [AttributeChange]
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let user = try user(name)
        var events: [TenantEvent] = []
        var plain: [AttributeChange] = []
        for change in changes {
            if change.name == "manager" {
                if let event = try managerEvent(of: user, change.value) { events.append(event) }
            } else {
                plain.append(change)
            }
        }
        let effective = try canonical(plain).filter { change in
            user.value(of: change.name) ?? .null != change.value
        }
        for change in effective {
            if change.name == "userPrincipalName", let wanted = change.value.stringValue {
                try requireFreeName(wanted, userType: user.userType, except: user.id)
            }
        }
        if !effective.isEmpty { events.insert(.userChanged(user.id, effective), at: 0) }
        return events
    }

    /// Blocks or allows sign-in; blocking also ends every session, as the service does.
    package func setAccountEnabled(
        _ name: String, _ isEnabled: Bool
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let user = try user(name)
        guard user.accountEnabled != isEnabled else { return [] }
        let change = TenantEvent.userChanged(
            user.id, [AttributeChange("accountEnabled", .bool(isEnabled))])
        return isEnabled ? [change] : [change, .userSessionsRevoked(user.id)]
    }

    /// Moves the user to the recycle bin; purged 30 days later.
    package func deleteUser(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        [.userDeleted(try user(name).id)]
    }

    package func restoreUser(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        let user = try deletedUser(name)
        guard snapshot.user(userPrincipalName: user.userPrincipalName) == nil else {
            throw .alreadyExists(.user, name: user.userPrincipalName)
        }
        return [.userRestored(user.id)]
    }

    /// Removes a user of the recycle bin for good.
    package func purgeUser(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        [.userPurged(try deletedUser(name).id)]
    }

    /// Purges of everybody whose 30 days in the recycle bin are over.
    package func purgeExpiredUsers() -> [TenantEvent] {
        snapshot.deletedUsers
            .filter { ($0.deletedAt ?? now) + Self.recycleBinPeriod <= now }
            .map { .userPurged($0.id) }
    }

    /// Time a deleted user can be restored. provisioning.md §1.8.
    package static let recycleBinPeriod: Duration = .days(30)

    /// Sets a password, unlocks, and ends every session.
    package func setPassword(
        _ name: String, _ password: String, mustChange: Bool = false
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let user = try user(name)
        var credential = user.credential
        credential.password = password
        credential.mustChange = mustChange
        credential.isExpired = false
        credential.lockedUntil = nil
        credential.failedAttempts = 0
        credential.changedAt = now
        return [.userCredentialChanged(user.id, credential), .userSessionsRevoked(user.id)]
    }

    package func revokeSessions(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        [.userSessionsRevoked(try user(name).id)]
    }

    private func managerEvent(
        of user: User, _ value: JSONValue
    ) throws(DirectoryEditError) -> TenantEvent? {
        if value.isNull { return user.manager == nil ? nil : .userManagerChanged(user.id, nil) }
        guard let name = value.stringValue else {
            throw .wrongKind(attribute: "manager", expected: .string, found: value.kindName)
        }
        let manager = try self.user(name)
        var above: UserID? = manager.id
        var steps = 0
        while let current = above, steps <= snapshot.userCount {
            guard current != user.id else { throw .managerCycle(user: user.userPrincipalName) }
            above = snapshot.user(current)?.manager
            steps += 1
        }
        return user.manager == manager.id ? nil : .userManagerChanged(user.id, manager.id)
    }

    /// Attributes under Entra's own names, each value of the right kind.
    private func canonical(
        _ changes: [AttributeChange]
    ) throws(DirectoryEditError) -> [AttributeChange] {
        var out: [AttributeChange] = []
        for change in changes {
            guard let attribute = UserAttribute.named(change.name, value: change.value) else {
                throw .notFound(
                    .attribute, name: change.name,
                    nearest: NearestName.of(change.name, in: UserAttribute.names))
            }
            if change.value.isNull {
                guard !Self.requiredAttributes.contains(attribute.name) else {
                    throw .cannotBeCleared(attribute: attribute.name)
                }
            } else {
                guard attribute.kind.accepts(change.value),
                    attribute.name != "userType"
                        || change.value.stringValue.flatMap(User.UserType.init) != nil
                else {
                    throw .wrongKind(
                        attribute: change.name, expected: attribute.kind,
                        found: change.value.kindName)
                }
                if attribute.name == "displayName", change.value == "" { throw .emptyName(.user) }
            }
            out.append(AttributeChange(attribute.name, change.value))
        }
        return out
    }

    private static let requiredAttributes: Set<String> = [
        "userPrincipalName", "displayName", "accountEnabled", "userType",
    ]

    /// The name has the form `alias@domain`, the domain is verified here, nobody else has it.
    private func requireFreeName(
        _ name: String, userType: User.UserType, except id: UserID? = nil
    ) throws(DirectoryEditError) {
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        let domains = snapshot.profile.domains
        guard parts.count == 2, !parts[0].isEmpty,
            domains.contains(where: { foldedName($0) == foldedName(String(parts[1])) })
        else { throw .domainNotVerified(userPrincipalName: name, domains: domains) }
        if let holder = snapshot.user(userPrincipalName: name), holder.id != id {
            throw .alreadyExists(.user, name: name)
        }
    }
}

extension User {
    /// The value of any attribute by Entra's own name; nil when it has none.
    package func value(of attribute: String) -> JSONValue? {
        switch attribute {
        case "userPrincipalName": .string(userPrincipalName)
        case "displayName": .string(displayName)
        case "accountEnabled": .bool(accountEnabled)
        case "userType": .string(userType.rawValue)
        case "objectId": .string(id.description)
        default: attributes[attribute]
        }
    }
}
