import SimCore
import SimDirectory

/// What tokens say about a person, by token kind. identity-platform.md §4.2.
struct UserClaims: Sendable {
    let user: User
    let signIn: SignIn
    let tenant: any DirectoryQueries
    /// Client address of the request that gets the token.
    let address: String
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
        claims.set("ipaddr", address)
        claims.set("name", user.displayName)
        claims.set("oid", user.id.description)
        claims.set("sid", signIn.sessionID.description)
        claims.set("unique_name", user.userPrincipalName)
        if user.userType == .member { claims.set("upn", user.userPrincipalName) }
        claims.set("idp", guestProvider)
        if user.userType == .guest { claims.set("email", user.mail) }
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
        roles: [AppRegistration.AppRole], groupClaims: String?
    ) {
        let assignments = Assignments(tenant: tenant)
        claims.set("roles", assignments.roles(of: user.id, on: resource, defined: roles))
        let kinds = (groupClaims ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        if delivery == .tokenEndpoint, kinds.contains("All") || kinds.contains("DirectoryRole") {
            claims.set("wids", ["b79fbf4d-3ef9-4689-8143-76b194e85509"])
        }
        var groups: [GroupID] = []
        if kinds.contains("All") {
            groups = assignments.transitiveGroups(of: user.id)
        } else if kinds.contains("SecurityGroup") {
            groups = assignments.transitiveGroups(of: user.id).filter {
                tenant.group($0)?.securityEnabled == true
            }
        } else if kinds.contains("ApplicationGroup") {
            let assigned = Set(
                tenant.assignments(to: resource).compactMap { assignment -> GroupID? in
                    if case .group(let group) = assignment.principal { group } else { nil }
                })
            groups = tenant.groups(containing: .user(user.id)).filter(assigned.contains)
        }
        addGroups(groups, to: &claims)
    }

    private func addGroups(_ groups: [GroupID], to claims: inout ClaimSet) {
        guard groups.count > delivery.groupLimit else {
            claims.set("groups", groups.map(\.description))
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
