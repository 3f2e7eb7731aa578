import SimHTTP

/// Lets the person choose between the session's account and another.
struct AccountChoicePage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let account: String
    let name: String

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .signIn,
            content: """
                <h1>Pick an account</h1>
                \(PageFrame.form(segment, .accountChoice, flow: flow))
                <ul class="tiles"><li>\
                <button type="submit" name="choice" value="session" autofocus>\
                <strong>\(PageText.escaped(name))</strong><span>\(PageText.escaped(account))</span>\
                <span class="soft">Signed in</span></button></li>
                <li><button type="submit" name="choice" value="other"><strong>Use another account\
                </strong></button></li></ul></form>
                """)
    }
}
