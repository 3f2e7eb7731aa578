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
    /// Every other attribute that is a text, by Entra's name: `jobTitle`, `department`, ….
    public let attributes: [String: String]
    /// User principal name of the manager.
    public let manager: String?
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

    /// Changes attributes; `userPrincipalName` and `manager` are among them. An empty text clears;
    /// several values of a list such as `otherMails` are separated by commas.
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
        attributes.sorted { $0.key < $1.key }.map { AttributeChange($0, value($1, of: $0)) }
    }

    /// The text as the kind of value the attribute has; a text that is none is refused later.
    private static func value(_ text: String, of attribute: String) -> JSONValue {
        guard !text.isEmpty else { return .null }
        switch UserAttribute.named(attribute)?.kind {
        case .strings:
            return JSONValue(
                strings: text.split(separator: ",").map { String($0.drop { $0 == " " }) })
        case .boolean: return Bool(text).map { .bool($0) } ?? .string(text)
        case .string, .integer, .object, nil: return .string(text)
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
        attributes = user.attributes.entries.reduce(into: [:]) { texts, entry in
            texts[entry.name] = entry.value.stringValue
        }
        manager = user.manager.flatMap { snapshot.user($0)?.userPrincipalName }
        groups = snapshot.groups(containing: .user(user.id))
            .compactMap { snapshot.group($0)?.displayName }.sorted()
    }
}
