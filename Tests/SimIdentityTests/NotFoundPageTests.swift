import SimHTTP
import Testing

@testable import SimIdentity

@Suite("An address that nothing answers")
struct NotFoundPageTests {
    private func answer(accept: String?) -> HTTPResponse {
        var request = HTTPRequest(method: .get, target: "/no/such/<b>", headers: [:], body: [])
        if let accept { request.headers.append("Accept", accept) }
        return NotFoundPage.response(to: request)
    }

    @Test("is a page for browsers, bound to its own style sheet")
    func page() {
        let response = answer(accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(response.status == 404)
        #expect(response.headers["Content-Type"]?.hasPrefix("text/html") == true)
        #expect(response.headers["Content-Security-Policy"]?.contains("'unsafe") == false)
        #expect(text.contains("<h1>There is no such page</h1>"))
        #expect(text.contains("href=\"/portal\""))
        #expect(!text.contains("<b>"))
    }

    @Test("is a line of text for everybody else", arguments: [nil, "*/*", "application/json"])
    func text(accept: String?) {
        let response = answer(accept: accept)
        #expect(response.status == 404)
        #expect(response.body == Array("Not found\n".utf8))
        #expect(response.headers["Content-Type"] == "text/plain; charset=utf-8")
    }
}
