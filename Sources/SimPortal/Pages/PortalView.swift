import SimCore
import SimDirectory

/// What the landing page shows: tenants, apps with their sign-in links, jobs and addresses.
package struct PortalView: Hashable, Sendable {
    package struct Tenant: Hashable, Sendable {
        package let displayName: String
        package let id: String
        package let domain: String
        package let userCount: Int
        package let groupCount: Int
        package let apps: [App]

        package init(
            displayName: String, id: String, domain: String, userCount: Int, groupCount: Int,
            apps: [App]
        ) {
            self.displayName = displayName
            self.id = id
            self.domain = domain
            self.userCount = userCount
            self.groupCount = groupCount
            self.apps = apps
        }
    }

    package struct App: Hashable, Sendable {
        package let displayName: String
        package let clientID: String
        /// An authorization request for the app's first redirect URI; nil without one.
        package let signInURL: String?
        package let job: Job?

        package init(displayName: String, clientID: String, signInURL: String?, job: Job?) {
            self.displayName = displayName
            self.clientID = clientID
            self.signInURL = signInURL
            self.job = job
        }
    }

    package struct Job: Hashable, Sendable {
        /// `status.code` of the job. provisioning.md §6.1.
        package let status: String
        /// `lastExecution.state` and when it ended; nil before the first cycle.
        package let lastCycle: String?
        package let tenantURL: String

        package init(status: String, lastCycle: String?, tenantURL: String) {
            self.status = status
            self.lastCycle = lastCycle
            self.tenantURL = tenantURL
        }
    }

    /// An embedded sample app.
    package struct Target: Hashable, Sendable {
        package let name: String
        package let teamPageURL: String

        package init(name: String, teamPageURL: String) {
            self.name = name
            self.teamPageURL = teamPageURL
        }
    }

    package let origin: String
    package let now: Timestamp
    package let tenants: [Tenant]
    package let targets: [Target]

    /// - Parameter origin: the public origin, without a slash at its end.
    package init(origin: String, now: Timestamp, tenants: [Tenant], targets: [Target]) {
        self.origin = origin
        self.now = now
        self.tenants = tenants
        self.targets = targets
    }
}

extension PortalView.Tenant {
    /// - Parameter job: the state of an enterprise app's job; nil when it has none.
    package init(
        _ directory: some DirectoryQueries, origin: String,
        job: (ServicePrincipal) -> PortalView.Job?
    ) {
        let profile = directory.profile
        let domain = profile.domains.first ?? profile.id.description
        self.init(
            displayName: profile.displayName, id: profile.id.description, domain: domain,
            userCount: directory.userCount, groupCount: directory.groupCount,
            apps: directory.applications.map { registration in
                PortalView.App(
                    displayName: registration.displayName,
                    clientID: registration.appID.description,
                    signInURL: Self.signInURL(registration, domain, origin),
                    job: directory.servicePrincipal(appID: registration.appID).flatMap(job))
            })
    }

    private static func signInURL(
        _ registration: AppRegistration, _ domain: String, _ origin: String
    ) -> String? {
        // A single-page or public client must send a code challenge; a plain link cannot.
        // Where the simulator itself answers comes first: the link then ends on a page.
        let redirects = registration.redirectURIs.filter { $0.platform == .web }
        let own = redirects.first { $0.uri.hasPrefix(origin + "/") }
        guard let redirect = own ?? redirects.first else { return nil }
        let query = FormFields([
            .init("client_id", registration.appID.description), .init("response_type", "code"),
            .init("redirect_uri", redirect.uri), .init("scope", "openid profile"),
        ])
        return "\(origin)/\(domain)/oauth2/v2.0/authorize?\(query.encoded(.component))"
    }
}
