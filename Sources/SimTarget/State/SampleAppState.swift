import SimCore

/// Everything an app knows: people, groups, roles, keys. A pure value; changes go through `apply`.
///
/// Indexes by id, user name, external id and group name make the look-ups of a provisioning
/// client independent of the number of people.
package struct SampleAppState: Sendable, Hashable {
    package private(set) var users = ResourceTable<Standing>()
    package private(set) var groups = ResourceTable<MemberList>()
    package private(set) var rules: RoleRules
    package private(set) var keys: KeyRing
    package private(set) var tokens = TokenRing()
    /// People whose `active` is false.
    package private(set) var archivedCount = 0

    private var usersByName: [String: [String]] = [:]
    private var usersByExternalID: [String: [String]] = [:]
    private var groupsByName: [String: [String]] = [:]
    private var groupsByExternalID: [String: [String]] = [:]
    /// The groups of each member, in the order joined.
    private var memberships: [String: [String]] = [:]

    package init(_ configuration: SampleAppConfiguration) {
        rules = configuration.roles
        keys = KeyRing(
            configuration.keys.map {
                APIKey(
                    id: "fixture-\($0.name)", name: $0.name, scopes: $0.scopes, value: $0.value,
                    issuedAt: nil)
            }
                + (configuration.oauth?.clients ?? []).map {
                    APIKey(
                        id: "client-\($0.clientID)", name: $0.name, scopes: $0.scopes,
                        clientID: $0.clientID, value: $0.clientSecret, issuedAt: nil)
                })
    }

    // MARK: - Look-ups

    /// The id of the user of that name; names are compared without case.
    package func userID(named name: String) -> String? { userIDs(named: name).first }

    /// The id of the group of that name; names are compared without case.
    package func groupID(named name: String) -> String? { groupIDs(named: name).first }

    /// All of them, oldest first: a defect of the app can give a name twice.
    package func userIDs(named name: String) -> [String] {
        usersByName[name.lowercased()] ?? []
    }

    package func groupIDs(named name: String) -> [String] {
        groupsByName[name.lowercased()] ?? []
    }

    package func userIDs(externalID: String) -> [String] { usersByExternalID[externalID] ?? [] }

    package func groupIDs(externalID: String) -> [String] { groupsByExternalID[externalID] ?? [] }

    /// The ids of the groups a user or group is a member of, in the order joined.
    package func groupIDs(of member: String) -> [String] { memberships[member] ?? [] }

    package func groupNames(of member: String) -> [String] {
        groupIDs(of: member).compactMap { groups[$0]?.displayName }
    }
}

extension SampleAppState {
    /// Applies an accepted change. A change of something that is gone does nothing.
    package mutating func apply(_ change: SampleAppChange, at time: Timestamp) {
        switch change {
        case .userSaved(let id, let attributes): saveUser(id, attributes, time)
        case .userDeleted(let id): deleteUser(id, time)
        case .groupSaved(let id, let attributes): saveGroup(id, attributes, time)
        case .groupDeleted(let id): deleteGroup(id, time)
        case .membersEdited(let group, let edits): editMembers(of: group, edits, time)
        case .mappingChanged(let mappings):
            rules.mappings = mappings
            recheck(Array(users.ids))
        case .keyIssued(let key): keys.add(key)
        case .keyRevoked(let id): keys.revoke(id, at: time)
        case .tokenIssued(let token): tokens.add(token)
        }
    }

    // MARK: - Users

    private mutating func saveUser(_ id: String, _ attributes: JSONObject, _ time: Timestamp) {
        if let old = users[id] {
            unindexUser(old)
            users.update(id) { $0.save(attributes, at: time) }
        } else {
            users.insert(
                id: id, attributes: attributes,
                detail: rules.standing(current: nil, groups: []), at: time)
        }
        guard let record = users[id] else { return }
        usersByName[record.userName.lowercased(), default: []].append(id)
        if let external = attributes["externalId"]?.stringValue {
            usersByExternalID[external, default: []].append(id)
        }
        if record.isArchived { archivedCount += 1 }
    }

    private mutating func unindexUser(_ record: UserRecord) {
        usersByName.forget(record.id, under: record.userName.lowercased())
        if let external = record.attributes["externalId"]?.stringValue {
            usersByExternalID.forget(record.id, under: external)
        }
        if record.isArchived { archivedCount -= 1 }
    }

    private mutating func deleteUser(_ id: String, _ time: Timestamp) {
        guard let record = users[id] else { return }
        leaveAllGroups(id, time)
        unindexUser(record)
        users.remove(id)
    }

    // MARK: - Groups

    private mutating func saveGroup(_ id: String, _ attributes: JSONObject, _ time: Timestamp) {
        let oldName = groups[id]?.displayName
        if let old = groups[id] {
            unindexGroup(old)
            groups.update(id) { $0.save(attributes, at: time) }
        } else {
            groups.insert(id: id, attributes: attributes, detail: MemberList(), at: time)
        }
        guard let record = groups[id] else { return }
        groupsByName[record.displayName.lowercased(), default: []].append(id)
        if let external = attributes["externalId"]?.stringValue {
            groupsByExternalID[external, default: []].append(id)
        }
        if let oldName, oldName != record.displayName { recheck(Array(record.detail.ids)) }
    }

    private mutating func unindexGroup(_ record: GroupRecord) {
        groupsByName.forget(record.id, under: record.displayName.lowercased())
        if let external = record.attributes["externalId"]?.stringValue {
            groupsByExternalID.forget(record.id, under: external)
        }
    }

    private mutating func deleteGroup(_ id: String, _ time: Timestamp) {
        guard let record = groups[id] else { return }
        leaveAllGroups(id, time)
        unindexGroup(record)
        groups.remove(id)
        let members = Array(record.detail.ids)
        for member in members { memberships.forget(id, under: member) }
        recheck(members)
    }

    // MARK: - Members

    private mutating func leaveAllGroups(_ member: String, _ time: Timestamp) {
        for group in memberships.removeValue(forKey: member) ?? [] {
            groups.update(group) { $0.editMembers(at: time) { _ = $0.remove(member) } }
        }
    }

    private mutating func editMembers(
        of group: String, _ edits: [MemberEdit], _ time: Timestamp
    ) {
        guard groups[group] != nil else { return }
        var affected: [String] = []
        for edit in edits {
            switch edit {
            case .add(let ids): affected += add(ids, to: group, time)
            case .remove(let ids): affected += remove(ids, from: group, time)
            case .replace(let ids):
                let kept = Set(ids)
                let gone = groups[group]?.detail.ids.filter { !kept.contains($0) } ?? []
                affected += remove(gone, from: group, time)
                affected += add(ids, to: group, time)
            }
        }
        recheck(affected)
    }

    private mutating func add(
        _ ids: [String], to group: String, _ time: Timestamp
    ) -> [String] {
        var added: [String] = []
        let known = ids.filter { users[$0] != nil || groups[$0] != nil }
        groups.update(group) { record in
            for id in known where !record.detail.contains(id) {
                record.editMembers(at: time) { _ = $0.insert(id) }
                added.append(id)
            }
        }
        for id in added { memberships[id, default: []].append(group) }
        return added
    }

    private mutating func remove(
        _ ids: [String], from group: String, _ time: Timestamp
    ) -> [String] {
        var removed: [String] = []
        groups.update(group) { record in
            for id in ids where record.detail.contains(id) {
                record.editMembers(at: time) { _ = $0.remove(id) }
                removed.append(id)
            }
        }
        for id in removed { memberships.forget(group, under: id) }
        return removed
    }

    /// Decides the standing of these people again; ids of groups are passed over.
    private mutating func recheck(_ ids: [String]) {
        for id in ids {
            guard let user = users[id] else { continue }
            let standing = rules.standing(current: user.detail, groups: groupNames(of: id))
            if standing != user.detail { users.update(id) { $0.detail = standing } }
        }
    }
}

extension StoredResource {
    fileprivate mutating func save(_ new: JSONObject, at time: Timestamp) {
        attributes = new
        touch(at: time)
    }

    fileprivate mutating func touch(at time: Timestamp) {
        version += 1
        lastModified = time
    }
}

extension StoredResource<MemberList> {
    fileprivate mutating func editMembers(
        at time: Timestamp, _ edit: (inout MemberList) -> Void
    ) {
        edit(&detail)
        touch(at: time)
    }
}

extension [String: [String]] {
    /// Removes one value of a list, and the list when it was the last.
    fileprivate mutating func forget(_ value: String, under key: String) {
        guard let index = self.index(forKey: key) else { return }
        values[index].removeAll { $0 == value }
        if values[index].isEmpty { remove(at: index) }
    }
}
