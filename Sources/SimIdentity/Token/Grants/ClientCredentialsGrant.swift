import SimCore
import SimDirectory
import SimErrors

/// An application asks in its own name. RFC 6749 §4.4; aadsts.md §6.4.
struct ClientCredentialsGrant: Sendable {
    let endpoint: TokenEndpoint
    let caller: TokenCaller
    let asked: TokenRequest.ScopeParameter

    func decide() throws(AADSTSError) -> IdentityStep {
        let body = try body()
        return .answer(endpoint.success(readableByBrowser: false) { body })
    }

    /// The answer's body: an access token and nothing else.
    func body() throws(AADSTSError) -> JSONObject {
        let resource = try endpoint.platform.resource(try resourceName(), in: caller.tenant)
        endpoint.trace.note(resource)
        try resource.checkName(by: caller.client)
        let assignments = Assignments(tenant: caller.tenant)
        if resource.requiresAssignment, resource.appID != caller.client.appID,
            !assignments.isAssigned(caller.client.principal.id, to: resource.principal)
        {
            throw .applicationNotAssigned(caller.client.named, resource: resource.named)
        }
        try obeyPolicies(resource)
        let lifetime = TokenLifetime.appOnly(
            endpoint.platform.settings, resource.tokenLifetime,
            isContinuous: resource.isContinuous(for: caller.claims))
        let token = AppOnlyToken(
            issuer: TokenIssuer(
                platform: endpoint.platform, exchange: endpoint.exchange, tenant: caller.tenant),
            client: caller.client, proof: caller.proof, resource: resource, lifetime: lifetime,
            requested: caller.claims)
        return TokenAnswer(
            version: endpoint.version, now: endpoint.exchange.now,
            lifetime: lifetime, resource: resource, accessToken: try token.signed()
        ).body
    }

    /// Row 16 of aadsts.md §5.1: a policy about applications can only block.
    private func obeyPolicies(_ resource: Resource) throws(AADSTSError) {
        let tenant = caller.tenant
        guard !tenant.accessPolicies.isEmpty else { return }
        let facts = AccessFacts(
            headers: endpoint.trace.situation, chosen: SignInSituation(), user: nil,
            connection: endpoint.exchange.connection, clientApp: .other)
        let access = WorkloadAccess(
            tenant: tenant, principal: caller.client.principal.id, resource: resource.appID,
            facts: facts)
        guard let decision = access.decide() else { return }
        endpoint.trace.note(facts, decision)
        guard decision.blockedBy.isEmpty else {
            throw .blockedByPolicy(
                AADSTSError.PolicyReference(
                    resource: resource.appID.guid, policies: decision.blockedBy.map(\.guid)))
        }
    }

    /// Exactly one `{resource}/.default`; OpenID scopes beside it are tolerated.
    /// identity-platform.md §3.3, rules 6 and 8.
    private func resourceName() throws(AADSTSError) -> String? {
        switch asked {
        case .resource(let name): return name
        case .scope(let text):
            let scopes = try ScopeRequest(text).resourceScopes
            guard let first = scopes.first, scopes.allSatisfy(\.isDefault), first.resource != nil
            else { throw .appOnlyScopeWithoutDefault(text) }
            guard scopes.count == 1 else { throw .invalidScope(text) }
            return first.resource
        }
    }
}
