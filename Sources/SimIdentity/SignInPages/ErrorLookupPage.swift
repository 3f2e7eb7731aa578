import SimErrors
import SimHTTP

/// What a number means: the form, and a table when the number is known. aadsts.md §4.
struct ErrorLookupPage: Sendable {
    /// What was typed; nil when the page is opened for the first time.
    let asked: String?
    let entry: AADSTSEntry?

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        PageFrame(organization: nil, application: nil).response(
            headers, .error, title: "Error look-up", isWide: true,
            content: """
                <h1>Error look-up</h1>
                <form method="post" action="/error"><label for="code">Error code</label>
                <input type="text" id="code" name="code" value="\(PageText.escaped(asked ?? ""))" \
                placeholder="50058" autofocus>
                <div class="actions">\
                <button class="primary" type="submit">Submit</button></div></form>
                \(table)
                """)
    }

    private var table: String {
        guard let entry else { return "" }
        let remedy =
            entry.remedy.map {
                "<tr><td>Remediation</td><td>\(PageText.escaped($0))</td></tr>"
            } ?? ""
        return "<table><tr><td>Error Code</td><td>\(entry.code)</td></tr>"
            + "<tr><td>Message</td><td>\(PageText.escaped(entry.message))</td></tr>"
            + remedy + "</table>"
    }
}
