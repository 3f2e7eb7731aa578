import SimCore

/// An application to be created, and what may be set on it.
package struct NewApplication: Hashable, Sendable {
    package var displayName: String
    package var signInAudience = AppRegistration.SignInAudience.myOrganization
    package var redirectURIs: [AppRegistration.RedirectURI] = []
    package var enablesIDTokenIssuance = false
    package var isFallbackPublicClient = false

    package init(displayName: String) {
        self.displayName = displayName
    }
}

/// Changes of an application and its enterprise app; nil leaves a setting as it is.
package struct ApplicationChanges: Hashable, Sendable {
    package var displayName: String?
    package var redirectURIs: [AppRegistration.RedirectURI]?
    package var identifierURIs: [String]?
    package var logoutURL: String?
    package var enablesIDTokenIssuance: Bool?
    package var enablesAccessTokenIssuance: Bool?
    package var isFallbackPublicClient: Bool?
    package var requestedAccessTokenVersion: Int?
    package var accountEnabled: Bool?
    package var requiresAssignment: Bool?

    package init() {}
}

/// A new secret, in the only moment its value is shown.
package struct IssuedSecret: Hashable, Sendable {
    package let value: String
    package let credential: AppRegistration.PasswordCredential
    package let events: [TenantEvent]
}

extension DirectoryEdits {
    /// Creates a non-gallery application as "Create your own" does: registration and enterprise
    /// app with different object ids and one client id, roles `User` and `msiam_access`.
    package func addApplication(_ new: NewApplication) throws(DirectoryEditError) -> [TenantEvent] {
        guard !new.displayName.isEmpty else { throw .emptyName(.application) }
        guard snapshot.servicePrincipal(displayName: new.displayName) == nil else {
            throw .alreadyExists(.application, name: new.displayName)
        }
        try requireAbsolute(new.redirectURIs.map(\.uri))
        let appID = AppID(guid(.objectID))
        var application = AppRegistration(
            id: ApplicationID(guid(.objectID)), appID: appID, displayName: new.displayName,
            createdAt: now)
        application.signInAudience = new.signInAudience
        application.redirectURIs = new.redirectURIs
        application.enablesIDTokenIssuance = new.enablesIDTokenIssuance
        application.isFallbackPublicClient = new.isFallbackPublicClient
        application.appRoles = AppRegistration.AppRole.nonGalleryRoles
        var servicePrincipal = ServicePrincipal(
            id: ServicePrincipalID(guid(.objectID)), appID: appID, displayName: new.displayName,
            createdAt: now)
        servicePrincipal.tags = ServicePrincipal.nonGalleryTags
        return [.applicationCreated(application), .servicePrincipalCreated(servicePrincipal)]
    }

    package func setApplication(
        _ name: String, _ changes: ApplicationChanges
    ) throws(DirectoryEditError) -> [TenantEvent] {
        let oldApplication = try application(name)
        let oldPrincipal = try servicePrincipal(name)
        var application = oldApplication
        var principal = oldPrincipal
        if let displayName = changes.displayName {
            guard !displayName.isEmpty else { throw .emptyName(.application) }
            if let holder = snapshot.servicePrincipal(displayName: displayName),
                holder.id != principal.id
            {
                throw .alreadyExists(.application, name: displayName)
            }
            application.displayName = displayName
            principal.displayName = displayName
        }
        if let uris = changes.redirectURIs {
            try requireAbsolute(uris.map(\.uri))
            application.redirectURIs = uris
        }
        for uri in changes.identifierURIs ?? [] {
            if let owner = snapshot.appID(identifierURI: uri), owner != application.appID {
                throw .identifierURITaken(uri)
            }
        }
        if let url = changes.logoutURL {
            if !url.isEmpty { try requireAbsolute([url]) }
            application.logoutURL = url.isEmpty ? nil : url
        }
        application.identifierURIs = changes.identifierURIs ?? application.identifierURIs
        application.enablesIDTokenIssuance ?= changes.enablesIDTokenIssuance
        application.enablesAccessTokenIssuance ?= changes.enablesAccessTokenIssuance
        application.isFallbackPublicClient ?= changes.isFallbackPublicClient
        if let version = changes.requestedAccessTokenVersion {
            application.requestedAccessTokenVersion = version
        }
        principal.accountEnabled ?= changes.accountEnabled
        principal.requiresAssignment ?= changes.requiresAssignment
        var events: [TenantEvent] = []
        if application != oldApplication { events.append(.applicationChanged(application)) }
        if principal != oldPrincipal { events.append(.servicePrincipalChanged(principal)) }
        return events
    }

    /// Deletes registration and enterprise app, with everything assigned and granted.
    package func deleteApplication(_ name: String) throws(DirectoryEditError) -> [TenantEvent] {
        let application = try application(name)
        let servicePrincipal = try servicePrincipal(name)
        return [.servicePrincipalDeleted(servicePrincipal.id), .applicationDeleted(application.id)]
    }

    /// Creates a client secret; its value is in the result and nowhere else afterwards.
    /// - Parameter lifetime: 180 days, the portal's recommendation, unless said.
    package func addSecret(
        to name: String, displayName: String = "", lifetime: Duration = .days(180)
    ) throws(DirectoryEditError) -> IssuedSecret {
        var application = try application(name)
        guard lifetime > .zero else { throw .invalidLifetime }
        let credential = AppRegistration.PasswordCredential(
            keyID: CredentialID(guid(.objectID)), displayName: displayName,
            secret: generatedSecret(), startsAt: now, endsAt: now + lifetime)
        application.passwordCredentials.append(credential)
        return IssuedSecret(
            value: credential.secret, credential: credential,
            events: [.applicationChanged(application)])
    }

    /// Sets or changes the provisioning configuration; a new one gets a job id.
    package func setProvisioning(
        of name: String, _ change: (inout ProvisioningConfiguration) -> Void
    ) throws(DirectoryEditError) -> [TenantEvent] {
        var principal = try servicePrincipal(name)
        guard !BuiltInApplications.isBuiltIn(principal.appID) else {
            throw .builtInApplication(name: principal.displayName)
        }
        let jobID = ProvisioningConfiguration.jobID(
            tenant: snapshot.profile.id, template: "scim", guid: guid(.objectID))
        var configuration =
            principal.provisioning ?? ProvisioningConfiguration(jobID: jobID, tenantURL: "")
        change(&configuration)
        if !configuration.tenantURL.hasPrefix("{origin}/") {
            try requireAbsolute([configuration.tenantURL])
        }
        guard configuration != principal.provisioning else { return [] }
        principal.provisioning = configuration
        return [.servicePrincipalChanged(principal)]
    }

    package func removeProvisioning(of name: String) throws(DirectoryEditError) -> [TenantEvent] {
        var principal = try servicePrincipal(name)
        guard principal.provisioning != nil else {
            throw .notProvisioned(app: principal.displayName)
        }
        principal.provisioning = nil
        return [.servicePrincipalChanged(principal)]
    }

    /// Refuses the first address that is none.
    package func requireAbsolute(_ urls: [String]) throws(DirectoryEditError) {
        for url in urls where !AppRegistration.RedirectURI.isAbsolute(url) {
            throw .invalidURL(url)
        }
    }

    /// 40 characters in the service's form: three, `8Q~`, thirty-four.
    private func generatedSecret() -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~")
        func draw(_ count: Int) -> String {
            String(
                (0..<count).map { _ in
                    let bound = UInt64(alphabet.count)
                    return alphabet[Int(random.number(below: bound, for: .clientSecret))]
                })
        }
        return draw(3) + "8Q~" + draw(34)
    }
}

infix operator ?= : AssignmentPrecedence

/// Assigns when there is a value.
private func ?= <Value>(target: inout Value, value: Value?) {
    if let value { target = value }
}
