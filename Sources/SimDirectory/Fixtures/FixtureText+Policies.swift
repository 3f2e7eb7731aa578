import SimCore

/// A directory role as written, its holder still a name.
struct RoleDraft {
    let role: DirectoryRole
    let principal: FixtureReference
}

/// An API an application needs, its name and permissions still as written.
struct RequiredAccessDraft {
    /// By display name; nil when `resourceAppId` named it.
    let resource: FixtureReference?
    let resourceAppID: AppID?
    /// Permissions by id.
    let permissions: [RequiredResourceAccess.Permission]
    /// Permissions by value, delegated and for the application.
    let scopes: [FixtureReference]
    let roles: [FixtureReference]
    let place: FixturePlace
}

extension FixtureText {
    /// What the tenant has decided: `consentPolicy`, `tokenLifetimePolicies`, `passwordPolicy`,
    /// `securityDefaultsEnabled`, `crossTenantAccess`.
    func policies(_ root: FixtureObject, _ context: FixtureContext) -> TenantPolicies {
        var policies = TenantPolicies()
        root.object("consentPolicy") { policy in
            policies.userConsent =
                policy.choice("userConsent", TenantPolicies.UserConsent.self) ?? .allowed
            policies.adminConsentRequests = policy.bool("adminConsentRequests") ?? false
        }
        policies.passwordExpiry = passwordExpiry(root)
        policies.securityDefaults = root.bool("securityDefaultsEnabled") ?? false
        policies.crossTenantAccess = crossTenantAccess(root)
        var names: Set<String> = []
        policies.tokenLifetimes = root.objects("tokenLifetimePolicies") { entry in
            let id = entry.identifier("id", TokenLifetimePolicyKind.self)
            let isDefault = entry.bool("isOrganizationDefault") ?? false
            let lifetime = tokenLifetime(entry)
            guard let name = entry.requiredString("displayName"), let lifetime else { return nil }
            if !names.insert(name).inserted {
                entry.note(.duplicate(kind: "policy", name: name), at: "displayName")
            }
            return TokenLifetimePolicy(
                id: id ?? TokenLifetimePolicyID(context.guid("tokenLifetimePolicy", name)),
                displayName: name, accessTokenLifetime: lifetime, isOrganizationDefault: isDefault)
        }
        return policies
    }

    /// `accessTokenLifetime` as a .NET time span, or Graph's `definition` around it.
    private func tokenLifetime(_ entry: FixtureObject) -> Duration? {
        let plain = entry.string("accessTokenLifetime")
        let definition = entry.strings("definition")?.first?.text
        let key = plain == nil && definition != nil ? "definition" : "accessTokenLifetime"
        guard let text = plain ?? definition else {
            note(.missingKey("accessTokenLifetime"), at: entry.path)
            return nil
        }
        let found =
            plain.flatMap(TimeSpanText.parse)
            ?? definition.flatMap(TokenLifetimePolicy.lifetime(inDefinition:))
        guard let found, TokenLifetimePolicy.lifetimes.contains(found) else {
            entry.note(.notA("a time span from 00:10:00 to 1.00:00:00", found: text), at: key)
            return nil
        }
        return found
    }

    /// `signingKeys` of the tenant; nil when the fixture says nothing of it.
    func signingKeys(_ root: FixtureObject) -> SigningKeySchedule? {
        root.object("signingKeys") { keys in
            var rollover = SigningKeySchedule.Rollover()
            rollover.interval = timeSpan("rolloverInterval", of: keys)
            rollover.publishedAhead =
                timeSpan("publishedAhead", of: keys) ?? rollover.publishedAhead
            rollover.keptAfter = timeSpan("keptAfter", of: keys) ?? rollover.keptAfter
            return SigningKeySchedule(rollover: rollover)
        }
    }

    private func timeSpan(_ key: String, of object: FixtureObject) -> Duration? {
        guard let text = object.string(key) else { return nil }
        guard let span = TimeSpanText.parse(text), span >= .minutes(10) else {
            object.note(.notA("a time span such as 42.00:00:00", found: text), at: key)
            return nil
        }
        return span
    }

    /// `directoryRoles` of the tenant: who administers it.
    func directoryRoles(_ root: FixtureObject) -> [RoleDraft] {
        root.objects("directoryRoles") { entry in
            let name = entry.requiredString("role")
            let principal = entry.requiredString("principal")
            guard let name, let principal else { return nil }
            guard let role = DirectoryRole(named: name) else {
                entry.note(
                    .notOneOf(DirectoryRole.displayNames, found: name), at: "role",
                    nearest: NearestName.of(name, in: DirectoryRole.displayNames))
                return nil
            }
            return RoleDraft(
                role: role,
                principal: FixtureReference(
                    name: principal, place: .text(self, entry.path + [.key("principal")])))
        }
    }

    /// `requiredResourceAccess` in Graph's shape, or with `resource`, `scopes` and `roles` by name.
    func requiredAccess(_ reader: FixtureObject) -> [RequiredAccessDraft] {
        reader.objects("requiredResourceAccess") { entry in
            let appID = entry.identifier("resourceAppId", ClientKind.self)
            let name = entry.string("resource")
            let permissions = entry.objects("resourceAccess") { access in
                let id = access.identifier("id", ScopeKind.self)
                let kind = access.choice("type", RequiredResourceAccess.Permission.Kind.self)
                guard let id, let kind else {
                    note(.missingKey(id == nil ? "id" : "type"), at: access.path)
                    return Optional<RequiredResourceAccess.Permission>.none
                }
                return .init(id: id.guid, kind: kind)
            }
            func references(_ key: String) -> [FixtureReference] {
                (entry.strings(key) ?? []).map {
                    FixtureReference(name: $0.text, place: .text(self, $0.path))
                }
            }
            let draft = RequiredAccessDraft(
                resource: name.map {
                    FixtureReference(name: $0, place: .text(self, entry.path + [.key("resource")]))
                }, resourceAppID: appID, permissions: permissions, scopes: references("scopes"),
                roles: references("roles"), place: .text(self, entry.path))
            guard appID != nil || name != nil else {
                note(.missingKey("resourceAppId"), at: entry.path)
                return nil
            }
            return draft
        }
    }

    /// `tokenLifetimePolicies` of an app or enterprise app: at most one, by name.
    func tokenLifetimePolicy(
        _ reader: FixtureObject, _ context: FixtureContext
    ) -> TokenLifetimePolicyID? {
        guard let name = reader.strings("tokenLifetimePolicies")?.first else { return nil }
        if let found = context.policies.tokenLifetimes.first(where: { $0.displayName == name.text })
        {
            return found.id
        }
        let known = context.policies.tokenLifetimes.map(\.displayName)
        note(
            .unknownReference(kind: "token lifetime policy", name: name.text), at: name.path,
            nearest: NearestName.of(name.text, in: known))
        return nil
    }
}
