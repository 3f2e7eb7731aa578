import SimErrors
import SimHTTP

/// Asks for a second factor. A simulated code stands on the page, for there is no phone.
struct SecondFactorPage: SignInPage {
    /// How the person answers.
    enum Challenge: Hashable, Sendable {
        /// The code to show in the panel; nil shows none.
        case code(String?)
        case passkey
    }

    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let challenge: Challenge
    let error: AADSTSError?

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .secondFactor, config: PageFrame.config(error),
            content: """
                \(PageFrame.account(userName))
                \(content)
                """)
    }

    private var content: String {
        switch challenge {
        case .code(let code):
            """
            <h1>Enter code</h1>
            <p>This account needs a second step. Type the code from the \
            \(code == nil ? "authenticator app" : "simulated authenticator").</p>
            \(PageFrame.form(segment, .secondFactor, flow: flow))
            <label for="otc">Code</label>
            <input type="text" id="otc" name="otc" inputmode="numeric" maxlength="12" \
            autocomplete="one-time-code" required autofocus\(PageFrame.invalid(error))>
            \(PageFrame.alert(error))
            <div class="actions">\
            <button class="primary" type="submit">Verify</button></div></form>
            \(Self.panel(code))
            """
        case .passkey:
            """
            <h1>Face, fingerprint, PIN or security key</h1>
            <p>This sign-in needs a passkey. The simulated one answers at once.</p>
            \(PageFrame.form(segment, .secondFactor, flow: flow))
            \(PageFrame.alert(error))
            <div class="actions">\
            <button class="primary" type="submit" autofocus>Use passkey</button></div></form>
            """
        }
    }

    /// The code in the simulator's own panel; nothing when it must not be told.
    static func panel(_ code: String?) -> String {
        guard let code else { return "" }
        return """
            <div class="panel"><strong>Simulated authenticator</strong>
            <p class="code"><code id="simulated-code">\(PageText.escaped(code))</code></p></div>
            """
    }
}
