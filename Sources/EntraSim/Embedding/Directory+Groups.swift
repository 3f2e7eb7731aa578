import SimDirectory

extension Simulator.Directory {
    /// Names in the order of creation.
    public func groups() throws(SimulatorFailure) -> [String] {
        try snapshot().groups.map(\.displayName)
    }

    /// Direct members: user principal names of people, names of groups.
    public func members(of group: String) throws(SimulatorFailure) -> [String] {
        try look { edits throws(DirectoryEditError) in
            let snapshot = edits.snapshot
            return snapshot.members(of: try edits.group(group).id)
                .compactMap(snapshot.name)
        }
    }

    /// A security group.
    public func addGroup(
        _ name: String, members: [String] = []
    ) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in
            var events = try edits.addGroup(displayName: name)
            guard case .groupCreated(let group)? = events.first else { return events }
            for member in members {
                events.append(.memberAdded(group.id, try edits.principal(member)))
            }
            return events
        }
    }

    public func rename(group: String, to name: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.renameGroup(group, to: name) }
    }

    public func delete(group: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.deleteGroup(group) }
    }

    /// - Parameter member: a person or a group.
    public func addMember(_ member: String, to group: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.addMember(member, to: group) }
    }

    public func removeMember(_ member: String, from group: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in
            try edits.removeMember(member, from: group)
        }
    }

    /// Who is assigned to an app: people and groups by name.
    public func assignments(to app: String) throws(SimulatorFailure) -> [String] {
        try look { edits throws(DirectoryEditError) in
            let snapshot = edits.snapshot
            return snapshot.assignments(to: try edits.servicePrincipal(app).id)
                .compactMap { snapshot.name($0.principal) }
        }
    }

    /// - Parameters:
    ///   - principal: a person or a group.
    ///   - role: an app role's value or name; nil for the app's only one, or default access.
    public func assign(
        _ principal: String, to app: String, role: String? = nil
    ) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in
            try edits.assign(principal, to: app, role: role)
        }
    }

    /// Removes every assignment of a person or group to the app.
    public func unassign(_ principal: String, from app: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in
            try edits.unassign(principal, from: app)
        }
    }
}

extension DirectorySnapshot {
    /// What a person calls a principal; nil for one that is gone.
    fileprivate func name(_ principal: Principal) -> String? {
        switch principal {
        case .user(let id): user(id)?.userPrincipalName
        case .group(let id): group(id)?.displayName
        case .servicePrincipal(let id): servicePrincipal(id)?.displayName
        }
    }
}
