import SimCore
import SimDirectory

/// A person of a directory.
public struct DirectoryUser: Hashable, Sendable {
    public let id: String
    public let userPrincipalName: String
    public let displayName: String
    public let mail: String?
    public let isEnabled: Bool
    /// In the recycle bin.
    public let isDeleted: Bool
    /// Names of the groups the person is directly in, sorted.
    public let groups: [String]
}

extension Simulator.Directory {
    /// User principal names in the order of creation, without the recycle bin.
    public func users() throws(SimulatorFailure) -> [String] {
        try snapshot().users.map(\.userPrincipalName)
    }

    /// A person, also one in the recycle bin.
    public func user(_ name: String) throws(SimulatorFailure) -> DirectoryUser {
        try look { edits throws(DirectoryEditError) in
            let user: User
            do throws(DirectoryEditError) {
                user = try edits.user(name)
            } catch {
                guard let deleted = try? edits.deletedUser(name) else { throw error }
                user = deleted
            }
            return DirectoryUser(user, in: edits.snapshot)
        }
    }

    /// - Parameters:
    ///   - attributes: by Entra's or Graph's names: `givenName`, `jobTitle`, `mail`, ….
    ///   - password: nil for a person who cannot sign in.
    ///   - manager: another person.
    @discardableResult
    public func addUser(
        _ userPrincipalName: String, _ attributes: [String: String] = [:],
        password: String? = nil, manager: String? = nil
    ) throws(SimulatorFailure) -> DirectoryUser {
        var new = NewUser(userPrincipalName: userPrincipalName)
        new.attributes = Self.changes(attributes)
        new.displayName = attributes["displayName"]
        new.attributes.removeAll { $0.name == "displayName" }
        new.password = password
        new.manager = manager
        try edit { edits throws(DirectoryEditError) in try edits.addUser(new) }
        return try user(userPrincipalName)
    }

    /// Changes attributes; `userPrincipalName` and `manager` are among them. An empty text clears.
    public func set(
        _ attributes: [String: String], of user: String
    ) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in
            try edits.setAttributes(user, Self.changes(attributes))
        }
    }

    public func setPassword(_ password: String, of user: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.setPassword(user, password) }
    }

    public func enable(user: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.setAccountEnabled(user, true) }
    }

    /// Blocks sign-in; provisioning switches the person off in the target.
    public func disable(user: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.setAccountEnabled(user, false) }
    }

    /// Into the recycle bin, for 30 days.
    public func delete(user: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.deleteUser(user) }
    }

    /// Out of the recycle bin.
    public func restore(user: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.restoreUser(user) }
    }

    /// Out of the recycle bin for good.
    public func purge(user: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.purgeUser(user) }
    }

    private static func changes(_ attributes: [String: String]) -> [AttributeChange] {
        attributes.sorted { $0.key < $1.key }.map { name, value in
            AttributeChange(name, value.isEmpty ? .null : .string(value))
        }
    }
}

extension DirectoryUser {
    init(_ user: User, in snapshot: DirectorySnapshot) {
        id = user.id.description
        userPrincipalName = user.userPrincipalName
        displayName = user.displayName
        mail = user.mail
        isEnabled = user.accountEnabled
        isDeleted = user.deletedAt != nil
        groups = snapshot.groups(containing: .user(user.id))
            .compactMap { snapshot.group($0)?.displayName }.sorted()
    }
}
