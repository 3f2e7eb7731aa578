import SimErrors
import SimHTTP

/// Asks for a second factor; the code it expects stands on the page, for there is no phone.
struct SecondFactorPage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let code: String
    let error: AADSTSError?

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .secondFactor, config: PageFrame.config(error),
            content: """
                <div class="account"><span>\(PageText.escaped(userName))</span></div>
                <h1>Enter code</h1>
                <p>This account needs a second step. Type the code from the simulated \
                authenticator.</p>
                \(PageFrame.form(segment, .secondFactor, flow: flow))
                <label for="otc">Code</label>
                <input type="text" id="otc" name="otc" inputmode="numeric" maxlength="12" \
                autocomplete="one-time-code" required autofocus\(PageFrame.invalid(error))>
                \(PageFrame.alert(error))
                <div class="actions">\
                <button class="primary" type="submit">Verify</button></div></form>
                <div class="panel"><strong>Simulated authenticator</strong>
                <p class="code"><code id="simulated-code">\(PageText.escaped(code))</code></p></div>
                """)
    }
}
