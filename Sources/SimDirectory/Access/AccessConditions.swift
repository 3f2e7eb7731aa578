import SimCore

/// Who, what, where and how a policy is about. What is not set matches everything.
/// identity-platform.md §8.1.
package struct AccessConditions: Hashable, Sendable {
    /// People, on one side of a policy.
    package struct People: Hashable, Sendable {
        package var everyone = false
        package var guests = false
        package var users: [UserID] = []
        package var groups: [GroupID] = []
        /// Role template ids.
        package var roles: [GUID] = []

        package init() {}

        package var isEmpty: Bool { self == People() }
    }

    /// Resources, on one side of a policy.
    package struct Targets: Hashable, Sendable {
        package var all = false
        package var apps: [AppID] = []
        /// `Office365`, `MicrosoftAdminPortals`: nothing of theirs is simulated, so they match
        /// nothing.
        package var suites: [Suite] = []

        package init() {}
    }

    package enum Suite: String, CaseIterable, Sendable {
        case office365 = "Office365"
        case adminPortals = "MicrosoftAdminPortals"
    }

    package enum UserAction: String, CaseIterable, Sendable {
        case registerSecurityInfo = "urn:user:registersecurityinfo"
        case registerDevice = "urn:user:registerdevice"
    }

    package enum ClientAppType: String, CaseIterable, Sendable {
        case all, browser, mobileAppsAndDesktopClients, exchangeActiveSync, easSupported, other
    }

    /// A word of a location list.
    package enum Place: Hashable, Sendable {
        case all
        case allTrusted
        /// The all-zero id: addresses that multifactor settings trust. Nothing is there.
        case trustedByFactorSettings
        case named(NamedLocationID)
    }

    /// An include and an exclude list.
    package struct Sides<Element: Hashable & Sendable>: Hashable, Sendable {
        package var include: [Element]
        package var exclude: [Element]

        package init(include: [Element], exclude: [Element] = []) {
            self.include = include
            self.exclude = exclude
        }
    }

    /// Applications with permissions of their own: policies about workloads name them.
    package struct Workloads: Hashable, Sendable {
        /// `ServicePrincipalsInMyOrganization`
        package var allOwn = false
        package var include: [ServicePrincipalID] = []
        package var exclude: [ServicePrincipalID] = []

        package init() {}
    }

    /// Whether a text names an authentication context: `c1` to `c25`. identity-platform.md §8.5.
    package static func isAuthenticationContext(_ name: String) -> Bool {
        guard let number = Int(name.dropFirst()) else { return false }
        return (1...25).contains(number) && name == "c\(number)"
    }

    package var includePeople = People()
    package var excludePeople = People()
    package var includeTargets = Targets()
    package var excludeTargets = Targets()
    package var userActions: [UserAction] = []
    package var authenticationContexts: [String] = []
    /// Empty: every kind, which Graph writes as `all`.
    package var clientAppTypes: [ClientAppType] = []
    /// nil: any. An empty include list means all but the excluded ones.
    package var platforms: Sides<DevicePlatform>?
    package var locations: Sides<Place>?
    package var signInRiskLevels: [RiskLevel] = []
    package var userRiskLevels: [RiskLevel] = []
    /// Set: the policy is about applications, never about people.
    package var workloads: Workloads?

    package init() {}
}
