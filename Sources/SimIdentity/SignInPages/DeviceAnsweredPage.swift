import SimHTTP

/// The browser's last page of a device's sign-in.
struct DeviceAnsweredPage: SignInPage {
    let frame: PageFrame
    let application: String
    let isApproved: Bool

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let name = PageText.escaped(application)
        let content =
            isApproved
            ? """
            <h1>\(name)</h1><p role="status">You have signed in to \(name) on your device. You may \
            now close this window.</p>
            """
            : """
            <h1>\(name)</h1><p role="status">The sign-in on your device was cancelled. You may now \
            close this window.</p>
            """
        return frame.response(headers, .deviceAnswered, content: content)
    }
}
