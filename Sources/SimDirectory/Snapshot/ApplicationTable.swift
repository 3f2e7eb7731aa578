import SimCore

/// Registrations and enterprise apps, by the app id they share: the name by which requests find
/// them. Object ids lead there.
struct ApplicationTable: Sendable {
    private var applications = ShardedTable<AppID, AppRegistration>()
    private var servicePrincipals = ShardedTable<AppID, ServicePrincipal>()
    private var applicationAppIDs = ShardedMap<ApplicationID, AppID>()
    private var servicePrincipalAppIDs = ShardedMap<ServicePrincipalID, AppID>()
    private var appIDByURI = ShardedMap<String, AppID>()

    func application(_ id: ApplicationID) -> AppRegistration? {
        applicationAppIDs[id].flatMap { applications[$0] }
    }

    func application(appID: AppID) -> AppRegistration? { applications[appID] }

    /// In order of creation.
    var allApplications: some Sequence<AppRegistration> { applications.rows }

    func servicePrincipal(_ id: ServicePrincipalID) -> ServicePrincipal? {
        servicePrincipalAppIDs[id].flatMap { servicePrincipals[$0] }
    }

    func servicePrincipal(appID: AppID) -> ServicePrincipal? { servicePrincipals[appID] }

    /// In order of creation.
    var allServicePrincipals: some Sequence<ServicePrincipal> { servicePrincipals.rows }

    /// The app that owns an identifier URI, compared exactly.
    func appID(identifierURI: String) -> AppID? { appIDByURI[identifierURI] }

    mutating func put(_ application: AppRegistration) {
        if let old = applications[application.appID] { forgetURIs(of: old) }
        applications.insert(application, for: application.appID)
        applicationAppIDs[application.id] = application.appID
        for uri in application.identifierURIs { appIDByURI[uri] = application.appID }
    }

    mutating func remove(_ id: ApplicationID) {
        guard let appID = applicationAppIDs[id], let old = applications.remove(appID) else {
            return
        }
        applicationAppIDs[id] = nil
        forgetURIs(of: old)
    }

    mutating func put(_ servicePrincipal: ServicePrincipal) {
        servicePrincipals.insert(servicePrincipal, for: servicePrincipal.appID)
        servicePrincipalAppIDs[servicePrincipal.id] = servicePrincipal.appID
    }

    mutating func remove(_ id: ServicePrincipalID) {
        guard let appID = servicePrincipalAppIDs[id] else { return }
        servicePrincipals.remove(appID)
        servicePrincipalAppIDs[id] = nil
    }

    private mutating func forgetURIs(of application: AppRegistration) {
        for uri in application.identifierURIs where appIDByURI[uri] == application.appID {
            appIDByURI[uri] = nil
        }
    }
}
