import SimCore

/// Registrations and enterprise apps with the names by which requests find them.
struct ApplicationTable: Sendable {
    private(set) var applications = ShardedTable<ApplicationID, AppRegistration>()
    private(set) var servicePrincipals = ShardedTable<ServicePrincipalID, ServicePrincipal>()
    private var applicationByAppID = ShardedMap<AppID, ApplicationID>()
    private var servicePrincipalByAppID = ShardedMap<AppID, ServicePrincipalID>()
    private var appIDByURI = ShardedMap<String, AppID>()

    func application(appID: AppID) -> AppRegistration? {
        applicationByAppID[appID].flatMap { applications[$0] }
    }

    func servicePrincipal(appID: AppID) -> ServicePrincipal? {
        servicePrincipalByAppID[appID].flatMap { servicePrincipals[$0] }
    }

    /// The app that owns an identifier URI, compared exactly.
    func appID(identifierURI: String) -> AppID? { appIDByURI[identifierURI] }

    mutating func put(_ application: AppRegistration) {
        if let old = applications[application.id] { forgetURIs(of: old) }
        applications.insert(application, for: application.id)
        applicationByAppID[application.appID] = application.id
        for uri in application.identifierURIs { appIDByURI[uri] = application.appID }
    }

    mutating func remove(_ id: ApplicationID) {
        guard let old = applications.remove(id) else { return }
        forgetURIs(of: old)
        applicationByAppID[old.appID] = nil
    }

    mutating func put(_ servicePrincipal: ServicePrincipal) {
        servicePrincipals.insert(servicePrincipal, for: servicePrincipal.id)
        servicePrincipalByAppID[servicePrincipal.appID] = servicePrincipal.id
    }

    mutating func remove(_ id: ServicePrincipalID) {
        guard let old = servicePrincipals.remove(id) else { return }
        servicePrincipalByAppID[old.appID] = nil
    }

    private mutating func forgetURIs(of application: AppRegistration) {
        for uri in application.identifierURIs where appIDByURI[uri] == application.appID {
            appIDByURI[uri] = nil
        }
    }
}
