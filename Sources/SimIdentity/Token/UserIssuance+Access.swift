import SimCore
import SimDirectory
import SimErrors

extension UserIssuance {
    /// Row 16 of aadsts.md §5.1: nobody can be asked anything, so what is missing is a refusal.
    func obeyPolicies(
        _ request: ScopeRequest, _ resource: Resource, _ user: User
    ) throws(AADSTSError) {
        if caller.tenant.policies.securityDefaults, endpoint.isPassword {
            throw .blockedBySecurityDefaults
        }
        let claims = caller.claims == .none ? authorizedClaims : caller.claims
        // A middle tier asks for somebody else's API, never for itself.
        let scope = AccessScope(
            targets: AccessScope.targets(
                request, resources: [resource], client: caller.client,
                platform: endpoint.isOnBehalf ? nil : grant.platform),
            contexts: claims.accessContexts)
        let facts = AccessFacts(
            headers: endpoint.trace.situation, chosen: grant.signIn.situation,
            user: user.situation, connection: endpoint.exchange.connection,
            clientApp: grant.platform == .publicClient ? .mobileAppsAndDesktopClients : .browser)
        guard decided?.covers(scope) != true else {
            endpoint.trace.note(facts)
            return
        }
        let question = AccessQuestion(
            tenant: caller.tenant, user: user, targets: scope.targets, contexts: scope.contexts,
            facts: facts, signIn: grant.signIn, now: endpoint.exchange.now)
        let decision = AccessEvaluation(question).decide()
        endpoint.trace.note(facts, decision)
        let subject = AccessDecision.Subject(
            resource: scope.named(or: resource), user: user, signIn: grant.signIn,
            facts: facts)
        let refusal = decision.silentRefusal(subject) { limit in
            AADSTSError.refreshTokenTooOld(provenAt: grant.signIn.authenticatedAt, limit: limit)
        }
        if let refusal { throw refusal }
    }
}
