/// Edits and views of groups. A group is named by display name or object id.
package enum GroupCommand: Hashable, Sendable {
    case list(GroupListing)
    case show(String)
    case add(NewGroup)
    case rename(String, displayName: String)
    case delete(String)
    case addMember(String, PrincipalReference)
    case removeMember(String, PrincipalReference)
}

/// Which groups a list shows, in creation order.
package struct GroupListing: Hashable, Sendable {
    /// Part of the display name, compared without case; nil for all.
    package let text: String?
    package let limit: Int

    package init(text: String? = nil, limit: Int = 1_000) {
        self.text = text
        self.limit = limit
    }
}

/// A group to be made: security-enabled, not mail-enabled.
package struct NewGroup: Hashable, Sendable {
    package let displayName: String
    package let description: String?
    /// Derived from the display name when nil.
    package let mailNickname: String?
    package let members: [PrincipalReference]

    package init(
        displayName: String, description: String? = nil, mailNickname: String? = nil,
        members: [PrincipalReference] = []
    ) {
        self.displayName = displayName
        self.description = description
        self.mailNickname = mailNickname
        self.members = members
    }
}

/// Who joins a group or is assigned to an app, by natural name or object id.
package enum PrincipalReference: Hashable, Sendable {
    case user(String)
    case group(String)
}

/// Who may use an enterprise app.
package enum AssignmentCommand: Hashable, Sendable {
    case list(app: String)
    /// `appRole`: value, display name or id; nil for default access.
    case assign(app: String, PrincipalReference, appRole: String?)
    /// Removes every assignment of that principal to the app.
    case unassign(app: String, PrincipalReference)
}
