import SimHTTP

/// Asks whether the session may outlive the browser.
struct StaySignedInPage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .staySignedIn,
            content: """
                \(PageFrame.account(userName))
                <h1>Stay signed in?</h1>
                <p>Say yes to be asked less often on this device. The session then lasts up to 90 \
                days without use, otherwise until the browser closes.</p>
                \(PageFrame.form(segment, .staySignedIn, flow: flow))
                <div class="actions">
                <button class="plain" type="submit" name="LoginOptions" value="0">No</button>
                <button class="primary" type="submit" name="LoginOptions" value="1" autofocus>Yes\
                </button></div></form>
                """)
    }
}
