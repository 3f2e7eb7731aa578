import SimCore
import SimDirectory

/// What tokens say about a person, by token kind. identity-platform.md §4.2.
struct UserClaims: Sendable {
    let user: User
    let signIn: SignIn
    let tenant: any DirectoryQueries
    let situation: SituationalClaims
    /// `idp` of a guest.
    let guestProvider: String?
    /// Where clients read the groups of a person with too many of them; no slash at the end.
    let groupSource: String
    let delivery: Delivery

    /// Which endpoint hands a token out; addresses hold less than bodies.
    enum Delivery: Sendable {
        case tokenEndpoint, authorizationEndpoint

        /// Most groups a token names. identity-platform.md §4.5.
        var groupLimit: Int {
            switch self {
            case .tokenEndpoint: 200
            case .authorizationEndpoint: 5
            }
        }
    }

    /// The claims of both v1 tokens.
    func addV1(to claims: inout ClaimSet) {
        claims.set("amr", signIn.methods)
        claims.set("family_name", user.surname)
        claims.set("given_name", user.givenName)
        claims.set("ipaddr", situation.facts.addressText)
        claims.set("name", user.displayName)
        claims.set("oid", user.id.description)
        claims.set("sid", signIn.sessionID.description)
        claims.set("unique_name", user.userPrincipalName)
        if user.userType == .member { claims.set("upn", user.userPrincipalName) }
        claims.set("idp", guestProvider)
        claims.set(
            "onprem_sid", user.attributes["onPremisesSecurityIdentifier"]?.stringValue)
        if user.userType == .guest { claims.set("email", user.mail) }
        situation.addV1(to: &claims)
    }

    /// The claims of both v2 tokens.
    func addV2(to claims: inout ClaimSet, scopes: Set<ScopeRequest.OpenIDScope>, isAccess: Bool) {
        if scopes.contains(.profile) {
            claims.set("name", user.displayName)
            claims.set("preferred_username", user.userPrincipalName)
        }
        if scopes.contains(.profile) || isAccess { claims.set("oid", user.id.description) }
        if scopes.contains(.email) || user.userType == .guest { claims.set("email", user.mail) }
        claims.set("idp", guestProvider)
        claims.set("sid", signIn.sessionID.description)
    }

    /// Roles and groups as the audience's registration asks for them. §4.5, §4.6.
    func addEntitlements(
        to claims: inout ClaimSet, on resource: ServicePrincipalID,
        roles: [AppRegistration.AppRole], groupClaims: GroupClaims
    ) {
        let assignments = Assignments(tenant: tenant)
        if delivery == .tokenEndpoint, groupClaims.includeRoles { claims.set("wids", wids) }
        let groups = groupClaims.groups(of: user.id, on: resource, assignments)
        guard groupClaims.areRoles else {
            claims.set("roles", assignments.roles(of: user.id, on: resource, defined: roles))
            addGroups(groups, named: groupClaims, as: "groups", to: &claims)
            return
        }
        addGroups(groups, named: groupClaims, as: "roles", to: &claims)
    }

    /// Template ids of the person's directory roles; members have the default user's too.
    private var wids: [String] {
        let roles = tenant.directoryRoles(of: user.id).map(\.rawValue)
        return roles + (user.userType == .member ? [DirectoryRole.defaultUserTemplateID] : [])
    }

    private func addGroups(
        _ groups: [Group], named form: GroupClaims, as claim: String, to claims: inout ClaimSet
    ) {
        guard groups.count > delivery.groupLimit else {
            claims.set(claim, groups.compactMap(form.name))
            return
        }
        guard delivery == .tokenEndpoint else {
            claims.set("hasgroups", json: .bool(true))
            return
        }
        let endpoint = "\(groupSource)/users/\(user.id)/getMemberObjects"
        claims.set("_claim_names", json: ["groups": "src1"])
        claims.set("_claim_sources", json: ["src1": ["endpoint": .string(endpoint)]])
    }
}
