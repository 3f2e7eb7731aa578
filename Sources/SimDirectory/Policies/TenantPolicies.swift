import SimCore

/// What an organization has decided about applications and tokens.
package struct TenantPolicies: Hashable, Sendable {
    /// What people may consent to by themselves. identity-platform.md §7.
    package enum UserConsent: String, CaseIterable, Sendable {
        /// Every permission that is not for administrators only.
        case allowed
        /// The permissions classified as low impact, of apps registered in this tenant.
        case lowRisk
        /// Nothing: administrators consent for everybody.
        case off
    }

    package var userConsent: UserConsent
    /// The admin-consent request workflow: who may not consent can ask (90095 instead of 90094).
    package var adminConsentRequests: Bool
    /// In order of creation; at most one is the organization's default.
    package var tokenLifetimes: [TokenLifetimePolicy]
    /// nil: passwords do not expire by themselves, as in tenants made since 2021.
    package var passwordExpiry: PasswordExpiry?
    /// Graph's `identitySecurityDefaultsEnforcementPolicy.isEnabled`.
    package var securityDefaults = false
    package var crossTenantAccess = CrossTenantAccess()

    package init(
        userConsent: UserConsent = .allowed, adminConsentRequests: Bool = false,
        tokenLifetimes: [TokenLifetimePolicy] = []
    ) {
        self.userConsent = userConsent
        self.adminConsentRequests = adminConsentRequests
        self.tokenLifetimes = tokenLifetimes
    }

    /// Values of the permissions people may grant under `lowRisk`: those the service suggests.
    package static let lowRiskScopes: Set<String> = [
        "openid", "profile", "email", "offline_access", "User.Read",
    ]

    /// The lifetime of tokens for an application, by the policies that its enterprise app and its
    /// registration name; nil when no policy applies.
    ///
    /// A policy of the enterprise app wins, then the organization's default, then one of the
    /// registration. Source: the service's documentation of configurable token lifetimes.
    package func tokenLifetime(
        _ principal: TokenLifetimePolicyID?, _ registration: TokenLifetimePolicyID?
    ) -> Duration? {
        func lifetime(_ id: TokenLifetimePolicyID?) -> Duration? {
            id.flatMap { id in tokenLifetimes.first { $0.id == id } }?.accessTokenLifetime
        }
        return lifetime(principal)
            ?? tokenLifetimes.first(where: \.isOrganizationDefault)?.accessTokenLifetime
            ?? lifetime(registration)
    }
}

package enum TokenLifetimePolicyKind {}
package typealias TokenLifetimePolicyID = Identifier<TokenLifetimePolicyKind>

/// Graph's `tokenLifetimePolicy`. identity-platform.md §3.4.
package struct TokenLifetimePolicy: Hashable, Sendable {
    /// What the service takes, both ends included: ten minutes to a day.
    package static let lifetimes: ClosedRange<Duration> = .minutes(10) ... .days(1)

    package let id: TokenLifetimePolicyID
    package var displayName: String
    /// Of access, ID and SAML tokens.
    package var accessTokenLifetime: Duration
    package var isOrganizationDefault: Bool

    package init(
        id: TokenLifetimePolicyID, displayName: String, accessTokenLifetime: Duration,
        isOrganizationDefault: Bool = false
    ) {
        self.id = id
        self.displayName = displayName
        self.accessTokenLifetime = accessTokenLifetime
        self.isOrganizationDefault = isOrganizationDefault
    }

    /// Graph's `definition`: one JSON text.
    package var definition: String {
        let text = TimeSpanText.text(accessTokenLifetime)
        return "{\"TokenLifetimePolicy\":{\"Version\":1,\"AccessTokenLifetime\":\"\(text)\"}}"
    }

    /// The lifetime in Graph's `definition`; nil when there is none in it.
    package static func lifetime(inDefinition text: String) -> Duration? {
        // A definition that is no JSON defines nothing; the caller says so.
        guard let value = try? JSONValue(parsing: text) else { return nil }
        return value["TokenLifetimePolicy"]?["AccessTokenLifetime"]?.stringValue
            .flatMap(TimeSpanText.parse)
    }
}

/// Durations as .NET writes them: `[d.]hh:mm[:ss]`.
package enum TimeSpanText {
    /// `4:00:00`, `1.00:00:00`; nil for anything else.
    package static func parse(_ text: String) -> Duration? {
        var rest = text[...]
        var days: Int64 = 0
        if let dot = rest.firstIndex(of: "."), let count = number(rest[..<dot], below: 100_000) {
            days = count
            rest = rest[rest.index(after: dot)...]
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hours = number(parts[0], below: 24),
            let minutes = number(parts[1], below: 60),
            let seconds = parts.count == 3 ? number(parts[2], below: 60) : 0
        else { return nil }
        return .seconds(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    }

    /// `04:00:00`, `1.00:00:00`; parts of a second are left out.
    package static func text(_ duration: Duration) -> String {
        var seconds = duration.components.seconds
        let days = seconds / 86_400
        seconds %= 86_400
        var text = days > 0 ? "\(days)." : ""
        for (index, part) in [seconds / 3_600, seconds / 60 % 60, seconds % 60].enumerated() {
            if index > 0 { text += ":" }
            text += part < 10 ? "0\(part)" : "\(part)"
        }
        return text
    }

    private static func number(_ text: Substring, below limit: Int64) -> Int64? {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ 48...57 ~= $0 }),
            let value = Int64(text), value < limit
        else { return nil }
        return value
    }
}
