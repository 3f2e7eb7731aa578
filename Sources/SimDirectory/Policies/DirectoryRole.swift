import SimCore

/// A built-in directory role. The raw value is the role's template id, the same in every tenant;
/// `wids` claims and Conditional Access policies name roles by it.
package enum DirectoryRole: String, CaseIterable, Hashable, Sendable {
    case globalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
    case globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
    case privilegedRoleAdministrator = "e8611ab8-c189-46e8-94e1-60213ab1f814"
    case applicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"
    case cloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7"
    case applicationDeveloper = "cf1c38e5-3621-4004-a7cb-879624dced7c"
    case userAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1"
    case groupsAdministrator = "fdd7a751-b60b-444a-984c-02652fe8fa1c"
    case helpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8"
    case authenticationAdministrator = "c4e39bd9-1100-46d3-8c65-fb160da0071f"
    case privilegedAuthenticationAdministrator = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"
    case conditionalAccessAdministrator = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"
    case securityAdministrator = "194ae4cb-b126-40b2-bd5b-6091b380977d"
    case securityReader = "5d6b6bb7-de71-4623-b4af-96380a352509"
    case hybridIdentityAdministrator = "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
    case directoryReaders = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"
    case reportsReader = "4a5d8f65-41da-4de4-8968-e035b65339cf"

    /// The name on the service's own pages.
    package var displayName: String {
        switch self {
        case .globalAdministrator: "Global Administrator"
        case .globalReader: "Global Reader"
        case .privilegedRoleAdministrator: "Privileged Role Administrator"
        case .applicationAdministrator: "Application Administrator"
        case .cloudApplicationAdministrator: "Cloud Application Administrator"
        case .applicationDeveloper: "Application Developer"
        case .userAdministrator: "User Administrator"
        case .groupsAdministrator: "Groups Administrator"
        case .helpdeskAdministrator: "Helpdesk Administrator"
        case .authenticationAdministrator: "Authentication Administrator"
        case .privilegedAuthenticationAdministrator: "Privileged Authentication Administrator"
        case .conditionalAccessAdministrator: "Conditional Access Administrator"
        case .securityAdministrator: "Security Administrator"
        case .securityReader: "Security Reader"
        case .hybridIdentityAdministrator: "Hybrid Identity Administrator"
        case .directoryReaders: "Directory Readers"
        case .reportsReader: "Reports Reader"
        }
    }

    /// `wids` of everybody who belongs to the tenant. identity-platform.md §0.
    package static let defaultUserTemplateID = "b79fbf4d-3ef9-4689-8143-76b194e85509"

    /// A role by display name, compared without case, or by template id.
    package init?(named name: String) {
        let wanted = foldedName(name)
        guard
            let role = Self.allCases.first(where: {
                $0.rawValue == wanted || foldedName($0.displayName) == wanted
            })
        else { return nil }
        self = role
    }

    /// Names for hints, in the order of the cases.
    package static var displayNames: [String] { allCases.map(\.displayName) }
}

/// Somebody has a role in the whole tenant. Graph's `unifiedRoleAssignment` with the scope `/`.
package struct DirectoryRoleAssignment: Hashable, Sendable {
    package let role: DirectoryRole
    package let principal: Principal

    package init(role: DirectoryRole, principal: Principal) {
        self.role = role
        self.principal = principal
    }
}
