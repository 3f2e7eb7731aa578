import SimHTTP

/// Says that the session is over, and tells the applications that were used in it.
struct SignedOutPage: Sendable {
    let frame: PageFrame
    /// Front-channel addresses with `?sid=`, opened in hidden frames.
    let notified: [String]
    /// A registered address to go on to; nil to stay here.
    let continueTo: String?

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let frames = notified.map {
            #"<iframe src="\#(PageText.escaped($0))" title="Signing out" hidden></iframe>"#
        }
        let next =
            continueTo.map {
                """
                <div class="actions"><a class="button primary" autofocus \
                href="\(PageText.escaped($0))">Continue</a></div>
                """
            } ?? ""
        var headers = headers
        if let continueTo { headers.append("Refresh", "2; url=\(continueTo)") }
        return frame.response(
            headers, .signedOut, title: "Sign out",
            frames: notified.isEmpty ? [] : ["https:", "http:"],
            content: """
                <h1>You signed out of your account</h1>
                <p>It's a good idea to close all browser windows.</p>\(next)\(frames.joined())
                """)
    }
}
