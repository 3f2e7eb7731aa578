import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// What happens to a person who is known: second factor, "stay signed in", assignment, consent,
/// answer. Order: aadsts.md §5.2, rows 11 to 17.
extension AuthorizationEndpoint {
    func proceed(
        _ begun: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ received: BrowserSession
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = begun
        trace.note(user, received.signIn)
        let isSilent = request.prompt == Prompt.none
        guard user.accountEnabled else {
            let error: AADSTSError = user.userType == .guest ? .guestDisabled : .userDisabled
            throw isSilent ? request.refusal(error) : .page(error)
        }
        guard !user.awaitsRedemption else {
            throw isSilent ? request.refusal(.invitationPending) : .page(.invitationPending)
        }
        let guest = GuestStanding(user, in: request.tenant, platform.tenants)
        if let error = guest?.refusal(isSilent: isSilent) {
            throw isSilent ? request.refusal(error) : .page(error)
        }
        try checkAge(user, request, isSilent: isSilent)
        var standing = Standing(flow: flow, request: request, user: user, session: received)
        if let page = try policyPage(&standing) { return page }
        let session = standing.session
        flow = standing.flow
        if asksToStaySignedIn(flow, request, user) {
            trace.finish(.staySignedInAsked, exchange, platform)
            return staySignedInPage(flow, request, user)
        }
        if request.client.principal.requiresAssignment, !request.isForAdministrators,
            !Assignments(tenant: request.tenant).isAssigned(
                user.id, to: request.client.principal.id)
        {
            let error = AADSTSError.userNotAssigned(
                user.userPrincipalName, app: request.client.named)
            throw isSilent ? request.refusal(error) : .page(error)
        }
        // The forms that follow find the session by its person.
        flow.userName = user.userPrincipalName
        if case .adminConsent(let asked) = request.goal {
            return adminConsentPage(flow, asked, request, user, session)
        }
        let needed = missingConsent(request, user)
        guard needed.isEmpty, request.prompt != .consent, request.prompt != .adminConsent else {
            if isSilent { throw request.refusal(silentConsentRefusal(request, user, needed)) }
            if case .mayConsent = consentAnswer(request, user, needed) {
                trace.finish(.consentMissing(request.client.named), exchange, platform)
            }
            return consentPage(flow, request, user, needed, session)
        }
        return issue(flow, request, user, session)
    }

    /// Whether the application takes people of the account's age group (54000).
    private func checkAge(
        _ user: User, _ request: AuthorizationRequest, isSilent: Bool
    ) throws(AuthorizationRefusal) {
        guard request.client.registration.parentalControls.blocks(user) else { return }
        throw isSilent ? request.refusal(.ageGroupBlocked) : .page(.ageGroupBlocked)
    }

    /// Only a fresh sign-in is asked, once, and only when its answer would matter.
    private func asksToStaySignedIn(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User
    ) -> Bool {
        flow.signIn != nil && flow.staysSignedIn == nil && request.prompt != .login
            && user.userType == .member
    }

    /// What everything led to: the application's answer, or the last question before it.
    func issue(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ session: BrowserSession
    ) -> HTTPResponse {
        switch request.goal {
        case .answer(let address): issue(request, to: address, user, session)
        case .device: deviceConfirmationPage(flow, request, user, session)
        case .adminConsent(let asked): adminConsentPage(flow, asked, request, user, session)
        }
    }

    /// Code and tokens to the client's address, and the session's cookies to the browser.
    private func issue(
        _ request: AuthorizationRequest, to address: ReturnAddress, _ user: User,
        _ session: BrowserSession
    ) -> HTTPResponse {
        do {
            let fields = try AuthorizationIssuance(
                platform: platform, exchange: exchange, request: request, user: user,
                signIn: session.kept.signIn, state: address.state, decided: scope(of: request)
            ).fields()
            trace.finish(nil, exchange, platform)
            var response = deliver(fields, to: address)
            platform.appendCookies(
                of: session.used(by: request.client.appID, at: exchange.now),
                to: &response.headers, exchange)
            return response
        } catch {
            return answer(.redirect(error, address))
        }
    }
}
