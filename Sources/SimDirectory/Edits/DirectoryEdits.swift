import SimCore

/// Edits of a directory as people ask for them: natural names in, events out.
///
/// Pure: each function looks at one snapshot and returns the events that make the change, for
/// `Tenant.append(at:deciding:)`. Objects are named by object id, or users by UPN and groups and
/// applications by display name (applications also by client id).
package struct DirectoryEdits: Sendable {
    package let snapshot: DirectorySnapshot
    package let now: Timestamp
    let random: any RandomSource

    package init(_ snapshot: DirectorySnapshot, now: Timestamp, random: any RandomSource) {
        self.snapshot = snapshot
        self.now = now
        self.random = random
    }

    /// Names looked at for a hint; a directory may have a million.
    private static let nearestCandidates = 5_000

    /// A live user by UPN or object id.
    package func user(_ name: String) throws(DirectoryEditError) -> User {
        if let user = snapshot.user(userPrincipalName: name) { return user }
        if let user = UserID(name).flatMap({ snapshot.user($0) }), user.deletedAt == nil {
            return user
        }
        var candidates: [String] = []
        for id in snapshot.userIDs {
            guard candidates.count < Self.nearestCandidates else { break }
            if let user = snapshot.user(id) { candidates.append(user.userPrincipalName) }
        }
        throw .notFound(.user, name: name, nearest: NearestName.of(name, in: candidates))
    }

    /// A user in the recycle bin by UPN or object id; of several with that UPN the last deleted.
    package func deletedUser(_ name: String) throws(DirectoryEditError) -> User {
        let bin = snapshot.deletedUsers
        let id = UserID(name)
        let matches = bin.filter {
            $0.id == id || foldedName($0.userPrincipalName) == foldedName(name)
        }
        let latest = matches.max { $0.deletedAt ?? .epoch < $1.deletedAt ?? .epoch }
        if let latest { return latest }
        throw .notFound(
            .deletedUser, name: name,
            nearest: NearestName.of(
                name, in: bin.prefix(Self.nearestCandidates).map(\.userPrincipalName)))
    }

    /// A group by display name or object id.
    package func group(_ name: String) throws(DirectoryEditError) -> Group {
        if let group = GroupID(name).flatMap({ snapshot.group($0) }) { return group }
        let matches = snapshot.groups(displayName: name)
        guard matches.count < 2 else { throw .ambiguous(.group, name: name) }
        if let group = matches.first { return group }
        throw .notFound(
            .group, name: name,
            nearest: NearestName.of(
                name, in: snapshot.groups.prefix(Self.nearestCandidates).map(\.displayName)))
    }

    /// An enterprise app by display name, client id or object id.
    package func servicePrincipal(_ name: String) throws(DirectoryEditError) -> ServicePrincipal {
        if let guid = GUID(name) {
            if let found = snapshot.servicePrincipal(appID: AppID(guid)) { return found }
            if let found = snapshot.servicePrincipal(ServicePrincipalID(guid)) { return found }
            if let registration = snapshot.application(ApplicationID(guid)),
                let found = snapshot.servicePrincipal(appID: registration.appID)
            {
                return found
            }
        }
        if let found = snapshot.servicePrincipal(displayName: name) { return found }
        throw .notFound(
            .application, name: name,
            nearest: NearestName.of(name, in: snapshot.servicePrincipals.map(\.displayName)))
    }

    /// The registration of an app named as for `servicePrincipal`; built-in ones are refused.
    package func application(_ name: String) throws(DirectoryEditError) -> AppRegistration {
        let servicePrincipal = try servicePrincipal(name)
        guard !BuiltInApplications.isBuiltIn(servicePrincipal.appID) else {
            throw .builtInApplication(name: servicePrincipal.displayName)
        }
        guard let application = snapshot.application(appID: servicePrincipal.appID) else {
            throw .notFound(.application, name: name, nearest: nil)
        }
        return application
    }

    /// A user, group or enterprise app, tried in this order.
    package func principal(_ name: String) throws(DirectoryEditError) -> Principal {
        if let user = snapshot.user(userPrincipalName: name) { return .user(user.id) }
        if let guid = GUID(name) {
            if snapshot.user(UserID(guid)) != nil { return .user(UserID(guid)) }
            if snapshot.group(GroupID(guid)) != nil { return .group(GroupID(guid)) }
            if snapshot.servicePrincipal(ServicePrincipalID(guid)) != nil {
                return .servicePrincipal(ServicePrincipalID(guid))
            }
        }
        do throws(DirectoryEditError) {
            return .group(try group(name).id)
        } catch {
            if case .ambiguous = error { throw error }
            if let app = snapshot.servicePrincipal(displayName: name) {
                return .servicePrincipal(app.id)
            }
            // A name with `@` was meant to be a user.
            if name.contains("@") { return .user(try user(name).id) }
            throw error
        }
    }

    func guid(_ purpose: RandomPurpose) -> GUID { random.guid(for: purpose) }
}

extension RandomPurpose {
    static let objectID = RandomPurpose("directory object id")
    static let clientSecret = RandomPurpose("client secret")
    static let mailNickname = RandomPurpose("mail nickname")
}
