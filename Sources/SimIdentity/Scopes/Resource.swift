import SimCore
import SimDirectory
import SimErrors

/// What a token is for: an API as one tenant knows it.
struct Resource: Sendable {
    let appID: AppID
    let displayName: String
    let principal: ServicePrincipalID
    let requiresAssignment: Bool
    private(set) var scopes: [AppRegistration.PermissionScope] = []
    private(set) var appRoles: [AppRegistration.AppRole] = []
    private(set) var accessTokenVersion = ProtocolVersion.v1
    private(set) var groupMembershipClaims: String?
    private(set) var optionalClaims: JSONValue?
    /// Applications that need nobody's consent for some of the scopes.
    private(set) var preAuthorized: [AppRegistration.PreAuthorizedApplication] = []
    /// How long its tokens live by policy; nil for the service's own choice.
    fileprivate(set) var tokenLifetime: Duration?
    /// The name in the request, without the slash before the scope; nil for Graph's short names.
    let requestedName: String?

    /// One that nobody has registered.
    init(_ principal: ServicePrincipal, requestedName: String?) {
        appID = principal.appID
        displayName = principal.displayName
        self.principal = principal.id
        requiresAssignment = principal.requiresAssignment
        self.requestedName = requestedName
    }

    /// Takes over what its developer wrote.
    mutating func describe(by registration: AppRegistration) {
        scopes = registration.scopes
        appRoles = registration.appRoles
        accessTokenVersion = registration.requestedAccessTokenVersion == 2 ? .v2 : .v1
        groupMembershipClaims = registration.groupMembershipClaims
        optionalClaims = registration.optionalClaims
        preAuthorized = registration.preAuthorizedApplications
    }

    var named: NamedApplication { NamedApplication(id: appID.guid, name: displayName) }
    var isGraph: Bool { appID == MicrosoftGraph.appID }

    /// What stands before a scope in answers: the name as requested.
    var scopePrefix: String { (requestedName ?? MicrosoftGraph.resourceURI) + "/" }

    /// An application names itself by its GUID alone (90009).
    func checkName(by client: ClientApplication) throws(AADSTSError) {
        guard client.appID == appID, let requestedName,
            !requestedName.lowercased().contains(appID.description)
        else { return }
        throw .selfNamedByAddress(client.named)
    }

    /// An application that asks for itself on behalf of a person has a permission of Graph, listed
    /// or granted (90008).
    func checkProfile(
        of client: ClientApplication, in tenant: any DirectoryQueries
    ) throws(AADSTSError) {
        guard client.appID == appID,
            let graph = tenant.servicePrincipal(appID: MicrosoftGraph.appID),
            !client.registration.requiredResourceAccess.contains(where: {
                $0.resource == graph.appID
            }),
            !tenant.grants(of: client.principal.id).contains(where: { $0.resource == graph.id })
        else { return }
        throw .selfWithoutProfile(client.named)
    }

    /// `aud` of an access token. v2 tokens name the app, v1 tokens what was asked for, unless the
    /// optional claim `aud` wants the app there too. identity-platform.md §4.7.
    func audience(_ optional: OptionalClaims) -> String {
        switch accessTokenVersion {
        case .v2: appID.description
        case .v1 where optional.asks(for: "aud", having: "use_guid"): appID.description
        case .v1: requestedName ?? appID.description
        }
    }
}

extension IdentityPlatform {
    /// Finds a resource by the name in a scope. identity-platform.md §3.3, rules 2 to 4.
    ///
    /// - Parameter name: identifier URI, app id, `api://{appId}`; nil for Graph.
    func resource(
        _ name: String?, in tenant: any DirectoryQueries
    ) throws(AADSTSError) -> Resource {
        guard let principal = principal(name, in: tenant) else {
            throw .resourceNotFound(name ?? "", tenant: tenant.profile.displayName)
        }
        guard principal.accountEnabled else {
            throw .resourceDisabled(name ?? principal.appID.description)
        }
        var resource = Resource(principal, requestedName: name)
        var policy: TokenLifetimePolicyID?
        if let own = tenant.application(appID: principal.appID) {
            resource.describe(by: own)
            policy = own.tokenLifetimePolicy
        } else if let foreign = tenants.registration(principal.appID) {
            resource.describe(by: foreign)
            policy = foreign.tokenLifetimePolicy
        }
        resource.tokenLifetime = tenant.policies.tokenLifetime(
            principal.tokenLifetimePolicy, policy)
        return resource
    }

    func knowsResource(_ name: String, in tenant: any DirectoryQueries) -> Bool {
        principal(name, in: tenant) != nil
    }

    /// Why an application's request names an API that the tenant does not have: at the authorize
    /// endpoint, where a person could do something about it. aadsts.md §2.
    func absence(
        of name: String, for client: ClientApplication, in tenant: any DirectoryQueries
    ) -> AADSTSError {
        let bare = name.hasPrefix("api://") ? String(name.dropFirst("api://".count)) : name
        let app = GUID(bare).map { AppID($0) }
        let known = tenants.all.lazy.flatMap(\.applications).first {
            $0.appID == app || $0.identifierURIs.contains(name)
        }
        if let known,
            known.signInAudience.admitsOtherTenants
                || tenant.application(appID: known.appID) != nil
        {
            return .serviceNotSubscribed(
                NamedApplication(id: known.appID.guid, name: known.displayName),
                organization: tenant.profile.displayName)
        }
        let listed = client.registration.requiredResourceAccess.map(\.resource)
        guard known == nil, let app, listed.contains(app) else {
            return .resourceNotFound(name, tenant: tenant.profile.displayName)
        }
        return .resourceRemoved
    }

    private func principal(
        _ name: String?, in tenant: any DirectoryQueries
    ) -> ServicePrincipal? {
        guard let name, !MicrosoftGraph.isNamed(name) else {
            return tenant.servicePrincipal(appID: MicrosoftGraph.appID)
        }
        if let exact = tenant.servicePrincipal(resourceName: name) { return exact }
        // A URI is known with and without the slash at its end.
        let other = name.hasSuffix("/") ? String(name.dropLast()) : name + "/"
        if let found = tenant.servicePrincipal(resourceName: other) { return found }
        let bare = name.hasPrefix("api://") ? String(name.dropFirst("api://".count)) : name
        return GUID(bare).flatMap { tenant.servicePrincipal(appID: AppID($0)) }
    }
}
