import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// The pages of the flow, filled in.
extension AuthorizationEndpoint {
    /// What is known of tenant and application once a request was judged.
    func frame(_ request: AuthorizationRequest?) -> PageFrame {
        PageFrame(
            organization: request?.tenant.profile.displayName,
            application: request?.client.principal.displayName)
    }

    func userNamePage(
        _ flow: SignInFlow, _ request: AuthorizationRequest?, userName: String,
        error: AADSTSError?
    ) -> HTTPResponse {
        var named = flow
        named.userName = nil
        return page(
            UserNamePage(
                frame: frame(request), flow: platform.text(of: named, for: .credentials),
                segment: flow.segment, userName: userName, error: error,
                accounts: request.map { testAccounts($0.tenant) } ?? [],
                panel: panel(flow)),
            error: error, binding: flow.binding)
    }

    func accountChoicePage(
        _ flow: SignInFlow, _ request: AuthorizationRequest,
        _ found: [(session: BrowserSession, user: User)]
    ) -> HTTPResponse {
        page(
            AccountChoicePage(
                frame: frame(request), flow: platform.text(of: flow, for: .accountChoice),
                segment: flow.segment,
                accounts: found.map { session, user in
                    AccountChoicePage.Account(
                        session: session.signIn.sessionID, userName: user.userPrincipalName,
                        name: user.displayName)
                }),
            binding: flow.binding)
    }

    func passwordPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, error: AADSTSError?
    ) -> HTTPResponse {
        let account = flow.userName.flatMap { user(named: $0, in: request.tenant) }
        return page(
            PasswordPage(
                frame: frame(request), flow: platform.text(of: flow, for: .credentials),
                segment: flow.segment, userName: flow.userName ?? "", error: error,
                testPassword: platform.settings.showsTestAccounts
                    && request.tenant.userCount <= Self.testAccountTenantLimit
                    ? account?.credential.password : nil, situation: panel(flow)),
            error: error, binding: flow.binding)
    }

    /// Shown instead of an error; the log still says 50055. aadsts.md §8.
    func passwordChangePage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, fault: NewPassword.Fault?
    ) -> HTTPResponse {
        page(
            PasswordChangePage(
                frame: frame(request), flow: platform.text(of: flow, for: .passwordChange),
                segment: flow.segment, userName: flow.userName ?? "", fault: fault,
                reason: flow.signIn == nil ? .expired : .risk),
            error: fault?.refusal
                ?? (flow.signIn == nil ? .passwordExpired : .riskNeedsPasswordChange),
            binding: flow.binding)
    }

    func secondFactorPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User, error: AADSTSError?
    ) -> HTTPResponse {
        let challenge: SecondFactorPage.Challenge =
            switch user.credential.secondFactor {
            case .passkey: .passkey
            case .authenticator(let secret): .code(shownCode(of: secret))
            case .none, .simulatedCode, .autoApproved: .code(flow.factorCode)
            }
        return page(
            SecondFactorPage(
                frame: frame(request), flow: platform.text(of: flow, for: .secondFactor),
                segment: flow.segment, userName: user.userPrincipalName, challenge: challenge,
                error: error),
            error: error, binding: flow.binding)
    }

    func enrolmentPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User, error: AADSTSError?
    ) -> HTTPResponse {
        let offer: EnrolmentPage.Offer =
            flow.enrolment.map { secret in
                .authenticator(
                    secret: Base32.encode(secret),
                    link: TimeBasedCode.setupLink(
                        secret: secret, account: user.userPrincipalName,
                        issuer: request.tenant.profile.displayName),
                    code: shownCode(of: secret))
            } ?? .passkey
        return page(
            EnrolmentPage(
                frame: frame(request), flow: platform.text(of: flow, for: .enrolment),
                segment: flow.segment, userName: user.userPrincipalName, offer: offer,
                error: error),
            error: error, binding: flow.binding)
    }

    func termsOfUsePage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ terms: String
    ) -> HTTPResponse {
        page(
            TermsOfUsePage(
                frame: frame(request), flow: platform.text(of: flow, for: .termsOfUse),
                segment: flow.segment, terms: terms),
            binding: flow.binding)
    }

    /// What an app with this secret shows now, where the panel may tell.
    private func shownCode(of secret: [UInt8]) -> String? {
        guard platform.settings.showsDeveloperPanel else { return nil }
        return TimeBasedCode(secret: secret).code(step: TimeBasedCode.step(at: exchange.now))
    }

    private func panel(_ flow: SignInFlow) -> SituationPanel {
        SituationPanel(chosen: platform.settings.showsDeveloperPanel ? flow.situation : nil)
    }

    func staySignedInPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User
    ) -> HTTPResponse {
        page(
            StaySignedInPage(
                frame: frame(request), flow: platform.text(of: flow, for: .staySignedIn),
                segment: flow.segment, userName: user.userPrincipalName),
            binding: flow.binding)
    }

    /// A small tenant's first people, to sign in with at a click.
    private func testAccounts(_ tenant: any DirectoryQueries) -> [UserNamePage.Account] {
        guard platform.settings.showsTestAccounts,
            tenant.userCount <= Self.testAccountTenantLimit
        else { return [] }
        return tenant.users.filter { $0.credential.password != nil }
            .prefix(Self.testAccountLimit)
            .map {
                UserNamePage.Account(userName: $0.userPrincipalName, name: $0.displayName)
            }
    }

    private static let testAccountLimit = 6
    private static let testAccountTenantLimit = 500
}
