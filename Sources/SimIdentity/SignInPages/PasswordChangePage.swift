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

    /// What is typed, in the order of the page.
    private enum Field: String, CaseIterable {
        case current = "oldpasswd"
        case chosen = "newpasswd"
        case confirmation = "confirm"

        var label: String {
            switch self {
            case .current: "Current password"
            case .chosen: "New password"
            case .confirmation: "Confirm password"
            }
        }

        /// HTML §4.10.18.7.
        var autocomplete: String {
            switch self {
            case .current: "current-password"
            case .chosen, .confirmation: "new-password"
            }
        }

        /// The one a fault speaks about.
        init(of fault: NewPassword.Fault) {
            self =
                switch fault {
                case .currentIsWrong: .current
                case .tooShort, .tooLong, .containsName, .banned, .sameAsBefore: .chosen
                case .notConfirmed: .confirmation
                }
        }
    }

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .changePassword,
            config: [
                "sErrorCode": .string(fault.map { String($0.refusal.code) } ?? reason.code)
            ],
            content: """
                \(PageFrame.account(userName))
                <h1>Update your password</h1>
                <p>\(reason.sentence)</p>
                \(PageFrame.form(segment, .passwordChange, flow: flow))
                \(Field.allCases.map(markup).joined(separator: "\n"))
                <div class="actions">\
                <button class="primary" type="submit">Sign in</button></div></form>
                """)
    }

    /// A field with its label. The one that is wrong has the focus, and what is wrong below it;
    /// the first has it when nothing is.
    private func markup(_ field: Field) -> String {
        let wrong = fault.map { Field(of: $0) }
        let focus = field == wrong ?? .current ? " autofocus" : ""
        let alert = field == wrong ? fault.map { "\n" + PageFrame.alert(text(of: $0)) } : nil
        return """
            <label for="\(field.rawValue)">\(field.label)</label>
            <input type="password" id="\(field.rawValue)" name="\(field.rawValue)" \
            autocomplete="\(field.autocomplete)" required\(focus)\
            \(alert == nil ? "" : PageFrame.invalid)>\(alert ?? "")
            """
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
