import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// What the pages' forms lead to.
extension AuthorizationEndpoint {
    /// Answers a form of a page.
    func step(_ form: IdentityRoute.SignInForm, tenant segment: String) -> IdentityStep {
        guard exchange.request.method == .post else {
            return .answer(
                errorPage(
                    .methodNotAllowed(
                        allowed: ["POST"], received: exchange.request.method.rawValue)))
        }
        guard let fields = exchange.form, let flow = platform.flow(exchange, at: form) else {
            let isOld = platform.isTooOld(exchange, at: form)
            return .answer(errorPage(isOld ? .flowTokenExpired : .requestTokensMismatch))
        }
        let endpoint = AuthorizationEndpoint(
            platform: platform, exchange: exchange.continuing(flow.correlationID, platform))
        if let fault = endpoint.trace.begin(exchange) { return .answer(.situationFault(fault)) }
        endpoint.trace.noteInteraction()
        endpoint.trace.note(clientID: flow.fields["client_id"] ?? "")
        return endpoint.answer(form, flow, fields)
    }

    private func answer(
        _ form: IdentityRoute.SignInForm, _ flow: SignInFlow, _ fields: FormFields
    ) -> IdentityStep {
        do {
            switch form {
            case .credentials: return try credentials(flow, fields)
            case .accountChoice: return .answer(try accountChoice(flow, fields))
            case .passwordChange: return try passwordChange(flow, fields)
            case .secondFactor: return try secondFactor(flow, fields)
            case .enrolment: return try enrolment(flow, fields)
            case .termsOfUse: return .answer(try termsOfUse(flow, fields))
            case .staySignedIn: return .answer(try staySignedIn(flow, fields))
            case .consent: return try consent(flow, fields)
            case .deviceConfirmation: return try deviceConfirmation(flow, fields)
            }
        } catch {
            return .answer(answer(error))
        }
    }

    /// The request of a flow, judged again: what it names may have changed meanwhile.
    func request(
        _ flow: SignInFlow, in tenant: any DirectoryQueries
    ) throws(AuthorizationRefusal) -> AuthorizationRequest {
        trace.note(tenant)
        try AuthorizationRequest.page { () throws(AADSTSError) in
            try PlaceChecks(exchange: exchange).checkRestriction(tenant.profile)
        }
        let request =
            switch flow.purpose {
            case .authorization:
                try AuthorizationRequest(
                    flow.fields, version: flow.version, tenant: tenant,
                    by: TenantScope.Alias(rawValue: flow.segment.lowercased()),
                    platform: platform)
            case .device: try deviceRequest(flow, in: tenant)
            case .adminConsent: try adminConsentRequest(flow, in: tenant)
            }
        note(request)
        return request
    }

    /// The tenant of a flow's path, or on an alias of the user name.
    private func tenant(
        _ flow: SignInFlow, userName: String
    ) throws(AuthorizationRefusal) -> (any DirectoryQueries)? {
        let scope = try AuthorizationRequest.page { () throws(AADSTSError) in
            try TenantScope.find(flow.segment, in: platform.tenants)
        }
        return scope.tenant ?? platform.tenants.home(ofUserName: userName)
    }

    /// The request of a flow whose path names a tenant, for the page that says what is wrong with a
    /// user name. A request that has become wrong meanwhile is told once the name is right.
    private func known(_ flow: SignInFlow) -> AuthorizationRequest? {
        do {
            return try tenant(flow, userName: "").map { try request(flow, in: $0) }
        } catch {
            return nil
        }
    }

    private func credentials(
        _ received: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        var flow = received
        let userName = (fields["login"] ?? flow.userName ?? "").trimmedOfSpaces
        flow.situation = try situation(fields).over(flow.situation)
        if fields["back"] == nil, let error = AADSTSError(orderedBySignInName: userName) {
            return .answer(
                InlineErrorText.isInline(error)
                    ? userNamePage(flow, known(flow), userName: userName, error: error)
                    : refused(error, flow))
        }
        if fields["back"] == nil, let error = Self.fault(ofSignInName: userName) {
            return .answer(userNamePage(flow, known(flow), userName: userName, error: error))
        }
        guard let tenant = try tenant(flow, userName: userName) else {
            let error = AADSTSError.unknownUser(userName, tenant: flow.segment)
            return .answer(userNamePage(flow, nil, userName: userName, error: error))
        }
        let request = try request(flow, in: tenant)
        trace.note(userName: userName)
        if fields["back"] != nil {
            return .answer(userNamePage(flow, request, userName: userName, error: nil))
        }
        guard let user = user(named: userName, in: tenant) else {
            if let (user, home) = stranger(userName, to: tenant) {
                return try strangerSignsIn(
                    flow, request, user, home, password: fields["passwd"])
            }
            let error = AADSTSError.unknownUser(userName, tenant: tenant.profile.displayName)
            return .answer(userNamePage(flow, request, userName: userName, error: error))
        }
        trace.note(user, nil)
        flow.userName = user.userPrincipalName
        guard let password = fields["passwd"] else {
            return .answer(passwordPage(flow, request, error: nil))
        }
        switch PasswordCheck(user: user, in: tenant, now: exchange.now).judge(password) {
        case .mustChange:
            return .answer(passwordChangePage(flow, request, fault: nil))
        case .refused(let error, let stored):
            return storing(stored, user, tenant, passwordPage(flow, request, error: error))
        case .accepted(let stored):
            return storing(stored, user, tenant, try passwordProven(flow, request, user))
        }
    }

    /// Longest sign-in name read, in characters.
    private static let signInNameLimit = 1_024

    private static func fault(ofSignInName name: String) -> AADSTSError? {
        if name.isEmpty || name.count > signInNameLimit { return .formInputInvalid }
        return name.contains("@") ? nil : .signInNameWithoutDomain
    }

    /// Goes on with a person whose password was right a moment ago.
    private func passwordProven(
        _ received: SignInFlow, _ request: AuthorizationRequest, _ user: User
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = received
        let signIn = SignIn(
            user: user.id, authenticatedAt: user.proofTime(at: exchange.now), methods: ["pwd"],
            sessionID: platform.sessionID(), situation: flow.situation)
        flow.signIn = signIn
        return try proceed(flow, request, user, session(flow, request, signIn))
    }

    /// The page is only reached with the old password; the new one replaces it at once.
    private func passwordChange(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> IdentityStep {
        guard let userName = flow.userName, let tenant = try tenant(flow, userName: userName),
            let user = tenant.user(userPrincipalName: userName)
        else { throw .page(.requestTokensMismatch) }
        let request = try request(flow, in: tenant)
        switch NewPassword(
            fields["newpasswd"] ?? "", confirmed: fields["confirm"],
            replacing: fields["oldpasswd"] ?? "", for: user,
            at: user.proofTime(at: exchange.now))
        {
        case .refused(let fault):
            return .answer(passwordChangePage(flow, request, fault: fault))
        case .accepted(let credential):
            guard flow.signIn != nil else {
                var changed = user
                changed.credential = credential
                return storing(credential, user, tenant, try passwordProven(flow, request, changed))
            }
            return try changedForRisk(flow, request, user, credential)
        }
    }

    /// Answers after a changed credential is in the log; at once when nothing changed.
    func storing(
        _ credential: UserCredential?, _ user: User, _ tenant: any DirectoryQueries,
        _ response: HTTPResponse
    ) -> IdentityStep {
        guard let credential else { return .answer(response) }
        return .commit(
            TenantCommit(
                tenant: tenant.tenantID, events: [.userCredentialChanged(user.id, credential)],
                then: { _ in response }))
    }

    private func accountChoice(
        _ flow: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        if let id = fields["choice"].flatMap({ GUID($0) }),
            let session = platform.sessions(exchange).session(id),
            let user = platform.user(of: session, at: exchange.now),
            let tenant = platform.tenants.tenant(session.tenant)
        {
            return try proceed(flow, try request(flow, in: tenant), user, session)
        }
        guard let tenant = try tenant(flow, userName: "") else {
            return userNamePage(flow, nil, userName: "", error: nil)
        }
        return userNamePage(flow, try request(flow, in: tenant), userName: "", error: nil)
    }

    /// The facts of a flow whose credentials were proven.
    func proven(
        _ flow: SignInFlow
    ) throws(AuthorizationRefusal) -> (AuthorizationRequest, User, SignIn) {
        guard let userName = flow.userName, let signIn = flow.signIn,
            let tenant = try tenant(flow, userName: userName),
            let user = tenant.user(signIn.user), user.deletedAt == nil
        else { throw .page(.requestTokensMismatch) }
        return (try request(flow, in: tenant), user, signIn)
    }

    func session(_ flow: SignInFlow, _ request: AuthorizationRequest, _ signIn: SignIn)
        -> BrowserSession
    {
        BrowserSession(
            tenant: request.tenant.tenantID, signIn: signIn,
            isPersistent: flow.staysSignedIn == true, lastUsedAt: exchange.now)
    }

    private func staySignedIn(
        _ received: SignInFlow, _ fields: FormFields
    ) throws(AuthorizationRefusal) -> HTTPResponse {
        var flow = received
        let (request, user, signIn) = try proven(flow)
        flow.staysSignedIn = fields["LoginOptions"] == "1"
        return try proceed(flow, request, user, session(flow, request, signIn))
    }
}

extension String {
    /// Without spaces at either end: people paste them.
    var trimmedOfSpaces: String {
        var text = drop { $0 == " " }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
