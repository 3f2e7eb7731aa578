import SimHTTP

/// A redirect with the small body the service sends for old browsers.
struct RedirectPage: Sendable {
    let location: String

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        var headers = headers
        headers.append("Location", location)
        headers.append("Content-Security-Policy", "default-src 'none'")
        let target = PageText.escaped(location)
        return HTTPResponse(
            status: 302,
            html: """
                <html><head><title>Object moved</title></head><body>
                <h2>Object moved to <a href="\(target)">here</a>.</h2>
                </body></html>
                """,
            headers: headers)
    }
}
