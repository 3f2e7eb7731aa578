import SimCore
import SimDirectory
import SimErrors

/// The tokens of one person for one client.
struct UserTokens: Sendable {
    let issuer: TokenIssuer
    let client: ClientApplication
    let user: User
    let signIn: SignIn
    let openID: Set<ScopeRequest.OpenIDScope>
    /// What the client asked for by `claims`.
    var requested = ClaimsRequest.none
    /// Which endpoint hands the tokens out.
    var delivery = UserClaims.Delivery.tokenEndpoint

    private var situation: SituationalClaims {
        // What a header says was judged before; here it is only told.
        let headers = try? SituationHeaders.read(issuer.exchange)
        return SituationalClaims(
            user: user, signIn: signIn, tenant: issuer.tenant,
            facts: AccessFacts(
                headers: headers ?? SignInSituation(), chosen: signIn.situation,
                user: user.situation, connection: issuer.exchange.connection,
                clientApp: .browser),
            now: issuer.exchange.now)
    }

    private var claims: UserClaims {
        UserClaims(
            user: user, signIn: signIn, tenant: issuer.tenant, situation: situation,
            guestProvider: guestProvider,
            groupSource: issuer.platform.groupSource(of: issuer.tenantID), delivery: delivery)
    }

    /// The tenant that owns a guest's mail domain.
    private var guestHome: (any DirectoryQueries)? {
        guard user.userType == .guest, let mail = user.mail else { return nil }
        return issuer.platform.tenants.home(ofUserName: mail)
    }

    /// That tenant as an identity provider, else `mail`; nil for a member.
    private var guestProvider: String? {
        guard user.userType == .guest else { return nil }
        return guestHome.map { issuer.platform.identityProvider(of: $0.tenantID) } ?? "mail"
    }

    /// An access token. Its version is the resource's, whatever endpoint was asked.
    ///
    /// - Parameter scopes: the `scp` claim.
    func access(
        to resource: Resource, scopes: String?, proof: ClientProof, lifetime: Duration
    ) throws(AADSTSError) -> String {
        let version = resource.accessTokenVersion
        let optional = OptionalClaims(resource.optionalClaims, .accessToken)
        var set = issuer.claimSet(
            .userAccess(signIn), audience: resource.audience(optional), version: version,
            lifetime: lifetime,
            app: resource.appID)
        set.set("scp", scopes)
        set.set("sub", subject(for: resource.appID))
        switch version {
        case .v2:
            set.set("azp", client.appID.description)
            set.set("azpacr", proof.rawValue)
            claims.addV2(to: &set, scopes: openID, isAccess: true)
        case .v1:
            set.set("acr", "1")
            set.set("appid", client.appID.description)
            set.set("appidacr", proof.rawValue)
            if resource.isGraph {
                set.set("app_displayname", client.principal.displayName)
                FirstPartyClaims.person.add(to: &set, issuer)
                situation.addGraph(to: &set, clientSubject: subject(for: client.appID))
            }
            claims.addV1(to: &set)
        }
        claims.addEntitlements(
            to: &set, on: resource.principal, roles: resource.appRoles,
            groupClaims: GroupClaims(resource.groupMembershipClaims, optional))
        resource.addCapabilities(of: requested, to: &set, optional, issuer.platform.settings)
        if optional.asks(for: "idtyp", having: "include_user_token") { set.set("idtyp", "user") }
        set.set("acrs", requested.accessContexts)
        optional.add(to: &set, facts(version))
        return try issuer.sign(set, version, .access, for: resource.appID)
    }

    /// What an ID token repeats of the request it answers.
    struct Binding: Hashable, Sendable {
        var nonce: String?
        var wantsAuthenticationTime = false
        /// A code or access token issued beside it at the authorize endpoint.
        var codeHash: String?
        var accessTokenHash: String?
    }

    /// An ID token. Its version is the endpoint's.
    func identity(
        _ version: ProtocolVersion, _ binding: Binding
    ) throws(AADSTSError) -> String {
        var set = issuer.claimSet(
            .identity(signIn), audience: client.appID.description, version: version,
            lifetime: identityLifetime, app: client.appID)
        set.set("sub", subject(for: client.appID))
        set.set("nonce", binding.nonce)
        set.set("c_hash", binding.codeHash.map(OpaqueClaims.leftHalfHash))
        set.set("at_hash", binding.accessTokenHash.map(OpaqueClaims.leftHalfHash))
        set.set("acrs", requested.identityContexts)
        if binding.wantsAuthenticationTime || requested.wantsAuthenticationTime {
            set.set("auth_time", json: .int(signIn.authenticatedAt.seconds))
        }
        switch version {
        case .v2: claims.addV2(to: &set, scopes: openID, isAccess: false)
        case .v1: claims.addV1(to: &set)
        }
        let registration = client.registration
        let optional = OptionalClaims(registration.optionalClaims, .idToken)
        claims.addEntitlements(
            to: &set, on: client.principal.id, roles: registration.appRoles,
            groupClaims: GroupClaims(registration.groupMembershipClaims, optional))
        optional.add(to: &set, facts(version))
        return try issuer.sign(set, version, .identity, for: client.appID)
    }

    /// An hour, unless a policy of the client says otherwise.
    private var identityLifetime: Duration {
        issuer.tenant.policies.tokenLifetime(
            client.principal.tokenLifetimePolicy, client.registration.tokenLifetimePolicy)
            ?? TokenLifetime.idToken
    }

    private func facts(_ version: ProtocolVersion) -> OptionalClaims.Facts {
        OptionalClaims.Facts(
            user: user, signIn: signIn, tenant: issuer.tenant, situation: situation,
            region: issuer.region.rawValue,
            mayNamePerson: version == .v1 || openID.contains(.profile))
    }

    /// base64url of where the account lives, which for a guest is another tenant; clients key their
    /// caches by it. identity-platform.md §3.2.
    var clientInfo: String {
        var (id, tenant) = (user.id, issuer.tenantID)
        if let home = guestHome,
            let account = user.mail.flatMap({
                home.user(userPrincipalName: $0)
            })
        {
            (id, tenant) = (account.id, home.tenantID)
        }
        let info: JSONObject = [
            "uid": .string(id.description), "utid": .string(tenant.description),
        ]
        return Base64.urlEncode(info.serialized)
    }

    private func subject(for app: AppID) -> String {
        OpaqueClaims.subject(user: user.id, app: app, salt: issuer.tenant.profile.pairwiseSalt)
    }
}
