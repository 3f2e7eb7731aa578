import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// What policies want of a person at the browser. Order: aadsts.md §5.2, row 12; of prompts:
/// identity-platform.md §8.2.
extension AuthorizationEndpoint {
    /// A sign-in under way: what the pages know, and what is proven.
    struct Standing {
        var flow: SignInFlow
        let request: AuthorizationRequest
        let user: User
        var session: BrowserSession
    }

    /// The page that asks for what is missing; nil when policies let the person go on.
    func policyPage(_ standing: inout Standing) throws(AuthorizationRefusal) -> HTTPResponse? {
        let request = standing.request
        let facts = facts(standing)
        let question = question(standing, facts)
        let decision = AccessEvaluation(question).decide()
        trace.note(facts, decision)
        let subject = AccessDecision.Subject(
            resource: scope(of: request).named(or: request.resources.first),
            user: standing.user, signIn: standing.session.signIn, facts: facts)
        if request.prompt == Prompt.none {
            let refusal = decision.silentRefusal(subject) { _ in decision.sessionRefusal }
            if let refusal { throw request.refusal(refusal) }
        } else {
            if let blocked = decision.refusal(ofBlock: subject) { throw .page(blocked) }
            if decision.isTooOld { return provenAgain(standing, decision) }
            if let demand = decision.demands.first {
                return try page(for: demand, decision, subject, standing)
            }
        }
        if let persistence = decision.persistence {
            standing.flow.staysSignedIn = persistence == .always
            standing.session = standing.session.kept(persistence == .always)
        }
        return nil
    }

    /// What the answer will be for, as policies see it.
    func scope(of request: AuthorizationRequest) -> AccessScope {
        AccessScope(
            targets: AccessScope.targets(
                request.scopes, resources: request.resources, client: request.client,
                platform: request.platform),
            contexts: request.claims.accessContexts)
    }

    func facts(_ standing: Standing) -> AccessFacts {
        AccessFacts(
            headers: trace.situation, chosen: standing.session.signIn.situation,
            user: standing.user.situation, connection: exchange.connection, clientApp: .browser)
    }

    private func question(_ standing: Standing, _ facts: AccessFacts) -> AccessQuestion {
        let scope = scope(of: standing.request)
        return AccessQuestion(
            tenant: standing.request.tenant, user: standing.user, targets: scope.targets,
            contexts: scope.contexts, facts: facts, signIn: standing.session.signIn,
            now: exchange.now)
    }

    /// The password once more: the last proof is too old for a policy.
    private func provenAgain(
        _ standing: Standing, _ decision: AccessDecision
    ) -> HTTPResponse {
        var flow = standing.flow
        flow.signIn = nil
        flow.userName = standing.user.userPrincipalName
        flow.situation = standing.session.signIn.situation.over(flow.situation)
        trace.finish(decision.sessionRefusal, exchange, platform)
        return passwordPage(flow, standing.request, error: nil)
    }

    private func page(
        for demand: AccessDecision.Demand, _ decision: AccessDecision,
        _ subject: AccessDecision.Subject, _ standing: Standing
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        let error = decision.refusal(of: demand, subject, canAsk: true)
        var flow = standing.flow
        if flow.signIn == nil { flow.staysSignedIn = standing.session.isPersistent }
        flow.userName = standing.user.userPrincipalName
        flow.signIn = standing.session.signIn
        switch demand.need {
        case .compliantDevice, .joinedDevice, .managedDevice, .approvedApplication,
            .protectedApplication:
            throw .page(error)
        case .secondFactor(let strength):
            return try secondFactor(strength, flow, standing, error)
        case .passwordChange:
            trace.finish(error, exchange, platform)
            return passwordChangePage(flow, standing.request, fault: nil)
        case .termsOfUse(let terms):
            trace.finish(error, exchange, platform)
            return termsOfUsePage(flow, standing.request, terms)
        }
    }

    private func secondFactor(
        _ strength: ConditionalAccessPolicy.Strength, _ received: SignInFlow,
        _ standing: Standing, _ error: AADSTSError
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = received
        let method = standing.user.credential.secondFactor
        guard method.reaches(strength) else {
            // 53004 is no question but an end.
            if facts(standing).forbidsRegistration { throw .page(error) }
            try mayRegister(standing)
            trace.finish(error, exchange, platform)
            flow.enrolment =
                strength == .multifactor
                ? platform.random.bytes(TimeBasedCode.secretByteCount, for: .secondFactor) : nil
            return enrolmentPage(flow, standing.request, standing.user, error: nil)
        }
        if method == .autoApproved {
            let signIn = standing.session.signIn.strengthened(by: method, at: exchange.now)
            flow.signIn = signIn
            let request = standing.request
            return try proceed(
                flow, request, standing.user, session(flow, request, signIn))
        }
        trace.finish(error, exchange, platform)
        if method == .simulatedCode { flow.factorCode = factorCode() }
        return secondFactorPage(flow, standing.request, standing.user, error: nil)
    }

    /// A policy may forbid to register from here.
    private func mayRegister(_ standing: Standing) throws(AuthorizationRefusal) {
        let facts = facts(standing)
        var question = question(standing, facts)
        question.targets = []
        question.contexts = []
        question.actions = [.registerSecurityInfo]
        let decision = AccessEvaluation(question).decide()
        let isBlocked = !decision.blockedBy.isEmpty
        guard !isBlocked, decision.demands.allSatisfy(\.need.canBeAsked) else {
            throw .page(.registrationBlocked)
        }
    }

    /// Six digits, shown on the page itself.
    private func factorCode() -> String {
        var text = ""
        text.appendPadded(
            Int(platform.random.number(below: 1_000_000, for: .secondFactor)), width: 6)
        return text
    }

    /// What the panel of the sign-in pages says; nothing while the panel is not shown.
    func situation(_ fields: FormFields) throws(AuthorizationRefusal) -> SignInSituation {
        var situation = SignInSituation()
        guard platform.settings.showsDeveloperPanel else { return situation }
        for field in SituationField.allCases {
            let name = SituationPanel.fieldName(field)
            guard let text = fields[name]?.trimmedOfSpaces, !text.isEmpty else { continue }
            guard situation.set(field, text) else { throw .page(.invalidParameter(name)) }
        }
        return situation
    }
}
