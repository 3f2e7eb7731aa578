import SimCore
import SimCrypto
import SimDirectory
import SimErrors
import SimHTTP

/// What the forms of second factor, enrolment and terms lead to. identity-platform.md §8.3.
extension AuthorizationEndpoint {
    func secondFactor(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        let (request, user, _) = try proven(flow)
        trace.note(user, flow.signIn)
        let typed = Self.code(fields)
        let method = user.credential.secondFactor
        switch method {
        case .none: throw .page(.requestTokensMismatch)
        case .autoApproved, .passkey:
            return .answer(try strengthened(flow, request, user, by: method))
        case .simulatedCode:
            guard let code = flow.factorCode, typed == code else {
                return .answer(secondFactorPage(flow, request, user, error: .secondFactorFailed))
            }
            return .answer(try strengthened(flow, request, user, by: method))
        case .authenticator(let secret):
            guard let used = unused(typed, of: secret, user, request) else {
                return .answer(secondFactorPage(flow, request, user, error: .passcodeInvalid))
            }
            let page = try strengthened(flow, request, user, by: method)
            return once(
                [used], request, page,
                otherwise: secondFactorPage(flow, request, user, error: .passcodeInvalid))
        }
    }

    /// A new method is registered with the first code it gives.
    func enrolment(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        let (request, user, _) = try proven(flow)
        trace.note(user, flow.signIn)
        var events: [TenantEvent] = []
        var credential = user.credential
        if let secret = flow.enrolment {
            guard let used = unused(Self.code(fields), of: secret, user, request) else {
                return .answer(enrolmentPage(flow, request, user, error: .passcodeInvalid))
            }
            credential.secondFactor = .authenticator(secret)
            events.append(used)
        } else {
            credential.secondFactor = .passkey
        }
        events.append(.userCredentialChanged(user.id, credential))
        var registered = user
        registered.credential = credential
        let page = try strengthened(flow, request, registered, by: credential.secondFactor)
        return once(
            events, request, page,
            otherwise: enrolmentPage(flow, request, user, error: .passcodeInvalid))
    }

    /// The person agreed.
    func termsOfUse(
        _ received: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = received
        let (request, user, signIn) = try proven(flow)
        guard let terms = fields["terms"], fields["accept"] != nil else {
            guard let address = request.address else { throw .page(.consentDeclined) }
            return cancelled(address, byChoice: true)
        }
        var agreed = signIn
        agreed.satisfied += [AccessNeed.termsOfUse(terms).mark].compactMap { $0 }
        flow.signIn = agreed
        return try proceed(flow, request, user, session(flow, request, agreed))
    }

    /// A new password, chosen because the account is at risk: the risk is over.
    func changedForRisk(
        _ received: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ credential: UserCredential
    ) throws(AuthorizationRefusal) -> IdentityStep {
        var flow = received
        guard var signIn = flow.signIn else { throw .page(.requestTokensMismatch) }
        var situation = user.situation
        situation.userRisk = nil
        var changed = user
        changed.credential = credential
        changed.situation = situation
        signIn = signIn.proven(at: changed.proofTime(at: exchange.now))
        signIn.satisfied += [AccessNeed.passwordChange.mark].compactMap { $0 }
        signIn.situation.userRisk = nil
        flow.signIn = signIn
        var events: [TenantEvent] = [.userCredentialChanged(user.id, credential)]
        if situation != user.situation { events.append(.userSituationChanged(user.id, situation)) }
        let page = try proceed(flow, request, changed, session(flow, request, signIn))
        return .commit(
            TenantCommit(tenant: request.tenant.tenantID, events: events, then: { _ in page }))
    }

    private func strengthened(
        _ received: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        by method: SecondFactorMethod
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = received
        guard let signIn = flow.signIn else { throw .page(.requestTokensMismatch) }
        let stronger = signIn.strengthened(by: method, at: exchange.now)
        flow.signIn = stronger
        flow.factorCode = nil
        flow.enrolment = nil
        return try proceed(flow, request, user, session(flow, request, stronger))
    }

    /// The event that uses up a code; nil for a wrong or used one. RFC 6238 §5.2.
    private func unused(
        _ typed: String, of secret: [UInt8], _ user: User, _ request: AuthorizationRequest
    ) -> TenantEvent? {
        guard let step = TimeBasedCode(secret: secret).step(of: typed, at: exchange.now) else {
            return nil
        }
        let event = TimeBasedCode.redemption(of: step, by: user.id)
        if case .redeemed(let digest, _) = event, request.tenant.isRedeemed(digest: digest) {
            return nil
        }
        return event
    }

    /// Appends what happens once; somebody may have been faster with the same code.
    private func once(
        _ events: [TenantEvent], _ request: AuthorizationRequest, _ response: HTTPResponse,
        otherwise refused: @escaping @autoclosure @Sendable () -> HTTPResponse
    ) -> IdentityStep {
        .commit(
            TenantCommit(
                tenant: request.tenant.tenantID, events: events,
                then: { outcome in
                    switch outcome {
                    case .appended: response
                    case .alreadyRedeemed: refused()
                    case .refused: errorPage(.issuanceFailed)
                    }
                }))
    }

    /// The digits somebody typed; people copy codes with a space in the middle.
    private static func code(_ fields: FormFields) -> String {
        (fields["otc"] ?? "").filter { $0 != " " }
    }
}
