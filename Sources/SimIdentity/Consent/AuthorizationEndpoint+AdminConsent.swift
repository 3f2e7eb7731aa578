import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// `/{t}/adminconsent` and `/{t}/v2.0/adminconsent`. identity-platform.md §7.
extension AuthorizationEndpoint {
    /// Answers a request for an administrator's consent.
    func adminConsentStep(_ version: ProtocolVersion, tenant segment: String) -> IdentityStep {
        if let fault = trace.begin(exchange) { return .answer(.situationFault(fault)) }
        do {
            return .answer(try adminConsentRequest(version, segment))
        } catch {
            return .answer(answer(error))
        }
    }

    private func adminConsentRequest(
        _ version: ProtocolVersion, _ segment: String
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        let fields = try AuthorizationRequest.page { () throws(AADSTSError) in
            try parameters()
        }
        let scope = try AuthorizationRequest.page { () throws(AADSTSError) in
            try TenantScope.find(segment, in: platform.tenants)
        }
        var flow = SignInFlow(
            .adminConsent, version: version, segment: segment, parameters: fields,
            binding: binding, exchange: exchange)
        let session = platform.session(exchange)
        guard let tenant = scope.tenant ?? session.flatMap({ platform.tenants.tenant($0.0.tenant) })
        else {
            // Whose administrator it is, is known once somebody has signed in.
            guard AuthorizationRequest.value("client_id", fields) != nil else {
                throw .page(.missingParameter("client_id"))
            }
            return userNamePage(flow, nil, userName: "", error: nil)
        }
        trace.note(tenant)
        let request = try adminConsentRequest(flow, in: tenant)
        note(request)
        guard let (browser, user) = session, browser.tenant == tenant.tenantID else {
            return try credentials(&flow, request)
        }
        return try proceed(flow, request, user, browser)
    }

    /// The request of a flow, judged again in the tenant of who signs in.
    func adminConsentRequest(
        _ flow: SignInFlow, in tenant: any DirectoryQueries
    ) throws(AuthorizationRefusal) -> AuthorizationRequest {
        let fields = flow.fields
        let client = try AuthorizationRequest.page { () throws(AADSTSError) in
            guard let identifier = AuthorizationRequest.value("client_id", fields) else {
                throw .missingParameter("client_id")
            }
            return try platform.client(identifier, in: tenant, mayBeNew: true)
        }
        let asked = try AdminConsentRequest(
            fields, version: flow.version, client: client, tenant: tenant, platform: platform)
        return AuthorizationRequest(
            version: flow.version, tenant: tenant, client: client, goal: .adminConsent(asked),
            sentRedirectURI: asked.redirectURI, platform: .web, responseTypes: [],
            scopes: asked.scope ?? ScopeRequest(v1Resource: MicrosoftGraph.appID.description),
            resources: [], nonce: nil, prompt: nil,
            loginHint: AuthorizationRequest.value("login_hint", fields), maxAge: nil,
            challenge: nil, claims: .none, wantsClientInfo: false)
    }

    /// What an administrator is shown; others are told that only one can go on.
    func adminConsentPage(
        _ flow: SignInFlow, _ asked: AdminConsentRequest, _ request: AuthorizationRequest,
        _ user: User, _ session: BrowserSession
    ) -> HTTPResponse {
        let mayGive = ConsentPolicy(tenant: request.tenant).mayGive(asked.consent, user.id)
        let permissions = asked.consent.parts.flatMap { part in
            part.scopes.map(\.displayName) + part.roles.map(\.displayName)
        }
        var response = page(
            ConsentPage(
                frame: frame(request), flow: platform.text(of: flow, for: .consent),
                segment: flow.segment, userName: user.userPrincipalName,
                application: request.client.principal.displayName, permissions: permissions,
                kind: mayGive ? .organization : .needsAdministrator(adminConsentLink: nil)),
            error: mayGive ? nil : .adminConsentNeeded, binding: flow.binding)
        platform.appendCookies(of: session, to: &response.headers, exchange)
        return response
    }

    /// Writes what an administrator accepted, then answers the application.
    func adminConsent(
        _ asked: AdminConsentRequest, _ request: AuthorizationRequest, _ user: User,
        _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        guard fields["ucaccept"] != nil else {
            return .answer(adminConsentDeclined(asked, request))
        }
        guard ConsentPolicy(tenant: request.tenant).mayGive(asked.consent, user.id) else {
            throw .page(.directoryForbidden)
        }
        let events = asked.consent.events(
            in: request.tenant, now: exchange.now, random: platform.random)
        let accepted = deliver(adminConsentAnswer(asked, request), to: asked.address)
        guard !events.isEmpty else { return .answer(accepted) }
        return .commit(
            TenantCommit(
                tenant: request.tenant.tenantID, events: events,
                then: { outcome in
                    switch outcome {
                    case .appended: accepted
                    case .alreadyRedeemed, .refused: errorPage(.issuanceFailed)
                    }
                }))
    }

    private func adminConsentAnswer(
        _ asked: AdminConsentRequest, _ request: AuthorizationRequest
    ) -> FormFields {
        let tenant = request.tenant.tenantID.description
        var fields = FormFields()
        switch request.version {
        case .v2:
            fields.append("admin_consent", "True")
            fields.append("tenant", tenant)
            fields.append("scope", asked.granted)
            if let state = asked.state { fields.append("state", state) }
        case .v1:
            fields.append("tenant", tenant)
            if let state = asked.state { fields.append("state", state) }
            fields.append("admin_consent", "True")
        }
        return fields
    }

    /// The administrator said no. aadsts.md §2.
    func adminConsentDeclined(
        _ asked: AdminConsentRequest, _ request: AuthorizationRequest
    ) -> HTTPResponse {
        let error = AADSTSError.adminConsentDeclined
        var fields = FormFields()
        switch request.version {
        case .v2:
            fields.append("error", exchange.envelope.name(error, at: .adminConsent).rawValue)
            fields.append("error_description", exchange.envelope.description(error))
            fields.append("admin_consent", "True")
            fields.append("tenant", request.tenant.tenantID.description)
        case .v1:
            fields.append("error", "permission_denied")
            fields.append("error_description", "The admin canceled the request")
        }
        if let state = asked.state { fields.append("state", state) }
        return deliver(fields, to: asked.address, code: error.code)
    }
}
