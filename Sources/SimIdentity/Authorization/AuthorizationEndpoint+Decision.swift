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
        var standing = Standing(flow: flow, request: request, user: user, session: received)
        if let page = try policyPage(&standing) { return page }
        let session = standing.session
        flow = standing.flow
        if asksToStaySignedIn(flow, request, user) {
            trace.finish(.staySignedInAsked, exchange, platform)
            return staySignedInPage(flow, request, user)
        }
        if request.client.principal.requiresAssignment,
            !Assignments(tenant: request.tenant).isAssigned(
                user.id, to: request.client.principal.id)
        {
            let error = AADSTSError.userNotAssigned(
                user.userPrincipalName, app: request.client.named)
            throw isSilent ? request.refusal(error) : .page(error)
        }
        let needed = missingConsent(request, user)
        guard needed.isEmpty, request.prompt != .consent else {
            if isSilent {
                throw request.refusal(.consentMissing(request.client.named))
            }
            if !needed.contains(where: \.needsAdministrator) {
                trace.finish(.consentMissing(request.client.named), exchange, platform)
            }
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

    /// Scopes of one resource that nobody has consented to.
    struct ConsentNeed: Sendable {
        let resource: Resource
        let scopes: [AppRegistration.PermissionScope]

        var needsAdministrator: Bool { scopes.contains { $0.consent == .admin } }
    }

    func missingConsent(_ request: AuthorizationRequest, _ user: User) -> [ConsentNeed] {
        request.resources.compactMap { resource in
            let permissions = DelegatedPermissions(
                of: request.client, on: resource, for: user.id,
                asking: request.scopes.resourceScopes.filter {
                    $0.resource == resource.requestedName
                }, in: request.tenant)
            let missing =
                permissions.missing + Self.missingSignInScopes(request, resource, user.id)
            return missing.isEmpty ? nil : ConsentNeed(resource: resource, scopes: missing)
        }
    }

    /// The OpenID scopes of an application that nobody has consented to anything for. Any other
    /// consent covers signing in too (unverified). identity-platform.md §7.
    private static func missingSignInScopes(
        _ request: AuthorizationRequest, _ resource: Resource, _ user: UserID
    ) -> [AppRegistration.PermissionScope] {
        guard request.scopes.resources.isEmpty, resource.isGraph,
            !request.tenant.grants(of: request.client.principal.id).contains(where: {
                $0.consent == .allPrincipals || $0.consent == .principal(user)
            })
        else { return [] }
        return resource.scopes.filter { exposed in
            ScopeRequest.OpenIDScope(rawValue: exposed.value)
                .map(request.scopes.openID.contains) ?? false
        }
    }

    /// What everything led to: the application's answer, or the last question before it.
    func issue(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ session: BrowserSession
    ) -> HTTPResponse {
        switch request.goal {
        case .answer(let address): issue(request, to: address, user, session)
        case .device: deviceConfirmationPage(flow, request, user, session)
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
                signIn: session.signIn, state: address.state, decided: scope(of: request)
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
