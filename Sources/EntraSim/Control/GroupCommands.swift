import SimCore
import SimDirectory
import SimPortal

/// Carries out the group and assignment commands of one tenant.
struct GroupCommands {
    let host: TenantHost
    let now: Timestamp
    let random: any RandomSource

    func perform(_ command: GroupCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .list(let listing): return list(listing)
        case .show(let name): return .json(try detail(name))
        case .add(let new): return try add(new)
        case .rename(let name, let displayName):
            try edit { edits throws(DirectoryEditError) in
                try edits.renameGroup(name, to: displayName)
            }
            return .json(try detail(displayName))
        case .delete(let name):
            try edit { edits throws(DirectoryEditError) in try edits.deleteGroup(name) }
            return .done
        case .addMember(let group, let member):
            try edit { edits throws(DirectoryEditError) in
                try edits.addMember(edits.name(of: member), to: group)
            }
            return .json(try detail(group))
        case .removeMember(let group, let member):
            try edit { edits throws(DirectoryEditError) in
                try edits.removeMember(edits.name(of: member), from: group)
            }
            return .json(try detail(group))
        }
    }

    func perform(_ command: AssignmentCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .list(let app): return .json(try assignments(to: app))
        case .assign(let app, let principal, let role):
            try edit { edits throws(DirectoryEditError) in
                try edits.assign(edits.name(of: principal), to: app, role: role)
            }
            return .json(try assignments(to: app))
        case .unassign(let app, let principal):
            try edit { edits throws(DirectoryEditError) in
                try edits.unassign(edits.name(of: principal), from: app)
            }
            return .json(try assignments(to: app))
        }
    }

    private func list(_ listing: GroupListing) -> ControlAnswer {
        let snapshot = host.snapshot
        let wanted = listing.text?.lowercased()
        let groups = snapshot.groups.filter {
            wanted.map($0.displayName.lowercased().contains(text:)) ?? true
        }
        return .json([
            "value": .array(
                groups.prefix(listing.limit).map { .object(GroupAnswer.json($0, in: snapshot)) })
        ])
    }

    private func add(_ new: NewGroup) throws(ControlError) -> ControlAnswer {
        try edit { edits throws(DirectoryEditError) in
            var events = try edits.addGroup(
                displayName: new.displayName, description: new.description,
                mailNickname: new.mailNickname)
            guard case .groupCreated(let group)? = events.first else { return events }
            for member in new.members {
                events.append(
                    .memberAdded(group.id, try edits.principal(edits.name(of: member))))
            }
            return events
        }
        return .created(try detail(new.displayName))
    }

    private func detail(_ name: String) throws(ControlError) -> JSONValue {
        let snapshot = host.snapshot
        do {
            let group = try DirectoryEdits(snapshot, now: now, random: random).group(name)
            return GroupAnswer.detail(group, in: snapshot)
        } catch {
            throw ControlError(error)
        }
    }

    private func assignments(to app: String) throws(ControlError) -> JSONValue {
        let snapshot = host.snapshot
        do {
            let principal = try DirectoryEdits(snapshot, now: now, random: random)
                .servicePrincipal(app)
            return ApplicationAnswer.assignments(to: principal, in: snapshot)
        } catch {
            throw ControlError(error)
        }
    }

    private func edit(
        _ body: (DirectoryEdits) throws(DirectoryEditError) -> [TenantEvent]
    ) throws(ControlError) {
        try host.edit(at: now, random: random, body)
    }
}

extension DirectoryEdits {
    /// The object id of what a reference names: a user and a group may have the same name.
    fileprivate func name(
        of reference: PrincipalReference
    ) throws(DirectoryEditError) -> String {
        switch reference {
        case .user(let name): try user(name).id.description
        case .group(let name): try group(name).id.description
        }
    }
}
