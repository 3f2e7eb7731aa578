import SimCore
import SimErrors
import SimHTTP

/// Asks a person without a second factor to register one.
struct EnrolmentPage: SignInPage {
    /// What is registered.
    enum Offer: Hashable, Sendable {
        /// Secret as text, link for an app, and the code it shows now where that may be told.
        case authenticator(secret: String, link: String, code: String?)
        case passkey
    }

    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let offer: Offer
    let error: AADSTSError?

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .enrolment, config: PageFrame.config(error),
            content: """
                \(PageFrame.account(userName))
                <h1>Keep your account secure</h1>
                <p>Your organization needs a second step for this sign-in. Set it up once.</p>
                \(content)
                """)
    }

    private var content: String {
        switch offer {
        case .authenticator(let secret, let link, let code):
            """
            <p>Add an account to an authenticator app with this key, then type the code it shows.\
            </p>
            <dl class="copied"><dt>Account</dt><dd>\(PageText.breakable(userName))</dd>
            <dt>Key</dt><dd><code id="secret">\(PageText.escaped(secret))</code></dd></dl>
            <p><a id="otpauth" href="\(PageText.escaped(link))">Open in an app on this device</a></p>
            \(PageFrame.form(segment, .enrolment, flow: flow))
            <label for="otc">Code</label>
            <input type="text" id="otc" name="otc" inputmode="numeric" maxlength="12" \
            autocomplete="one-time-code" required autofocus\(PageFrame.invalid(error))>
            \(PageFrame.alert(error))
            <div class="actions">\
            <button class="primary" type="submit">Next</button></div></form>
            \(SecondFactorPage.panel(code))
            """
        case .passkey:
            """
            <p>A security key or passkey is asked for. A simulated one will be registered.</p>
            \(PageFrame.form(segment, .enrolment, flow: flow))
            \(PageFrame.alert(error))
            <div class="actions">\
            <button class="primary" type="submit" autofocus>Register passkey</button></div></form>
            """
        }
    }
}
