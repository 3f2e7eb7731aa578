import SimErrors
import SimHTTP

/// Asks for the password of a known account.
struct PasswordPage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let error: AADSTSError?
    /// Shown in a panel: a fixture's password is public. nil shows none.
    let testPassword: String?
    let situation: SituationPanel

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let form = PageFrame.form(segment, .credentials, flow: flow)
        let name = PageText.escaped(userName)
        let shown = PageText.breakable(userName)
        return frame.response(
            headers, .signIn, config: PageFrame.config(error),
            content: """
                \(form)<div class="account"><span>\(shown)</span>\
                <button class="plain" type="submit" name="back" value="1">Change</button>\
                </div></form>
                <h1>Enter password</h1>
                \(form)
                <input type="hidden" name="login" value="\(name)" autocomplete="username">
                <label for="passwd">Password</label>
                <input type="password" id="passwd" name="passwd" autocomplete="current-password" \
                required autofocus\(PageFrame.invalid(error))>
                \(PageFrame.alert(error))
                <div class="actions">\
                <button class="primary" type="submit">Sign in</button></div>
                \(situation.markup)</form>
                \(panel)
                """)
    }

    private var panel: String {
        guard let testPassword else { return "" }
        return """
            <details class="panel"><summary>Password of this test account</summary>
            <p><code>\(PageText.escaped(testPassword))</code></p></details>
            """
    }
}
