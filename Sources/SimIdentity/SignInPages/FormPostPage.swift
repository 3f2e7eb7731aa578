import SimCore
import SimHTTP

/// Posts an authorization answer to the client through the browser. OAuth 2.0 Form Post §2.
struct FormPostPage: Sendable {
    let action: String
    let fields: FormFields

    private static let script = "document.forms[0].submit();"
    private static let scriptSource = PageStyle.source(of: script)

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let inputs = fields.fields.map {
            #"<input type="hidden" name="\#(PageText.escaped($0.name))" value="#
                + #""\#(PageText.escaped($0.value))" />"#
        }
        var headers = headers
        headers.append(
            "Content-Security-Policy",
            "default-src 'none'; script-src \(Self.scriptSource); base-uri 'none'")
        return HTTPResponse(
            status: 200,
            html: #"<html><head><title>Working...</title></head><body><form method="POST" "#
                + #"name="hiddenform" action="\#(PageText.escaped(action))">"#
                + inputs.joined()
                + "<noscript><p>Script is disabled. Click Submit to continue.</p>"
                + #"<input type="submit" value="Submit" /></noscript></form>"#
                + #"<script language="javascript">\#(Self.script)</script></body></html>"#,
            headers: headers)
    }
}
