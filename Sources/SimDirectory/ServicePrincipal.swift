import SimCore

/// The enterprise app: an application's instance in this tenant. identity-platform.md §5.2.
package struct ServicePrincipal: Hashable, Sendable {
    package let id: ServicePrincipalID
    package let appID: AppID
    package var displayName: String
    package var accountEnabled: Bool
    /// `appRoleAssignmentRequired`: only assigned people may sign in (50105).
    package var requiresAssignment: Bool
    package var preferredSingleSignOnMode: String?
    package var tags: [String]
    /// Its token lifetime policy, which wins over every other.
    package var tokenLifetimePolicy: TokenLifetimePolicyID?
    /// Numbers of its own token-signing keys, oldest first; the last one signs. Empty for an app
    /// whose tokens are signed with the tenant's keys.
    package var tokenSigningKeys: [Int]
    /// The provisioning configuration; nil when the app has none.
    package var provisioning: ProvisioningConfiguration?
    package var createdAt: Timestamp

    package init(
        id: ServicePrincipalID, appID: AppID, displayName: String, accountEnabled: Bool = true,
        requiresAssignment: Bool = false, createdAt: Timestamp
    ) {
        self.id = id
        self.appID = appID
        self.displayName = displayName
        self.accountEnabled = accountEnabled
        self.requiresAssignment = requiresAssignment
        self.createdAt = createdAt
        preferredSingleSignOnMode = nil
        tags = []
        tokenSigningKeys = []
        provisioning = nil
    }
}

/// What the provisioning page of an enterprise app stores. provisioning.md §1.6, §6.3.
package struct ProvisioningConfiguration: Hashable, Sendable {
    package enum Scope: String, CaseIterable, Sendable {
        /// `SyncAll` = false.
        case assignedOnly
        /// `SyncAll` = true.
        case all
    }

    /// `scim.{tenant}.{guid}`
    package var jobID: String
    package var templateID: String
    /// Tenant URL as typed, flags such as `?aadOptscim062020` included. `{origin}` at its start
    /// stands for the simulator's own address.
    package var tenantURL: String
    /// How the job proves itself to the target.
    package var authentication: TargetAuthentication
    package var scope: Scope
    package var provisionsGroups: Bool
    /// Schedule state at start: on, or waiting for `provision start`.
    package var startsEnabled: Bool
    package var skipsOutOfScopeDeletions: Bool
    /// Who is told of a quarantine, and the guard against accidental deletions.
    package var notifications: SyncNotificationSettings
    /// Object mappings that differ from the default ones, as the synchronization schema writes
    /// them; nil for the defaults.
    package var schema: JSONValue?
    /// How mapping expressions read what the published material leaves open.
    package var expressions: ExpressionSettings

    package init(jobID: String, tenantURL: String, secretToken: String? = nil) {
        self.jobID = jobID
        self.tenantURL = tenantURL
        authentication = .bearer(secretToken)
        templateID = "scim"
        scope = .assignedOnly
        provisionsGroups = true
        startsEnabled = true
        skipsOutOfScopeDeletions = false
        notifications = SyncNotificationSettings()
        schema = nil
        expressions = .standard
    }

    /// The tenant URL with the simulator's own `origin` in place of `{origin}`.
    package func tenantURL(at origin: String) -> String { tenantURL.placed(at: origin) }
}

/// `appRoleAssignment`: a principal may use a resource, in a role. identity-platform.md §5.3.
package struct AppRoleAssignment: Hashable, Sendable {
    package let id: AssignmentID
    package let principal: Principal
    package let resource: ServicePrincipalID
    package let appRole: AppRoleID
    package let createdAt: Timestamp

    package init(
        id: AssignmentID, principal: Principal, resource: ServicePrincipalID,
        appRole: AppRoleID = .defaultAccess, createdAt: Timestamp
    ) {
        self.id = id
        self.principal = principal
        self.resource = resource
        self.appRole = appRole
        self.createdAt = createdAt
    }
}

/// `oauth2PermissionGrant`: consent to delegated permissions. identity-platform.md §5.3.
package struct PermissionGrant: Hashable, Sendable {
    package enum Consent: Hashable, Sendable {
        case allPrincipals
        case principal(UserID)
    }

    package let id: GrantID
    package let client: ServicePrincipalID
    package let resource: ServicePrincipalID
    package let consent: Consent
    /// Scope values, short names.
    package var scopes: [String]

    package init(
        id: GrantID, client: ServicePrincipalID, resource: ServicePrincipalID, consent: Consent,
        scopes: [String]
    ) {
        self.id = id
        self.client = client
        self.resource = resource
        self.consent = consent
        self.scopes = scopes
    }
}

extension String {
    /// An address with the simulator's own `origin` in place of `{origin}` at its start.
    package func placed(at origin: String) -> String {
        let mark = "{origin}"
        return hasPrefix(mark) ? origin + dropFirst(mark.count) : self
    }
}
