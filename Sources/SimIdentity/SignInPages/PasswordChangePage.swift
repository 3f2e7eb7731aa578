import SimCore
import SimErrors
import SimHTTP

/// Asks for a new password because the old one has expired or was given by an administrator.
struct PasswordChangePage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let fault: NewPassword.Fault?
    let reason: Reason

    /// Why the old password does not do.
    enum Reason: Hashable, Sendable {
        case expired, risk

        fileprivate var sentence: String {
            switch self {
            case .expired:
                "Your password has expired, or this is your first sign-in. Choose a new one."
            case .risk:
                "Your account is at risk: somebody else may know your password. Choose a new one."
            }
        }

        fileprivate var code: String {
            switch self {
            case .expired: "50055"
            case .risk: "50135"
            }
        }
    }

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let invalid = fault == nil ? "" : PageFrame.invalid
        let alert = fault.map { PageFrame.alert(text(of: $0)) } ?? ""
        return frame.response(
            headers, .changePassword,
            config: [
                "sErrorCode": .string(fault.map { String($0.refusal.code) } ?? reason.code)
            ],
            content: """
                \(PageFrame.account(userName))
                <h1>Update your password</h1>
                <p>\(reason.sentence)</p>
                \(PageFrame.form(segment, .passwordChange, flow: flow))
                <label for="oldpasswd">Current password</label>
                <input type="password" id="oldpasswd" name="oldpasswd" \
                autocomplete="current-password" required autofocus\(invalid)>
                <label for="newpasswd">New password</label>
                <input type="password" id="newpasswd" name="newpasswd" \
                autocomplete="new-password" required\(invalid)>
                <label for="confirm">Confirm password</label>
                <input type="password" id="confirm" name="confirm" autocomplete="new-password" \
                required\(invalid)>
                \(alert)
                <div class="actions">\
                <button class="primary" type="submit">Sign in</button></div></form>
                """)
    }

    private func text(of fault: NewPassword.Fault) -> String {
        switch fault {
        case .currentIsWrong: "Your current password is incorrect."
        case .tooShort: "Choose a password of at least 8 characters."
        case .tooLong: "Choose a password of at most 256 characters."
        case .containsName: "Choose a password that doesn't contain your name."
        case .banned: "Choose a password that is harder to guess."
        case .sameAsBefore: "Choose a password you haven't used before."
        case .notConfirmed: "The two passwords don't match."
        }
    }
}
