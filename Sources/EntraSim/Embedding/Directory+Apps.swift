import SimCore
import SimDirectory
import SimPortal

/// An app: its registration and its enterprise app.
public struct DirectoryApp: Hashable, Sendable {
    public let name: String
    /// Application (client) id.
    public let clientID: String
    /// Object id of the registration.
    public let objectID: String
    /// Object id of the enterprise app.
    public let servicePrincipalID: String
    public let redirectURIs: [String]
    /// Display names of the app roles.
    public let roles: [String]
    /// Where people are provisioned to; nil without provisioning.
    public let tenantURL: String?
    /// Of the secrets only what may be seen later: the first three characters of each.
    public let secretHints: [String]
}

extension Simulator.Directory {
    /// Names in the order of creation, without Microsoft's own.
    public func apps() throws(SimulatorFailure) -> [String] {
        try snapshot().applications.filter { !BuiltInApplications.isBuiltIn($0.appID) }
            .map(\.displayName)
    }

    public func app(_ name: String) throws(SimulatorFailure) -> DirectoryApp {
        try look { edits throws(DirectoryEditError) in
            DirectoryApp(try edits.application(name), try edits.servicePrincipal(name))
        }
    }

    /// "New application", "Create your own", non-gallery: registration and enterprise app.
    ///
    /// - Parameters:
    ///   - redirectURIs: of the Web platform.
    ///   - issuesIDTokens: the box "ID tokens" of the Authentication page.
    @discardableResult
    public func addApp(
        _ name: String, redirectURIs: [String] = [], issuesIDTokens: Bool = false
    ) throws(SimulatorFailure) -> DirectoryApp {
        var new = NewApplication(displayName: name)
        new.redirectURIs = redirectURIs.map { .init(uri: $0, platform: .web) }
        new.enablesIDTokenIssuance = issuesIDTokens
        try edit { edits throws(DirectoryEditError) in try edits.addApplication(new) }
        return try app(name)
    }

    /// Replaces the redirect URIs by these of the Web platform.
    public func setRedirectURIs(_ uris: [String], of app: String) throws(SimulatorFailure) {
        try change(app) { $0.redirectURIs = uris.map { .init(uri: $0, platform: .web) } }
    }

    /// The box "ID tokens" of the Authentication page.
    public func setIDTokens(issued: Bool, by app: String) throws(SimulatorFailure) {
        try change(app) { $0.enablesIDTokenIssuance = issued }
    }

    /// "Assignment required?" of the enterprise app.
    public func setAssignment(required: Bool, by app: String) throws(SimulatorFailure) {
        try change(app) { $0.requiresAssignment = required }
    }

    /// A new client secret; this is the only time its value is told.
    ///
    /// - Parameter lifetime: 180 days unless said.
    public func addSecret(
        to app: String, lifetime: Duration = .seconds(180 * 86_400)
    ) throws(SimulatorFailure) -> String {
        let issued = try look { edits throws(DirectoryEditError) in
            try edits.addSecret(to: app, lifetime: lifetime)
        }
        try edit { _ throws(DirectoryEditError) in issued.events }
        return issued.value
    }

    /// Admin consent for the whole tenant.
    ///
    /// - Parameter scopes: delegated permissions by value: `openid`, `User.Read`, ….
    public func grantConsent(
        to app: String, scopes: [String], of resource: String = "Microsoft Graph"
    ) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in
            try edits.grantAdminConsent(to: app, scopes: scopes, of: resource)
        }
    }

    /// The provisioning page of an enterprise app; what is nil stays as it is. The first call
    /// needs a tenant URL and makes the job. After groups were switched on or off the next cycle
    /// is an initial one; a changed scope takes effect with a restart, as in Entra.
    ///
    /// - Parameters:
    ///   - tenantURL: base of the SCIM endpoint, flags included; `{origin}` at its start stands
    ///     for the simulator's own address.
    ///   - token: the secret token.
    ///   - everybody: all users and groups instead of only the assigned ones.
    ///   - groups: whether groups are provisioned too.
    ///   - isOn: whether a new job runs at once or waits for `start()`.
    public func setProvisioning(
        of app: String, tenantURL: String? = nil, token: String? = nil, everybody: Bool? = nil,
        groups: Bool? = nil, isOn: Bool? = nil
    ) throws(SimulatorFailure) {
        try changeProvisioning(of: app) { configuration in
            if let tenantURL { configuration.tenantURL = tenantURL }
            if let token { configuration.secretToken = token }
            if let everybody { configuration.scope = everybody ? .all : .assignedOnly }
            if let groups { configuration.provisionsGroups = groups }
            if let isOn { configuration.startsEnabled = isOn }
        }
    }

    /// A changed mapping begins the job again, as saving it in the portal does.
    func changeProvisioning(
        of app: String, _ change: (inout ProvisioningConfiguration) -> Void
    ) throws(SimulatorFailure) {
        let services = try simulator.opened()
        let host = try simulator.host(tenant)
        let before = host.snapshot
        try edit { edits throws(DirectoryEditError) in
            try edits.setProvisioning(of: app, change)
        }
        do throws(ControlError) {
            try services.jobs.configurationsChanged(since: before, in: host)
        } catch {
            throw SimulatorFailure(error)
        }
        services.timeline.reschedule()
    }

    private func change(
        _ app: String, _ body: (inout ApplicationChanges) -> Void
    ) throws(SimulatorFailure) {
        var changes = ApplicationChanges()
        body(&changes)
        let wanted = changes
        try edit { edits throws(DirectoryEditError) in try edits.setApplication(app, wanted) }
    }
}

extension DirectoryApp {
    init(_ application: AppRegistration, _ principal: ServicePrincipal) {
        name = principal.displayName
        clientID = application.appID.description
        objectID = application.id.description
        servicePrincipalID = principal.id.description
        redirectURIs = application.redirectURIs.map(\.uri)
        roles = application.appRoles.map(\.displayName)
        tenantURL = principal.provisioning?.tenantURL
        secretHints = application.passwordCredentials.map(\.hint)
    }
}
