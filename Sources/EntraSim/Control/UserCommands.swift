import SimCore
import SimDirectory
import SimPortal

/// Carries out the user commands of one tenant.
struct UserCommands {
    let host: TenantHost
    let now: Timestamp
    let random: any RandomSource

    func perform(_ command: UserCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .list(let listing): return list(listing)
        case .show(let name): return try shown(name)
        case .add(let new): return try add(new)
        case .set(let name, let settings):
            try edit { edits throws(DirectoryEditError) in
                try Self.changes(of: edits.user(name), settings, edits)
            }
            return try shown(settings.newName ?? name)
        case .enable(let name): return try setEnabled(name, true)
        case .disable(let name): return try setEnabled(name, false)
        case .delete(let name):
            try edit { edits throws(DirectoryEditError) in try edits.deleteUser(name) }
            return .done
        case .restore(let name):
            try edit { edits throws(DirectoryEditError) in try edits.restoreUser(name) }
            return try shown(name)
        case .purge(let name):
            try edit { edits throws(DirectoryEditError) in try edits.purgeUser(name) }
            return .done
        case .revokeSessions(let name):
            try edit { edits throws(DirectoryEditError) in try edits.revokeSessions(name) }
            return .done
        }
    }

    private func list(_ listing: UserListing) -> ControlAnswer {
        let snapshot = host.snapshot
        let wanted = listing.text?.lowercased()
        func isWanted(_ user: User) -> Bool {
            guard let wanted else { return true }
            return user.userPrincipalName.lowercased().contains(text: wanted)
                || user.displayName.lowercased().contains(text: wanted)
        }
        let users: [User]
        switch listing.population {
        case .live:
            var found: [User] = []
            for id in snapshot.userIDs {
                guard found.count < listing.limit else { break }
                if let user = snapshot.user(id), isWanted(user) { found.append(user) }
            }
            users = found
        case .deleted:
            users = Array(snapshot.deletedUsers.filter(isWanted).prefix(listing.limit))
        }
        return .json([
            "value": .array(users.map { .object(UserAnswer.json($0, in: snapshot)) })
        ])
    }

    private func shown(_ name: String) throws(ControlError) -> ControlAnswer {
        let snapshot = host.snapshot
        let edits = DirectoryEdits(snapshot, now: now, random: random)
        do throws(DirectoryEditError) {
            return .json(UserAnswer.detail(try edits.user(name), in: snapshot))
        } catch {
            guard let deleted = try? edits.deletedUser(name) else { throw ControlError(error) }
            return .json(UserAnswer.detail(deleted, in: snapshot))
        }
    }

    private func add(_ new: SimPortal.NewUser) throws(ControlError) -> ControlAnswer {
        try edit { edits throws(DirectoryEditError) in
            var input = SimDirectory.NewUser(userPrincipalName: new.userPrincipalName)
            input.attributes = new.settings.attributes
            input.manager = new.settings.manager?.value
            let events = try edits.addUser(input)
            guard case .userCreated(var user)? = events.first else { return events }
            user.credential = new.settings.credential.applied(to: user.credential)
            user.situation = new.settings.applied(to: user.situation)
            return [.userCreated(user)] + events.dropFirst()
        }
        let snapshot = host.snapshot
        guard let user = snapshot.user(userPrincipalName: new.userPrincipalName) else {
            throw .conflict("the user was removed meanwhile")
        }
        return .created(UserAnswer.detail(user, in: snapshot))
    }

    private func setEnabled(_ name: String, _ isEnabled: Bool) throws(ControlError) -> ControlAnswer
    {
        try edit { edits throws(DirectoryEditError) in
            try edits.setAccountEnabled(name, isEnabled)
        }
        return try shown(name)
    }

    /// The events of a settings change: attributes, manager, credential.
    private static func changes(
        of user: User, _ settings: UserSettings, _ edits: DirectoryEdits
    ) throws(DirectoryEditError) -> [TenantEvent] {
        var changes = settings.attributes
        if let manager = settings.manager {
            changes.append(
                AttributeChange("manager", manager.value.map { .string($0) } ?? .null))
        }
        var events = try edits.setAttributes(user.id.description, changes)
        let credential = settings.credential.applied(to: user.credential)
        if credential != user.credential {
            events.append(.userCredentialChanged(user.id, credential))
            if credential.password != user.credential.password {
                events.append(.userSessionsRevoked(user.id))
            }
        }
        let situation = settings.applied(to: user.situation)
        if situation != user.situation {
            events.append(.userSituationChanged(user.id, situation))
        }
        return events
    }

    private func edit(
        _ body: (DirectoryEdits) throws(DirectoryEditError) -> [TenantEvent]
    ) throws(ControlError) {
        try host.edit(at: now, random: random, body)
    }
}

extension UserSettings {
    /// The user principal name these settings give.
    fileprivate var newName: String? {
        attributes.last { $0.name == "userPrincipalName" }?.value.stringValue
    }
}
