import SimCore
import SimHTTP

/// Posts an authorization answer to the client through the browser. OAuth 2.0 Form Post §2.
struct FormPostPage: Sendable {
    let action: String
    let fields: FormFields

    private static let script = "document.forms[0].submit();"
    private static let scriptSource = PageStyle.source(of: script)

    /// For browsers without script only; to the others the page is the service's.
    private static let looks =
        #"<noscript><meta name="viewport" content="width=device-width,initial-scale=1">"#
        + "<style>\(PageStyle.sheet)</style></noscript>"

    private static let question =
        #"<main><div class="card"><h1>Working...</h1>"#
        + "<p>Script is disabled. Click Submit to continue.</p>"
        + #"<div class="actions"><input class="primary" type="submit" value="Submit" autofocus />"#
        + "</div></div></main>"

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let inputs = fields.fields.map {
            #"<input type="hidden" name="\#(PageText.escaped($0.name))" value="#
                + #""\#(PageText.escaped($0.value))" />"#
        }
        var headers = headers
        headers.append(
            "Content-Security-Policy",
            "default-src 'none'; style-src \(PageStyle.source); "
                + "script-src \(Self.scriptSource); base-uri 'none'")
        return HTTPResponse(
            status: 200,
            html: #"<html lang="en"><head><title>Working...</title>\#(Self.looks)</head><body>"#
                + #"<form method="POST" name="hiddenform" action="\#(PageText.escaped(action))">"#
                + inputs.joined() + "<noscript>\(Self.question)</noscript></form>"
                + #"<script language="javascript">\#(Self.script)</script></body></html>"#,
            headers: headers)
    }
}
