import SimCore

extension DirectoryEdits {
    /// Creates a security group. A name already in use is refused although the service allows it:
    /// two groups of one name could not be told apart on a command line.
    package func addGroup(
        displayName: String, description: String? = nil, mailNickname: String? = nil
    ) throws(DirectoryEditError) -> [TenantEvent] {
        try requireFreeGroupName(displayName)
        let group = Group(
            id: GroupID(guid(.objectID)), displayName: displayName, description: description,
            mailNickname: mailNickname ?? generatedNickname(), createdAt: now)
        return [.groupCreated(group)]
    }

    package func renameGroup(
        _ name: String, to newName: String
    ) throws(DirectoryEditError) -> [TenantEvent] {
        var group = try group(name)
        guard group.displayName != newName else { return [] }
        if foldedName(group.displayName) != foldedName(newName) {
            try requireFreeGroupName(newName)
        }
        group.displayName = newName
        return [.groupChanged(group)]
    }

    package func deleteGroup(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        [.groupDeleted(try group(name).id)]
    }

    /// Adds a user, a group or an enterprise app to a group.
    package func addMember(
        _ member: String, to groupName: String
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let group = try group(groupName)
        let principal = try principal(member)
        guard principal != .group(group.id) else {
            throw .memberOfItself(group: group.displayName)
        }
        guard !snapshot.isMember(principal, of: group.id) else {
            throw .alreadyMember(group: group.displayName, member: name(of: principal))
        }
        return [.memberAdded(group.id, principal)]
    }

    package func removeMember(
        _ member: String, from groupName: String
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let group = try group(groupName)
        let principal = try principal(member)
        guard snapshot.isMember(principal, of: group.id) else {
            throw .notMember(group: group.displayName, member: name(of: principal))
        }
        return [.memberRemoved(group.id, principal)]
    }

    private func requireFreeGroupName(_ name: String) throws(DirectoryEditError) {
        guard !name.isEmpty else { throw .emptyName(.group) }
        guard snapshot.group(displayName: name) == nil else {
            throw .alreadyExists(.group, name: name)
        }
    }

    /// The portal's form for a security group: nine hexadecimal digits with a dash, `3f2a91c0-7`.
    private func generatedNickname() -> String {
        String(guid(.mailNickname).description.prefix(10))
    }
}
