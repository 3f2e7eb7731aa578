import SimCore
import SimDirectory
import SimErrors

/// The application a request names, as one tenant knows it.
///
/// A class for the same reason as `Exchange`.
final class ClientApplication: Sendable {
    let registration: AppRegistration
    let principal: ServicePrincipal

    init(registration: AppRegistration, principal: ServicePrincipal) {
        self.registration = registration
        self.principal = principal
    }

    var appID: AppID { registration.appID }
    /// Client type in flows without a redirect URI, written as the platform of one that had it.
    var platformWithoutRedirect: AppRegistration.Platform {
        registration.isFallbackPublicClient ? .publicClient : .web
    }
    /// Client type where nothing else tells: by its setting, else by the addresses it has.
    var registeredPlatform: AppRegistration.Platform {
        if registration.isFallbackPublicClient { return .publicClient }
        let platforms = Set(registration.redirectURIs.map(\.platform))
        if platforms.isEmpty || platforms.contains(.web) { return .web }
        return platforms.contains(.publicClient) ? .publicClient : .spa
    }
    var named: NamedApplication {
        NamedApplication(id: registration.appID.guid, name: principal.displayName)
    }
}

extension IdentityPlatform {
    /// Finds the client of a request. Order of refusals: aadsts.md §5.1, row 8.
    ///
    /// - Parameter identifier: `client_id` as sent; 700016 prints it unchanged.
    /// - Parameter alias: what the path says where it leaves the tenant open.
    /// - Parameter mayBeNew: an application of another tenant that nobody here has consented to
    ///   yet gets the enterprise app that a consent would make.
    func client(
        _ identifier: String, in tenant: any DirectoryQueries,
        by alias: TenantScope.Alias? = nil, mayBeNew: Bool = false
    ) throws(AADSTSError) -> ClientApplication {
        func unknown() -> AADSTSError {
            .unknownApplication(identifier, directory: tenant.profile.displayName)
        }
        guard let guid = GUID(identifier) else { throw unknown() }
        guard guid != .zero else { throw .invalidApplicationIdentifier(identifier) }
        let app = AppID(guid)
        if let own = tenant.application(appID: app) {
            try own.check(isReachedBy: alias)
            guard let principal = tenant.servicePrincipal(appID: app) else {
                throw .servicePrincipalMissing(client: guid, tenant: tenant.tenantID.guid)
            }
            return try enabled(ClientApplication(registration: own, principal: principal))
        }
        guard let foreign = foreignRegistration(app) else { throw unknown() }
        try foreign.check(isReachedBy: alias)
        if let principal = tenant.servicePrincipal(appID: app) {
            return try enabled(ClientApplication(registration: foreign, principal: principal))
        }
        guard mayBeNew else { throw unknown() }
        return ClientApplication(
            registration: foreign, principal: newPrincipal(of: foreign, in: tenant))
    }

    private func enabled(_ client: ClientApplication) throws(AADSTSError) -> ClientApplication {
        guard client.principal.accountEnabled else { throw .applicationDisabled(client.named) }
        return client
    }

    /// What consent would make; the same for every page of a sign-in.
    private func newPrincipal(
        of registration: AppRegistration, in tenant: any DirectoryQueries
    ) -> ServicePrincipal {
        let id = GUID(
            seed: tenant.tenantID.guid.low, name: "servicePrincipal/\(registration.appID)")
        return ServicePrincipal(
            id: ServicePrincipalID(id), appID: registration.appID,
            displayName: registration.displayName, createdAt: registration.createdAt)
    }

    /// A registration made in another tenant, when it lets other tenants in.
    private func foreignRegistration(_ app: AppID) -> AppRegistration? {
        guard let registration = tenants.registration(app) else { return nil }
        return registration.signInAudience.admitsOtherTenants ? registration : nil
    }
}

extension AppRegistration.SignInAudience {
    /// Whether people of other tenants may sign in.
    var admitsOtherTenants: Bool {
        switch self {
        case .myOrganization, .personal: false
        case .multipleOrganizations, .organizationsAndPersonal: true
        }
    }
}
