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
                placeholder="50058" autofocus\(mistake == nil ? "" : PageFrame.invalid)>
                \(mistake.map(PageFrame.alert) ?? "")
                <div class="actions">\
                <button class="primary" type="submit">Submit</button></div></form>
                \(table)
                """)
    }

    /// Why there is nothing to show, when something was asked for.
    private var mistake: String? {
        guard let asked, entry == nil else { return nil }
        return asked.allSatisfy(\.isWhitespace)
            ? "Enter the number of an error, for example 50058."
            : "No error has the number “\(asked)”."
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
