import SimCore

/// A tenant as its fixture folder describes it, ready to be folded.
///
/// ## Format
/// `tenants/<name>/tenant.json` is one JSON object; keys are Graph's where Graph has one. Objects
/// refer to each other by natural names; ids are optional and otherwise derived from the tenant's
/// seed, so they are the same on every machine. `users.jsonl` and `groups.jsonl` beside it hold
/// more users and groups, one object a line. Unknown keys are problems.
///
/// ```json
/// {"displayName": "Contoso", "seed": 7, "domains": ["contoso.example"],
///  "createdDateTime": "2025-09-01T08:00:00Z", "defaultPassword": "…",
///  "consentPolicy": {"userConsent": "lowRisk", "adminConsentRequests": false},
///  "tokenLifetimePolicies": [{"displayName": "Short", "accessTokenLifetime": "00:30:00"}],
///  "signingKeys": {"rolloverInterval": "42.00:00:00", "keptAfter": "2.00:00:00"},
///  "directoryRoles": [{"role": "Global Administrator", "principal": "megan@contoso.example"}],
///  "users": [{"userPrincipalName": "adele@contoso.example", "givenName": "Adele",
///             "manager": "megan@contoso.example", "accountEnabled": true, "userType": "Member",
///             "passwordProfile": {"password": "…", "forceChangePasswordNextSignIn": false,
///                                 "isExpired": false},
///             "signIn": {"requiresMFA": true, "lockedUntil": "2099-01-01T00:00:00Z",
///                        "secondFactor": "authenticator", "authenticatorSecret": "…",
///                        "address": "203.0.113.7", "country": "FR", "platform": "windows",
///                        "device": "compliant", "risk": "none", "userRisk": "none"}}],
///  "groups": [{"displayName": "Sales", "members": ["adele@contoso.example", "Retail"]}],
///  "applications": [{
///    "displayName": "Claresia", "template": "nonGallery", "appId": "…",
///    "web": {"redirectUris": ["https://…"], "logoutUrl": "https://…",
///            "implicitGrantSettings": {"enableIdTokenIssuance": true}},
///    "spa": {"redirectUris": []}, "publicClient": {"redirectUris": []},
///    "api": {"requestedAccessTokenVersion": 2,
///            "oauth2PermissionScopes": [{"value": "Tasks.Read", "type": "User"}]},
///    "identifierUris": ["api://{appId}"],
///    "requiredResourceAccess": [{"resource": "Microsoft Graph", "scopes": ["User.Read"],
///                                "roles": ["User.Read.All"]}],
///    "appRoles": [{"value": "Reader", "displayName": "…", "allowedMemberTypes": ["User"]}],
///    "passwordCredentials": [{"displayName": "…", "secretText": "…"}],
///    "keyCredentials": [{"displayName": "…", "key": "-----BEGIN CERTIFICATE-----…"}],
///    "federatedIdentityCredentials": [{"name": "…", "issuer": "https://…", "subject": "…"}],
///    "servicePrincipal": {"appRoleAssignmentRequired": true, "accountEnabled": true},
///    "appRoleAssignedTo": [{"principal": "Sales", "appRole": "User"}],
///    "oauth2PermissionGrants": [{"resource": "Microsoft Graph", "scope": "openid User.Read"}],
///    "provisioning": {"tenantUrl": "{origin}/apps/claresia/scim/v2", "secretToken": "…",
///                     "scope": "assignedOnly", "provisionGroups": true, "enabled": true}}],
///  "namedLocations": [{"displayName": "Office", "isTrusted": true,
///                      "ipRanges": ["203.0.113.0/24"]}],
///  "conditionalAccessPolicies": [{
///    "displayName": "MFA outside the office", "state": "enabled",
///    "conditions": {"users": {"includeUsers": ["All"]},
///                   "applications": {"includeApplications": ["Claresia"]},
///                   "locations": {"includeLocations": ["All"], "excludeLocations": ["Office"]}},
///    "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}}],
///  "faults": [{"where": "token", "whom": {"app": "Claresia"}, "when": {"times": 3},
///              "what": {"aadsts": 50076}}]}
/// ```
/// Of the organization: `countryLetterCode`, `preferredLanguage`, `tenantRegionScope`,
/// `passwordPolicy`, `securityDefaultsEnabled`, `crossTenantAccess`. Read by others than the
/// directory: `faults`, `issuers`, `identitySettings`.
///
/// Instead of `secretToken` a job may have `authentication`: `{"type":
/// "OAuth2ClientCredentialsGrant", "tokenEndpoint": "https://…", "clientId": "…", "clientSecret":
/// "…", "credentialLocation": "header", "scope": "…"}`, or `{"type": "WorkloadIdentity",
/// "tokenEndpoint": "https://…", "clientId": "…", "application": "Claresia", "exchange":
/// "clientAssertion"}`.
package struct TenantFixture: Sendable {
    package let profile: TenantProfile
    /// Everything in an order in which each event's references exist already.
    package let events: [TenantEvent]

    /// The events as the first records of a log, all stamped with the tenant's creation.
    package func records(at time: Timestamp) -> [LogRecord] {
        events.enumerated().map { index, event in
            LogRecord(sequence: UInt64(index) + 1, at: time, event: event)
        }
    }

    /// The tenant right after its creation. The fixture was checked when it was decoded, so its
    /// events are folded without the checks of an append.
    package func snapshot(at time: Timestamp) -> DirectorySnapshot {
        var snapshot = DirectorySnapshot(profile: profile)
        var sequence: UInt64 = 0
        for event in events {
            sequence += 1
            snapshot.apply(LogRecord(sequence: sequence, at: time, event: event))
        }
        return snapshot
    }
}

/// The result of looking at a fixture: what `tenant check` prints.
package struct FixtureCheck: Sendable {
    package struct Counts: Hashable, Sendable {
        package var users = 0
        package var groups = 0
        package var memberships = 0
        package var applications = 0
        package var assignments = 0
        package var grants = 0
        package var provisioningJobs = 0
        package var policies = 0
        package var namedLocations = 0

        package init() {}
    }

    /// What others than the directory have to read.
    package struct Parts: Sendable {
        /// Fault rules there are from the start, in their order.
        package var faults: [FixturePart] = []
        /// Issuers that federated credentials may name.
        package var issuers: [FixturePart] = []
        /// Settings of the login endpoint.
        package var identitySettings: FixturePart?

        package init() {}
    }

    /// Folder name of the tenant.
    package let name: String
    package let counts: Counts
    /// By file, then by line and column.
    package let problems: [FixtureProblem]
    package let parts: Parts
    /// nil when there are problems.
    package let fixture: TenantFixture?

    package var isSound: Bool { problems.isEmpty }

    /// The same with what somebody else found wrong.
    package func adding(_ found: [FixtureProblem]) -> FixtureCheck {
        guard !found.isEmpty else { return self }
        return FixtureCheck(
            name: name, counts: counts, problems: problems + found, parts: parts, fixture: nil)
    }
}

/// The problems that kept a fixture from being used.
package struct FixtureRefusal: Error, Sendable {
    package let problems: [FixtureProblem]

    package init(problems: [FixtureProblem]) {
        self.problems = problems
    }
}

extension TenantFixture {
    /// Decodes a fixture that is one text.
    /// - Parameter file: the name shown in problems.
    package static func decode(
        name: String, text: [UInt8], file: String = "tenant.json"
    ) throws(FixtureRefusal) -> TenantFixture {
        var decoder = TenantFixtureDecoder(name: name)
        decoder.readTenant(text, file: file)
        let check = decoder.finish()
        guard let fixture = check.fixture else { throw FixtureRefusal(problems: check.problems) }
        return fixture
    }
}
