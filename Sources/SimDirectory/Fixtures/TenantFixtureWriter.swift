import SimCore

/// Writes a tenant as a fixture that `TenantFixtureDecoder` reads back: `tenant export`.
///
/// Ids are written, so that a tenant started from the export is the same tenant. Passwords and
/// secrets are written too, as in every fixture: they are test data, public by nature.
package struct TenantFixtureWriter {
    let snapshot: DirectorySnapshot
    private let faults: [JSONObject]

    /// - Parameter faults: fault rules as they are written in a fixture.
    package init(_ snapshot: DirectorySnapshot, faults: [JSONObject] = []) {
        self.snapshot = snapshot
        self.faults = faults
    }

    /// The content of `tenant.json`; live users only.
    package var json: JSONValue {
        let profile = snapshot.profile
        var root: JSONObject = [
            "displayName": .string(profile.displayName), "id": .string(profile.id.description),
            "domains": JSONValue(strings: profile.domains),
        ]
        appendSettings(to: &root)
        root.append("users", .array(snapshot.users.map(user)))
        root.append("groups", .array(snapshot.groups.map(group)))
        root.append(
            "applications",
            .array(
                snapshot.applications.filter { !BuiltInApplications.isBuiltIn($0.appID) }
                    .map { .object(application($0)) }))
        let locations = snapshot.namedLocations
        if !locations.isEmpty {
            root.append("namedLocations", .array(locations.map { .object($0.json) }))
        }
        let policies = snapshot.accessPolicies
        if !policies.isEmpty {
            let naming = AccessNaming.names(in: snapshot)
            root.append(
                "conditionalAccessPolicies", .array(policies.map { .object($0.json(naming)) }))
        }
        if !faults.isEmpty { root.append("faults", .array(faults.map { .object($0) })) }
        return .object(root)
    }

    private func user(_ user: User) -> JSONValue {
        var object: JSONObject = [
            "id": .string(user.id.description),
            "userPrincipalName": .string(user.userPrincipalName),
            "displayName": .string(user.displayName),
            "accountEnabled": .bool(user.accountEnabled),
            "userType": .string(user.userType.rawValue),
            "createdDateTime": .string(user.createdAt.iso8601),
        ]
        for entry in user.attributes.entries {
            object.append(entry.name, entry.value)
        }
        object.appendIfPresent(
            "manager", user.manager.flatMap { snapshot.user($0) }?.userPrincipalName)
        let credential = user.credential
        if let password = credential.password {
            var profile: JSONObject = ["password": .string(password)]
            if credential.mustChange { profile.append("forceChangePasswordNextSignIn", true) }
            if credential.isExpired { profile.append("isExpired", true) }
            object.append("passwordProfile", .object(profile))
        }
        var signIn = JSONObject()
        if credential.requiresMFA { signIn.append("requiresMFA", true) }
        signIn.appendIfPresent("lockedUntil", credential.lockedUntil?.iso8601)
        if credential.secondFactor != .simulatedCode {
            signIn.append("secondFactor", .string(credential.secondFactor.name.rawValue))
        }
        if case .authenticator(let secret) = credential.secondFactor {
            signIn.append("authenticatorSecret", .string(Base32.encode(secret)))
        }
        for member in user.situation.json.members { signIn.append(member.name, member.value) }
        if !signIn.isEmpty { object.append("signIn", .object(signIn)) }
        return .object(object)
    }

    private func group(_ group: Group) -> JSONValue {
        var object: JSONObject = [
            "id": .string(group.id.description), "displayName": .string(group.displayName),
        ]
        object.appendIfPresent("description", group.description)
        object.append("mailNickname", .string(group.mailNickname))
        object.appendIfPresent("mail", group.mail)
        if let names = group.onPremises {
            object.append("onPremisesSamAccountName", .string(names.samAccountName))
            object.appendIfPresent("onPremisesDomainName", names.domainName)
            object.appendIfPresent("onPremisesNetBiosName", names.netBIOSName)
        }
        object.append("mailEnabled", .bool(group.mailEnabled))
        object.append("securityEnabled", .bool(group.securityEnabled))
        object.append("createdDateTime", .string(group.createdAt.iso8601))
        object.append(
            "members", JSONValue(strings: snapshot.members(of: group.id).compactMap(name)))
        return .object(object)
    }

    /// The natural name of a principal; nil for one in the recycle bin.
    func name(_ principal: Principal) -> String? {
        switch principal {
        case .user(let id):
            snapshot.user(id).flatMap { $0.deletedAt == nil ? $0.userPrincipalName : nil }
        case .group(let id): snapshot.group(id)?.displayName
        case .servicePrincipal(let id): snapshot.servicePrincipal(id)?.displayName
        }
    }
}
