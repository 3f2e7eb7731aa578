import SimCore

extension TenantFixtureWriter {
    /// What differs from a tenant nobody has configured.
    func appendSettings(to root: inout JSONObject) {
        let policies = snapshot.policies
        appendOrganization(policies, to: &root)
        if policies.userConsent != .allowed || policies.adminConsentRequests {
            root.append(
                "consentPolicy",
                [
                    "userConsent": .string(policies.userConsent.rawValue),
                    "adminConsentRequests": .bool(policies.adminConsentRequests),
                ])
        }
        if !policies.tokenLifetimes.isEmpty {
            root.append("tokenLifetimePolicies", .array(policies.tokenLifetimes.map(lifetime)))
        }
        let rollover = snapshot.signingKeys.rollover
        if rollover != SigningKeySchedule.Rollover() {
            var keys: JSONObject = [
                "publishedAhead": .string(TimeSpanText.text(rollover.publishedAhead)),
                "keptAfter": .string(TimeSpanText.text(rollover.keptAfter)),
            ]
            keys.appendIfPresent("rolloverInterval", rollover.interval.map(TimeSpanText.text))
            root.append("signingKeys", .object(keys))
        }
        let roles = snapshot.directoryRoleAssignments.compactMap { assignment -> JSONValue? in
            guard let name = name(assignment.principal) else { return nil }
            return ["role": .string(assignment.role.displayName), "principal": .string(name)]
        }
        if !roles.isEmpty { root.append("directoryRoles", .array(roles)) }
    }

    private func appendOrganization(_ policies: TenantPolicies, to root: inout JSONObject) {
        let profile = snapshot.profile
        if profile.createdAt != TenantProfile.defaultCreation {
            root.append("createdDateTime", .string(profile.createdAt.iso8601))
        }
        root.append("countryLetterCode", .string(profile.country))
        root.append("preferredLanguage", .string(profile.preferredLanguage))
        root.appendIfPresent("tenantRegionScope", profile.region?.rawValue)
        if let expiry = policies.passwordExpiry {
            root.append(
                "passwordPolicy",
                [
                    "validityPeriodInDays": .int(Int64(expiry.validityDays)),
                    "notificationWindowInDays": .int(Int64(expiry.notificationDays)),
                ])
        }
        if policies.securityDefaults { root.append("securityDefaultsEnabled", true) }
        let access = policies.crossTenantAccess
        guard access != CrossTenantAccess() else { return }
        root.append(
            "crossTenantAccess",
            [
                "inbound": .string(access.inbound.rawValue),
                "outbound": .string(access.outbound.rawValue),
                "partners": .array(access.partners.map(partner)),
            ])
    }

    private func partner(_ partner: CrossTenantAccess.Partner) -> JSONValue {
        var object: JSONObject = ["tenantId": .string(partner.tenant.description)]
        object.appendIfPresent("inbound", partner.inbound?.rawValue)
        object.appendIfPresent("outbound", partner.outbound?.rawValue)
        return .object(object)
    }

    private func lifetime(_ policy: TokenLifetimePolicy) -> JSONValue {
        [
            "id": .string(policy.id.description), "displayName": .string(policy.displayName),
            "accessTokenLifetime": .string(TimeSpanText.text(policy.accessTokenLifetime)),
            "isOrganizationDefault": .bool(policy.isOrganizationDefault),
        ]
    }

    /// `tokenLifetimePolicies`, by name.
    func appendLifetime(_ id: TokenLifetimePolicyID?, to object: inout JSONObject) {
        guard let id, let policy = snapshot.policies.tokenLifetimes.first(where: { $0.id == id })
        else { return }
        object.append("tokenLifetimePolicies", JSONValue(strings: [policy.displayName]))
    }

    /// One API an application needs, in Graph's shape.
    func required(_ access: RequiredResourceAccess) -> JSONValue {
        [
            "resourceAppId": .string(access.resource.description),
            "resourceAccess": .array(
                access.permissions.map {
                    ["id": .string($0.id.description), "type": .string($0.kind.rawValue)]
                }),
        ]
    }
}
