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
                accounts: request.map { testAccounts($0.tenant) } ?? []),
            code: error?.code ?? 0, binding: flow.binding)
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
                    ? account?.credential.password : nil),
            code: error?.code ?? 0, binding: flow.binding)
    }

    /// Shown instead of an error; the log still says 50055. aadsts.md §8.
    func passwordChangePage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, fault: NewPassword.Fault?
    ) -> HTTPResponse {
        page(
            PasswordChangePage(
                frame: frame(request), flow: platform.text(of: flow, for: .passwordChange),
                segment: flow.segment, userName: flow.userName ?? "", fault: fault),
            code: AADSTSError.passwordExpired.code, binding: flow.binding)
    }

    func secondFactorPage(
        _ flow: SignInFlow, _ request: AuthorizationRequest, _ user: User, error: AADSTSError?
    ) -> HTTPResponse {
        page(
            SecondFactorPage(
                frame: frame(request), flow: platform.text(of: flow, for: .secondFactor),
                segment: flow.segment, userName: user.userPrincipalName,
                code: flow.factorCode ?? "", error: error),
            code: error?.code ?? 0, binding: flow.binding)
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
