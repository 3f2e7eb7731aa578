import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// `/{t}/oauth2/…/authorize` and the pages that follow it.
struct AuthorizationEndpoint: Sendable {
    let platform: IdentityPlatform
    let exchange: Exchange
    /// What the sign-in log will say of this request.
    let trace = SignInTrace()

    /// Longest query and body read, in bytes (90015 beyond).
    static let parameterByteLimit = 32_768

    /// Answers an authorization request.
    func step(_ version: ProtocolVersion, tenant segment: String) -> IdentityStep {
        if let fault = trace.begin(exchange) { return .answer(.situationFault(fault)) }
        do {
            var response = try authorize(version, tenant: segment)
            let isAnswer = !response.headers.values("Set-Cookie").contains {
                $0.hasPrefix(BrowserBinding.cookieName + "=")
            }
            // Only what needed no person can go round by itself. Parameters that were read for
            // the answer can be read again.
            if isAnswer, platform.settings.guardsAgainstLoops,
                let fields = try? parameters()
            {
                LoopGuard(fields, exchange, platform).append(to: &response.headers, platform)
            }
            return .answer(response)
        } catch {
            return .answer(answer(error))
        }
    }

    private func authorize(
        _ version: ProtocolVersion, tenant segment: String
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        let fields = try AuthorizationRequest.page { () throws(AADSTSError) in
            try parameters()
        }
        let scope = try AuthorizationRequest.page { () throws(AADSTSError) in
            let scope = try TenantScope.find(segment, in: platform.tenants)
            try PlaceChecks.check(scope.alias, version)
            try PlaceChecks(exchange: exchange).checkRealm(fields, platform.tenants)
            try PlaceChecks.checkHint(fields)
            return scope
        }
        try checkLoop(fields)
        let sessions = platform.sessions(exchange)
        var flow = SignInFlow(
            version: version, segment: segment, parameters: fields,
            binding: binding, exchange: exchange)
        trace.note(clientID: fields["client_id"] ?? "")
        guard let tenant = tenant(scope, fields, sessions) else {
            return try deferred(flow, fields)
        }
        trace.note(tenant)
        let request = try AuthorizationRequest(
            fields, version: version, tenant: tenant, by: scope.alias, platform: platform)
        note(request)
        try AuthorizationRequest.page { () throws(AADSTSError) in
            try PlaceChecks(exchange: exchange).checkRestriction(tenant.profile)
        }
        return try answer(&flow, request, fields, sessions)
    }

    /// By the browser's sessions: silently, by a picker, or from the first page on.
    private func answer(
        _ flow: inout SignInFlow, _ request: AuthorizationRequest, _ fields: FormFields,
        _ sessions: BrowserSessions
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        try checkSessionNames(request, fields)
        let choice = SessionChoice(
            fields, sessions, in: request.tenant, platform, at: exchange.now)
        if request.prompt == .login || request.prompt == .refreshSession {
            return try credentials(&flow, request)
        }
        switch choice {
        case .none:
            try refuseSilently(request, fields, sessions)
            noteStranger(sessions, request)
            return try credentials(&flow, request)
        case .several(let found):
            if request.prompt == Prompt.none { throw request.refusal(.severalSessions) }
            return accountChoicePage(flow, request, found)
        case .one(let browser, let user):
            if request.prompt == .selectAccount {
                return accountChoicePage(flow, request, [(browser, user)])
            }
            let age = (exchange.now - browser.signIn.authenticatedAt).wholeSeconds
            if let limit = request.maxAge, age > limit { return try credentials(&flow, request) }
            return try proceed(flow, request, user, browser)
        }
    }

    /// Nobody usable is signed in, and nobody may be asked: the first reason that there is.
    private func refuseSilently(
        _ request: AuthorizationRequest, _ fields: FormFields, _ sessions: BrowserSessions
    ) throws(AuthorizationRefusal) {
        guard request.prompt == Prompt.none else { return }
        if AuthorizationRequest.value("sid", fields) != nil {
            throw request.refusal(.namedSessionMissing)
        }
        if let end = platform.endOfSession(exchange, in: request.tenant) {
            throw request.refusal(.sessionEnded(end))
        }
        if let browser = sessions.all.first,
            let user = platform.user(of: browser, at: exchange.now),
            let foreign = foreignSession(user, of: browser.tenant, request)
        {
            throw request.refusal(foreign)
        }
    }

    /// Somebody is signed in whom this tenant does not know: the person is asked who they are, and
    /// the log says why.
    private func noteStranger(_ sessions: BrowserSessions, _ request: AuthorizationRequest) {
        guard let browser = sessions.all.first, browser.tenant != request.tenant.tenantID
        else { return }
        trace.finish(.sessionAccountUnknownHere, exchange, platform)
    }

    /// What the log says of a request that was judged.
    func note(_ request: AuthorizationRequest) {
        trace.note(request.client)
        if let resource = request.resources.first { trace.note(resource) }
        if case .device = request.goal { trace.noteDevice() }
    }

    /// `sid` is a GUID, and stands alone.
    private func checkSessionNames(
        _ request: AuthorizationRequest, _ fields: FormFields
    ) throws(AuthorizationRefusal) {
        guard let sid = AuthorizationRequest.value("sid", fields) else { return }
        guard GUID(sid) != nil else { throw .page(.sessionIdentifierUnreadable) }
        guard request.loginHint == nil else { throw .page(.sessionAndHint) }
    }

    /// aadsts.md §5.2, row 2.
    private func checkLoop(_ fields: FormFields) throws(AuthorizationRefusal) {
        guard platform.settings.guardsAgainstLoops,
            LoopGuard(fields, exchange, platform).isLoop
        else { return }
        throw .page(.requestLoop)
    }

    /// On an alias the tenant is that of the session or of the hint; else nobody knows it yet.
    private func tenant(
        _ scope: TenantScope, _ fields: FormFields, _ sessions: BrowserSessions
    ) -> (any DirectoryQueries)? {
        switch scope {
        case .tenant(let tenant): return tenant
        case .alias:
            if let home = AuthorizationRequest.value("login_hint", fields).flatMap(home(ofHint:)) {
                return home
            }
            if let domain = AuthorizationRequest.value("domain_hint", fields),
                let home = platform.tenants.tenant(domain: domain)
            {
                return home
            }
            return sessions.all.first.flatMap { platform.tenants.tenant($0.tenant) }
        }
    }

    /// Where the account of a hint lives.
    private func home(ofHint text: String) -> (any DirectoryQueries)? {
        switch LoginHint(text) {
        case .name(let name): platform.tenants.home(ofUserName: name)
        case .account(_, let tenant): platform.tenants.tenant(tenant)
        case .securityIdentifier: nil
        }
    }

    /// A request on an alias before anybody has named themselves: client and address are judged
    /// once the tenant is known. aadsts.md §5.2, "Deferred validation".
    private func deferred(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        guard let identifier = AuthorizationRequest.value("client_id", fields) else {
            throw .page(.missingParameter("client_id"))
        }
        let registration = AppID(identifier).flatMap { platform.tenants.registration($0) }
        let alias = TenantScope.Alias(rawValue: flow.segment.lowercased())
        if let registration {
            try AuthorizationRequest.page { () throws(AADSTSError) in
                try registration.check(isReachedBy: alias)
            }
        }
        if fields["prompt"] == Prompt.none.rawValue {
            // Nobody may be asked, so the address is judged where the app was registered.
            let home = platform.tenants.all.first {
                $0.application(appID: registration?.appID ?? AppID(.zero)) != nil
            }
            guard let home else {
                throw .page(.unknownApplication(identifier, directory: flow.segment))
            }
            let request = try AuthorizationRequest(
                fields, version: flow.version, tenant: home, by: alias, platform: platform)
            throw request.refusal(.nobodySignedIn)
        }
        return page(
            UserNamePage(
                frame: PageFrame(organization: nil, application: registration?.displayName),
                flow: platform.text(of: flow, for: .credentials), segment: flow.segment,
                userName: AuthorizationRequest.value("login_hint", fields) ?? "", error: nil,
                accounts: [],
                panel: SituationPanel(
                    chosen: platform.settings.showsDeveloperPanel ? flow.situation : nil)),
            binding: flow.binding)
    }

    /// Nobody usable is signed in: the first page, or a refusal when nobody may be asked.
    func credentials(
        _ flow: inout SignInFlow, _ request: AuthorizationRequest
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        if request.prompt == Prompt.none { throw request.refusal(.nobodySignedIn) }
        let hint = request.loginHint.flatMap { LoginHint($0).userName(in: request.tenant) }
        if let hint, let user = user(named: hint, in: request.tenant) {
            flow.userName = user.userPrincipalName
            return passwordPage(flow, request, error: nil)
        }
        return userNamePage(flow, request, userName: hint ?? "", error: nil)
    }

    func parameters() throws(AADSTSError) -> FormFields {
        switch exchange.request.method {
        case .get, .head:
            guard let query = exchange.query else { throw .unreadableForm }
            guard exchange.request.target.utf8.count <= Self.parameterByteLimit else {
                throw .queryTooLong
            }
            return query
        case .post:
            guard let query = exchange.query, let form = exchange.form else {
                throw .unreadableForm
            }
            guard exchange.request.body.count <= Self.parameterByteLimit else {
                throw .queryTooLong
            }
            return FormFields(form.fields + query.fields)
        default:
            throw .methodNotAllowed(
                allowed: ["GET", "POST"], received: exchange.request.method.rawValue)
        }
    }

    /// What ties the pages of a flow to this browser: its cookie, or a new one.
    var binding: String {
        (BrowserBinding(exchange.cookies) ?? BrowserBinding(platform.cookieBytes())).text
    }

    /// By user principal name, or for a guest by mail address.
    func user(named name: String, in tenant: any DirectoryQueries) -> User? {
        tenant.account(named: name)
    }
}
