import SimCore

/// One API an application says it needs, and which of its permissions: what `.default` and an
/// administrator's consent are about. identity-platform.md §5.1, §7.
package struct RequiredResourceAccess: Hashable, Sendable {
    /// `resourceAccess` entry; the raw values are Graph's.
    package struct Permission: Hashable, Sendable {
        package enum Kind: String, CaseIterable, Sendable {
            /// Delegated: a scope of the API.
            case scope = "Scope"
            /// For the application itself: an app role of the API.
            case role = "Role"
        }

        package let id: GUID
        package let kind: Kind

        package init(id: GUID, kind: Kind) {
            self.id = id
            self.kind = kind
        }
    }

    package let resource: AppID
    package let permissions: [Permission]

    package init(resource: AppID, permissions: [Permission]) {
        self.resource = resource
        self.permissions = permissions
    }

    /// Ids of the permissions of one kind, in their order.
    package func ids(_ kind: Permission.Kind) -> [GUID] {
        permissions.filter { $0.kind == kind }.map(\.id)
    }
}
