import SimErrors
import SimHTTP

/// Asks who is signing in.
struct UserNamePage: SignInPage {
    /// A person of a small tenant, offered to sign in with.
    struct Account: Hashable, Sendable {
        let userName: String
        let name: String
    }

    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let error: AADSTSError?
    let accounts: [Account]
    let panel: SituationPanel

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let form = PageFrame.form(segment, .credentials, flow: flow)
        let goal = frame.application.map {
            "<p class=\"soft\">to continue to <bdi>\(PageText.escaped($0))</bdi></p>"
        }
        return frame.response(
            headers, .signIn, config: PageFrame.config(error),
            content: """
                <h1>Sign in</h1>\(goal ?? "")
                \(form)
                <label for="login">Email or user name</label>
                <input type="email" id="login" name="login" value="\(PageText.escaped(userName))" \
                autocomplete="username" autocapitalize="none" spellcheck="false" required \
                autofocus placeholder="someone@example.com"\(PageFrame.invalid(error))>
                \(PageFrame.alert(error))
                <div class="actions">\
                <button class="primary" type="submit">Next</button></div>
                \(panel.markup)</form>
                \(accountPanel)
                """)
    }

    private var accountPanel: String {
        guard !accounts.isEmpty else { return "" }
        let tiles = accounts.map { account in
            """
            <li><button type="submit" name="login" value="\(PageText.escaped(account.userName))">\
            <strong>\(PageText.escaped(account.name))</strong>\
            <span>\(PageText.breakable(account.userName))</span></button></li>
            """
        }
        return """
            <details class="panel"><summary>Test accounts of this tenant</summary>
            \(PageFrame.form(segment, .credentials, flow: flow))
            <ul class="tiles">\(tiles.joined())</ul></form></details>
            """
    }
}
