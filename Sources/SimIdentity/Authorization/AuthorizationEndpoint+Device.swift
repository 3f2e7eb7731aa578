import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// The browser's side of the device flow: code, sign-in, confirmation. RFC 8628 §3.3.
extension AuthorizationEndpoint {
    /// Field of the user code, in the page's form and in the flow's parameters.
    static let userCodeField = "otc"

    /// Answers `/{t}/oauth2/deviceauth`.
    func deviceStep(tenant segment: String) -> IdentityStep {
        switch exchange.request.method {
        case .get, .head:
            let code = exchange.query?["user_code"] ?? exchange.query?[Self.userCodeField] ?? ""
            return .answer(userCodePage(segment, code: code, error: nil))
        case .post: break
        default:
            return .answer(
                errorPage(
                    .methodNotAllowed(
                        allowed: ["GET", "POST"], received: exchange.request.method.rawValue)))
        }
        let typed = exchange.form?[Self.userCodeField] ?? ""
        let pending: (authorization: DeviceAuthorization, log: TenantID)
        do {
            pending = try pendingDevice(UserCode.normalized(typed))
        } catch {
            return .answer(userCodePage(segment, code: typed, error: error))
        }
        do {
            return .answer(try signIn(to: pending.authorization, pending.log))
        } catch {
            return .answer(answer(error))
        }
    }

    /// The device a user code belongs to, while it waits. aadsts.md §6.6.
    private func pendingDevice(
        _ userCode: String
    ) throws(AADSTSError) -> (authorization: DeviceAuthorization, log: TenantID) {
        guard !userCode.isEmpty else { throw .userCodeMissing }
        guard let found = platform.deviceAuthorization(userCode: userCode) else {
            throw .unknownVerificationCode
        }
        guard found.authorization.answer == nil else { throw .deviceAlreadyAnswered }
        guard exchange.now < found.authorization.expiresAt else { throw .userCodeExpired }
        return found
    }

    /// Who is signed in may choose the account; anybody else signs in.
    private func signIn(
        to authorization: DeviceAuthorization, _ log: TenantID
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        let segment =
            authorization.tenant?.description ?? TenantScope.Alias.organizations.rawValue
        var flow = SignInFlow(
            .device, version: .v2, segment: segment,
            parameters: FormFields([.init(Self.userCodeField, authorization.userCode)]),
            binding: binding, exchange: exchange)
        if let (browser, user) = platform.session(exchange),
            authorization.tenant == nil || authorization.tenant == browser.tenant,
            let tenant = platform.tenants.tenant(browser.tenant)
        {
            let request = try deviceRequest(flow, in: tenant)
            return accountChoicePage(flow, request, [(browser, user)])
        }
        guard let tenant = authorization.tenant.flatMap({ platform.tenants.tenant($0) }) else {
            return userNamePage(flow, nil, userName: "", error: nil)
        }
        return try credentials(&flow, try deviceRequest(flow, in: tenant))
    }

    /// The request of a device's flow, judged again in the tenant of who answers.
    func deviceRequest(
        _ flow: SignInFlow, in tenant: any DirectoryQueries
    ) throws(AuthorizationRefusal) -> AuthorizationRequest {
        try AuthorizationRequest.page { () throws(AADSTSError) in
            let found = try pendingDevice(flow.fields[Self.userCodeField] ?? "")
            return try AuthorizationRequest(
                device: found.authorization, log: found.log, tenant: tenant, platform: platform)
        }
    }

    /// The person has seen which application asks, and says whether they trust it.
    func deviceConfirmation(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        let (request, user, signIn) = try consenting(flow)
        guard case .device(let authorization, let log) = request.goal else {
            throw .page(.requestTokensMismatch)
        }
        guard fields["continue"] != nil else {
            trace.finish(.deviceDeclined, exchange, platform)
            return decided(.declined, authorization, log, request)
        }
        let approval = DeviceAuthorization.Approval(
            tenant: request.tenant.tenantID, user: user.id,
            authenticatedAt: signIn.authenticatedAt, methods: signIn.methods,
            sessionID: signIn.sessionID)
        trace.note(user, signIn)
        trace.finish(nil, exchange, platform)
        return decided(.approved(approval), authorization, log, request)
    }

    /// Writes the person's answer where the device looks for it, then says so.
    func decided(
        _ answer: DeviceAuthorization.Answer, _ asked: DeviceAuthorization, _ log: TenantID,
        _ request: AuthorizationRequest
    ) -> IdentityStep {
        var authorization = asked
        authorization.answer = answer
        let isApproved = answer != .declined
        let binding = binding
        return .commit(
            TenantCommit(
                tenant: log, events: [.deviceAuthorization(authorization)],
                then: { outcome in
                    switch outcome {
                    case .appended:
                        page(
                            DeviceAnsweredPage(
                                frame: frame(request),
                                application: request.client.principal.displayName,
                                isApproved: isApproved),
                            binding: binding)
                    case .alreadyRedeemed: errorPage(.unknownVerificationCode)
                    case .refused: errorPage(.issuanceFailed)
                    }
                }))
    }

    private func userCodePage(
        _ segment: String, code: String, error: AADSTSError?
    ) -> HTTPResponse {
        page(
            UserCodePage(
                frame: PageFrame(organization: nil, application: nil), segment: segment,
                code: code, error: error),
            error: error, binding: binding)
    }

    func deviceConfirmationPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User,
        _ session: BrowserSession
    ) -> HTTPResponse {
        var response = page(
            DeviceConfirmationPage(
                frame: frame(request), flow: platform.text(of: flow, for: .deviceConfirmation),
                segment: flow.segment, userName: user.userPrincipalName,
                application: request.client.principal.displayName),
            error: .confirmationRequired, binding: flow.binding)
        platform.appendCookies(
            of: session.used(by: request.client.appID, at: exchange.now), to: &response.headers,
            exchange)
        return response
    }
}
