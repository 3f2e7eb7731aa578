import SimErrors
import SimHTTP

/// Asks for the code that a device shows.
struct UserCodePage: SignInPage {
    let frame: PageFrame
    let segment: String
    /// As typed, or as a link brought it.
    let code: String
    let error: AADSTSError?

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let action = "/\(PageText.path(segment))/oauth2/deviceauth"
        return frame.response(
            headers, .deviceCode, config: PageFrame.config(error),
            content: """
                <h1>Enter code</h1>
                <p>Type the code that your app or device shows. It gets access to your account \
                when you have signed in.</p>
                <p class="soft">Don't use a code that somebody sent you.</p>
                <form method="post" action="\(PageText.escaped(action))" autocomplete="off" novalidate>
                <label for="otc">Code</label>
                <input type="text" id="otc" name="otc" value="\(PageText.escaped(code))" \
                maxlength="20" autocapitalize="characters" spellcheck="false" required \
                autofocus\(PageFrame.invalid(error))>
                \(PageFrame.alert(error))
                <div class="actions">\
                <button class="primary" type="submit">Next</button></div></form>
                """)
    }
}
