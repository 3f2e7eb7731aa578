import SimCore
import SimHTTP

/// Where the browser lands after signing in: what the login endpoint's answer says.
///
/// The sample app is no OpenID client: it shows the answer and does not trade the code.
enum TeamArrivalPage {
    /// - Parameter answer: the parameters that came, by query or form.
    static func html(_ app: SampleAppConfiguration, _ answer: FormFields) -> String {
        TeamAsidePage.html(
            app, "<h1>Back from signing in</h1>\(news(app, answer))\(list(answer))")
    }

    private static func news(_ app: SampleAppConfiguration, _ answer: FormFields) -> String {
        let name = escaped(app.displayName)
        if let error = answer["error"] {
            return """
                <p class="notice bad" role="alert">\
                \(escaped(answer["error_description"] ?? error))</p>
                """
        }
        guard answer["code"] != nil || answer["id_token"] != nil else {
            return """
                <p class="notice" role="status">Nothing came with this address. An answer after \
                “#” is seen by scripts only.</p>
                """
        }
        return """
            <p class="notice good" role="status">\(name) has got its answer. Your app would now \
            trade the code for tokens; this sample app stops here.</p>
            """
    }

    /// Codes and tokens shortened: a page is easily shown around.
    private static func list(_ answer: FormFields) -> String {
        let rows = answer.fields.prefix(fieldLimit).map { field in
            let value = field.value
            let shown = value.count > shownLength ? value.prefix(shownLength) + "…" : value[...]
            return "<dt>\(escaped(String(field.name.prefix(shownLength))))</dt>"
                + "<dd><code>\(escaped(String(shown)))</code></dd>"
        }
        return rows.isEmpty ? "" : "<dl class=\"arrival\">\(rows.joined())</dl>"
    }

    private static let fieldLimit = 20
    private static let shownLength = 60
}
