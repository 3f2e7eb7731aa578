import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// Consent on the way to an application's answer. identity-platform.md §7.
extension AuthorizationEndpoint {
    /// Scopes of one resource that nobody has consented to.
    struct ConsentNeed: Sendable {
        let resource: Resource
        let scopes: [AppRegistration.PermissionScope]
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

    /// What this person can do about what is missing.
    func consentAnswer(
        _ request: AuthorizationRequest, _ user: User, _ needed: [ConsentNeed]
    ) -> ConsentPolicy.Answer {
        ConsentPolicy(tenant: request.tenant).answer(
            user.id, to: needed.flatMap(\.scopes),
            isOwn: request.tenant.application(appID: request.client.appID) != nil)
    }

    /// The refusal of a request that may show no page.
    func silentConsentRefusal(
        _ request: AuthorizationRequest, _ user: User, _ needed: [ConsentNeed]
    ) -> AADSTSError {
        switch consentAnswer(request, user, needed) {
        case .mayConsent: .consentMissing(request.client.named)
        case .needsAdministrator(mayRequest: false): .adminConsentNeededSilently
        case .needsAdministrator(mayRequest: true): .adminConsentRequestable
        }
    }

    /// Asks the person, or tells them that only an administrator can be asked.
    func consentPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ needed: [ConsentNeed], _ session: BrowserSession
    ) -> HTTPResponse {
        var permissions = needed.flatMap(\.scopes).map(\.displayName)
        if request.scopes.openID.contains(.profile) {
            permissions.append("View your basic profile")
        }
        if request.scopes.openID.contains(.offlineAccess) {
            permissions.append("Maintain access to data you have given it access to")
        }
        let kind: ConsentPage.Kind
        let error: AADSTSError?
        switch consentAnswer(request, user, needed) {
        case .mayConsent(let forEverybody):
            let isAdminFlow = request.prompt == .adminConsent && forEverybody
            kind = isAdminFlow ? .organization : .person(offersOrganization: forEverybody)
            error = nil
        case .needsAdministrator(let mayRequest):
            let link =
                "\(platform.origin)/\(request.tenant.tenantID)/adminconsent?client_id="
                + request.client.appID.description
            kind = .needsAdministrator(adminConsentLink: mayRequest ? link : nil)
            error = mayRequest ? .adminConsentRequestable : .adminConsentNeeded
        }
        var response = page(
            ConsentPage(
                frame: frame(request), flow: platform.text(of: flow, for: .consent),
                segment: flow.segment, userName: user.userPrincipalName,
                application: request.client.principal.displayName, permissions: permissions,
                kind: kind),
            error: error, binding: flow.binding)
        platform.appendCookies(of: session, to: &response.headers, exchange)
        return response
    }

    /// The person has answered the consent page.
    func consent(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        let (request, user, signIn) = try consenting(flow)
        if fields["ucswitch"] != nil {
            return .answer(userNamePage(flow.forgettingPerson, request, userName: "", error: nil))
        }
        if case .adminConsent(let asked) = request.goal {
            return try adminConsent(asked, request, user, fields)
        }
        let needed = missingConsent(request, user)
        let answer = consentAnswer(request, user, needed)
        guard fields["ucaccept"] != nil else {
            return declined(request, answer)
        }
        guard case .mayConsent(let mayForEverybody) = answer else {
            throw .page(.adminConsentNeeded)
        }
        let isForEverybody = fields["ucorg"] != nil || request.prompt == .adminConsent
        guard !isForEverybody || mayForEverybody else { throw .page(.directoryForbidden) }
        let events =
            isForEverybody
            ? everybodysConsent(request, needed) : ownConsent(request, user, needed)
        let session = session(flow, request, signIn)
        let kept = platform.sessions(exchange).session(signIn.sessionID) ?? session
        guard !events.isEmpty else {
            return .answer(issue(flow, request, user, kept))
        }
        return .commit(
            TenantCommit(
                tenant: request.tenant.tenantID, events: events,
                then: { outcome in
                    switch outcome {
                    case .appended: issue(flow, request, user, kept)
                    case .alreadyRedeemed, .refused: errorPage(.issuanceFailed)
                    }
                }))
    }

    private func declined(
        _ request: AuthorizationRequest, _ answer: ConsentPolicy.Answer
    ) -> IdentityStep {
        switch request.goal {
        case .answer(let address):
            switch answer {
            case .mayConsent: .answer(cancelled(address, byChoice: true))
            case .needsAdministrator: .answer(cancelled(address, byChoice: false))
            }
        case .device(let authorization, let log):
            decided(.declined, authorization, log, request)
        case .adminConsent(let asked): .answer(adminConsentDeclined(asked, request))
        }
    }

    private func ownConsent(
        _ request: AuthorizationRequest, _ user: User, _ needed: [ConsentNeed]
    ) -> [TenantEvent] {
        let client = request.client.principal
        var events: [TenantEvent] = []
        if request.tenant.servicePrincipal(client.id) == nil {
            events.append(.servicePrincipalCreated(client))
        }
        return events
            + needed.map { need in
                .granted(
                    PermissionGrant(
                        id: GrantID(platform.random.guid(for: .consentGrant)), client: client.id,
                        resource: need.resource.principal, consent: .principal(user.id),
                        scopes: need.scopes.map(\.value)))
            }
    }

    private func everybodysConsent(
        _ request: AuthorizationRequest, _ needed: [ConsentNeed]
    ) -> [TenantEvent] {
        var consent = AdminConsent(client: request.client.principal)
        if request.prompt == .adminConsent {
            consent = AdminConsent(
                client: request.client.principal,
                needs: request.client.registration.requiredResourceAccess, in: request.tenant,
                registration: platform.registration(in: request.tenant))
        }
        for need in needed {
            guard let resource = request.tenant.servicePrincipal(need.resource.principal) else {
                continue
            }
            consent.parts.append(.init(resource: resource, scopes: need.scopes))
        }
        return consent.events(in: request.tenant, now: exchange.now, random: platform.random)
    }

    /// Consent may be asked of a fresh sign-in, or of a session that was there before.
    func consenting(
        _ flow: SignInFlow
    ) throws(AuthorizationRefusal) -> (AuthorizationRequest, User, SignIn) {
        if flow.signIn != nil { return try proven(flow) }
        let found = platform.sessions(exchange).all.lazy.compactMap { session in
            platform.user(of: session, at: exchange.now).map { (session, $0) }
        }.first { flow.userName == nil || $0.1.userPrincipalName == flow.userName }
        guard let (session, user) = found, let tenant = platform.tenants.tenant(session.tenant)
        else { throw .page(.requestTokensMismatch) }
        return (try request(flow, in: tenant), user, session.signIn)
    }
}

extension IdentityPlatform {
    /// Finds the registration of an API as `tenant` sees it.
    func registration(in tenant: any DirectoryQueries) -> (AppID) -> AppRegistration? {
        { app in tenant.application(appID: app) ?? self.tenants.registration(app) }
    }
}
