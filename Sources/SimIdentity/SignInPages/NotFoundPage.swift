import SimCore
import SimHTTP

/// What a person finds at an address that nothing answers.
package enum NotFoundPage {
    /// A page for browsers, a line of text for all others.
    package static func response(to request: HTTPRequest) -> HTTPResponse {
        var headers: HTTPHeaders = [
            "Cache-Control": "no-store, no-cache", "X-Content-Type-Options": "nosniff",
        ]
        guard request.headers["Accept"]?.contains(text: "text/html") == true else {
            headers.append("Content-Type", "text/plain; charset=utf-8")
            return HTTPResponse(status: 404, headers: headers, body: Array("Not found\n".utf8))
        }
        return PageFrame(organization: nil, application: nil).response(
            headers, .error, title: "There is no such page", status: 404,
            content: """
                <h1>There is no such page</h1>
                <p>Nothing answers at this address. Tenants, apps and where they live stand in the \
                portal.</p>
                <div class="actions"><a class="button primary" href="/portal">Open the portal</a>\
                </div>
                """)
    }
}
