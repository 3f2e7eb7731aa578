/// What one sample app is: its fixture, decoded. `tenants/<name>/targets/<app>.json`.
package struct SampleAppConfiguration: Hashable, Sendable {
    /// What a key may be given; SCIM takes one of them.
    package struct Scope: Hashable, Sendable {
        package let name: String
        package let summary: String
    }

    /// A key known from the start. Its value stands in the fixture, so it is public by nature.
    package struct FixtureKey: Hashable, Sendable {
        package let name: String
        package let value: String
        package let scopes: [String]
    }

    /// The page's design.
    package enum Look: String, CaseIterable, Sendable {
        /// Cool, dense, sans-serif.
        case console
        /// Warm, roomy, serif headings.
        case hearth
    }

    /// The path segment under `/apps/`: lower-case letters, digits and hyphens.
    package internal(set) var name: String
    package let displayName: String
    package let tagline: String
    package let look: Look
    /// The SCIM base below the app, `/scim/v2`: with leading, without trailing slash.
    package let scimPath: String
    package let scopes: [Scope]
    /// The only scope that may call SCIM at all; any other gets 403, reads included.
    package let scimScope: String
    /// What the values of issued keys begin with.
    package let keyPrefix: String
    package let keys: [FixtureKey]
    /// The app's token endpoint; nil when it has none.
    package internal(set) var oauth: OAuthConfiguration?
    package let roles: RoleRules
    /// Most resources in one SCIM page; also the size of a page nobody sized is half of it.
    package let pageLimit: Int
    /// What the app does wrong from the start.
    package let defects: [FixtureDefect]

    /// Where the app lives: `/apps/claresia`.
    package var basePath: String { "/apps/\(name)" }

    /// The fixture's first key that may provision: what a demo pastes as secret token.
    package var provisioningKey: FixtureKey? {
        keys.first { $0.scopes.contains(scimScope) }
    }
}
