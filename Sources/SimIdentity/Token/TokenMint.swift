import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// An order for tokens without a sign-in: the command line, the control API, embedders' tests.
package struct TokenOrder: Hashable, Sendable {
    package var tenant: TenantID
    package var client: AppID
    /// User principal name; nil orders an app-only token.
    package var userPrincipalName: String?
    /// As in a token request: `api://orders/read openid`, or `api://orders/.default`.
    package var scope: String
    /// nil for the token lifetime policy's.
    package var lifetime: Duration?

    package init(
        tenant: TenantID, client: AppID, userPrincipalName: String? = nil, scope: String,
        lifetime: Duration? = nil
    ) {
        self.tenant = tenant
        self.client = client
        self.userPrincipalName = userPrincipalName
        self.scope = scope
        self.lifetime = lifetime
    }
}

extension IdentityPlatform {
    /// Makes the token answer a client would get, with the checks of a real request but no
    /// credentials: person, scopes, assignment and consent count; password and secret do not.
    package func mint(_ order: TokenOrder, now: Timestamp) throws(AADSTSError) -> JSONObject {
        guard let lifetime = order.lifetime else { return try minted(order, now: now) }
        var settings = settings
        settings.accessTokenLifetime = lifetime
        return try with(settings: settings).minted(order, now: now)
    }

    private func minted(_ order: TokenOrder, now: Timestamp) throws(AADSTSError) -> JSONObject {
        guard let tenant = tenants.tenant(order.tenant) else {
            throw .tenantNotFound(order.tenant.description)
        }
        let exchange = Exchange(
            HTTPRequest(method: .post, target: "/\(order.tenant)/oauth2/v2.0/token"), at: now,
            platform: self)
        let endpoint = TokenEndpoint(platform: self, exchange: exchange, version: .v2)
        let caller = TokenCaller(
            tenant: tenant, client: try client(order.client.description, in: tenant),
            proof: .secret, wantsClientInfo: true)
        guard let name = order.userPrincipalName else {
            return try ClientCredentialsGrant(
                endpoint: endpoint, caller: caller, asked: .scope(order.scope)
            ).body()
        }
        guard let user = tenant.user(userPrincipalName: name) else {
            throw .unknownUser(name, tenant: tenant.profile.displayName)
        }
        let session = random.guid(for: .sessionID)
        let issuance = UserIssuance(
            endpoint: endpoint, caller: caller,
            grant: UserGrant(
                tenant: order.tenant, client: order.client, platform: .web,
                signIn: SignIn(
                    user: user.id, authenticatedAt: user.proofTime(at: now),
                    methods: ["pwd", "mfa"],
                    sessionID: session, secondFactorAt: now),
                scope: order.scope, issuedAt: now, startedAt: now),
            obeysPolicies: false)
        let request = try ScopeRequest(order.scope)
        let target = try issuance.target(request, for: try issuance.user())
        return try issuance.answer(
            target, for: user, binding: UserTokens.Binding(),
            refreshes: request.openID.contains(.offlineAccess))
    }
}
