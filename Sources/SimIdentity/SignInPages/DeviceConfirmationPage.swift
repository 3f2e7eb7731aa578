import SimHTTP

/// Names the application that a device signs in to, before it is let in.
struct DeviceConfirmationPage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let application: String

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let name = PageText.escaped(application)
        return frame.response(
            headers, .deviceConfirmation, config: ["sErrorCode": "50199"],
            content: """
                \(PageFrame.account(userName))
                <h1>Are you trying to sign in to \(name)?</h1>
                <p>Only continue if you started this sign-in yourself, on a device or in an app \
                that you trust.</p>
                \(PageFrame.form(segment, .deviceConfirmation, flow: flow))
                <div class="actions"><button class="plain" type="submit" name="cancel" value="1">\
                Cancel</button><button class="primary" type="submit" name="continue" value="1" \
                autofocus>Continue</button></div></form>
                """)
    }
}
