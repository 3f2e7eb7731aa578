import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// What the network and the path say about the tenants a request may reach.
struct PlaceChecks: Sendable {
    /// Header of proxies that keep people to their organization's tenants.
    static let restrictionHeader = "Restrict-Access-To-Tenants"
    /// Most tenants such a header may list.
    static let restrictionLimit = 200

    let exchange: Exchange

    /// A proxy's list of tenants, by domain or id, separated by commas (500021).
    func checkRestriction(_ tenant: TenantProfile) throws(AADSTSError) {
        guard let header = exchange.request.headers[Self.restrictionHeader] else { return }
        let allowed = header.split(separator: ",").prefix(Self.restrictionLimit).map {
            String($0).trimmedOfSpaces.lowercased()
        }
        let names = [tenant.id.description] + tenant.domains.map { $0.lowercased() }
        guard allowed.contains("*") || names.contains(where: allowed.contains) else {
            throw .tenantRestricted(tenant.displayName)
        }
    }

    /// `whr` of a request: a domain (50029), and one that somebody owns (50107).
    func checkRealm(_ fields: FormFields, _ tenants: any TenantLookup) throws(AADSTSError) {
        guard let realm = AuthorizationRequest.value("whr", fields) else { return }
        let scope: TenantScope
        do {
            scope = try TenantScope.find(realm, in: tenants)
        } catch {
            throw error == .tenantNotFound(realm) ? .realmUnknown(realm) : .realmMalformed
        }
        guard scope.tenant != nil else { throw .realmMalformed }
    }

    /// The personal accounts' endpoint speaks v2 alone (90027).
    static func check(
        _ alias: TenantScope.Alias?, _ version: ProtocolVersion
    ) throws(AADSTSError) {
        if alias == .consumers, version == .v1 { throw .versionWithoutPersonalAccounts }
    }
}

extension AppRegistration {
    /// Whether an alias leads to the application at all: to one of a single tenant only that
    /// tenant's own path does (50194). aadsts.md §5.1, row 8; §5.2, row 5.
    func check(isReachedBy alias: TenantScope.Alias?) throws(AADSTSError) {
        if alias != nil, signInAudience == .myOrganization, alias != .consumers {
            throw .notMultiTenant(NamedApplication(id: appID.guid, name: displayName))
        }
        try check(fits: alias)
    }

    /// Whether the alias and the accounts the application was made for belong together.
    func check(fits alias: TenantScope.Alias?) throws(AADSTSError) {
        let named = NamedApplication(id: appID.guid, name: displayName)
        switch (signInAudience, alias) {
        case (.personal, .consumers), (.organizationsAndPersonal, _): break
        case (.personal, _): throw .personalAccountsOnly(named)
        case (.myOrganization, .consumers), (.multipleOrganizations, .consumers):
            throw .workAccountsOnly(named)
        case (.myOrganization, _), (.multipleOrganizations, _): break
        }
    }
}
