import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// What happens to a person who is known: second factor, "stay signed in", assignment, consent,
/// answer. Order: aadsts.md §5.2, rows 11 to 17.
extension AuthorizationEndpoint {
    func proceed(
        _ received: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ session: BrowserSession
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = received
        let isSilent = request.prompt == Prompt.none
        guard user.accountEnabled else {
            let error: AADSTSError = user.userType == .guest ? .guestDisabled : .userDisabled
            throw isSilent ? request.refusal(error) : .page(error)
        }
        if user.credential.requiresMFA, !session.signIn.hasSecondFactor {
            if isSilent { throw request.refusal(secondFactorRequired(request)) }
            flow.userName = user.userPrincipalName
            flow.signIn = session.signIn
            flow.factorCode = factorCode()
            return secondFactorPage(flow, request, user, error: nil)
        }
        if asksToStaySignedIn(flow, request, user) {
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
            return consentPage(flow, request, user, needed, session)
        }
        return issue(flow, request, user, session)
    }

    /// Only a fresh sign-in is asked, once, and only when its answer would matter.
    private func asksToStaySignedIn(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User
    ) -> Bool {
        flow.signIn != nil && flow.staysSignedIn == nil && request.prompt != .login
            && user.userType == .member
    }

    private func secondFactorRequired(_ request: AuthorizationRequest) -> AADSTSError {
        .secondFactorRequired(
            resource: request.resources.first?.appID.guid ?? request.client.appID.guid,
            policy: SecondFactor.policy(of: request.tenant))
    }

    /// Six digits, shown on the page itself.
    private func factorCode() -> String {
        var text = ""
        text.appendPadded(
            Int(platform.random.number(below: 1_000_000, for: .secondFactor)), width: 6)
        return text
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
                signIn: session.signIn, state: address.state
            ).fields()
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
