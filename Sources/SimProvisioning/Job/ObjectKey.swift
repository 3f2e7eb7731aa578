import SimCore
import SimDirectory

/// A source object as the job refers to it: the source anchor with its kind.
package enum ObjectKey: Hashable, Sendable {
    case user(UserID)
    case group(GroupID)

    package var guid: GUID {
        switch self {
        case .user(let id): id.guid
        case .group(let id): id.guid
        }
    }

    package var kind: Kind {
        switch self {
        case .user: .user
        case .group: .group
        }
    }

    /// The kinds of object a custom app can receive.
    package enum Kind: String, CaseIterable, Sendable {
        case user = "User"
        case group = "Group"
    }

    package init(_ kind: Kind, _ guid: GUID) {
        switch kind {
        case .user: self = .user(UserID(guid))
        case .group: self = .group(GroupID(guid))
        }
    }
}

/// One row of the connector data store: which target object belongs to a source object, and what
/// the service remembers about it. provisioning.md, terms; §1.8.
package struct Link: Hashable, Sendable {
    package enum Standing: String, CaseIterable, Sendable {
        /// In scope, or disabled only because the account is: a purge deletes it in the target.
        case active = "a"
        /// The service has switched it off; still in scope, so a purge deletes it.
        case disabled = "d"
        /// Out of scope: switched off and no longer managed, a purge sends nothing.
        case unmanaged = "u"
    }

    /// `id` in the target.
    package var target: String
    package var standing: Standing
    /// The manager last written, as a target id; nil when none was.
    package var manager: String?

    package init(target: String, standing: Standing = .active, manager: String? = nil) {
        self.target = target
        self.standing = standing
        self.manager = manager
    }
}
