import SimCore
import SimHTTP

/// The landing page at `/portal`: no script, nothing loaded from elsewhere.
package enum PortalPage {
    package static func response(_ view: PortalView) -> HTTPResponse {
        HTTPResponse(html: html(view), headers: headers)
    }

    private static let headers: HTTPHeaders = [
        "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy":
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    ]

    private static func html(_ view: PortalView) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>entra-sim</title>
        <style>\(style)</style>
        </head>
        <body>
        <header>
        <h1>entra-sim</h1>
        <p>A test double of Microsoft Entra. Simulated time \(escaped(view.now.iso8601)).</p>
        </header>
        <main>
        \(view.tenants.map { tenant($0, view.origin) }.joined(separator: "\n"))
        \(targets(view.targets))
        </main>
        </body>
        </html>

        """
    }

    private static func tenant(_ tenant: PortalView.Tenant, _ origin: String) -> String {
        let authority = "\(origin)/\(tenant.domain)"
        let discovery = "\(authority)/v2.0/.well-known/openid-configuration"
        return """
            <section>
            <h2>\(escaped(tenant.displayName))</h2>
            <dl>
            <div><dt>Tenant id</dt><dd><code>\(escaped(tenant.id))</code></dd></div>
            <div><dt>Authority</dt><dd><code>\(escaped(authority))</code></dd></div>
            <div><dt>Discovery</dt><dd><a href="\(escaped(discovery))">openid-configuration</a></dd></div>
            <div><dt>Directory</dt><dd>\(tenant.userCount) users, \(tenant.groupCount) groups</dd></div>
            </dl>
            <h3>Apps</h3>
            <ul>
            \(tenant.apps.map { app($0, origin) }.joined(separator: "\n"))
            </ul>
            </section>
            """
    }

    private static func app(_ app: PortalView.App, _ origin: String) -> String {
        var html = "<li><strong>\(escaped(app.displayName))</strong>"
        if let url = app.signInURL { html += " <a href=\"\(escaped(url))\">Sign in</a>" }
        html += "<br><code>\(escaped(app.clientID))</code>"
        if let job = app.job {
            let state = [job.status, job.lastCycle].compactMap { $0 }.joined(separator: ", ")
            html += "<br><span>Provisioning: \(escaped(state))</span>"
            let mark = "{origin}"
            let url =
                job.tenantURL.hasPrefix(mark)
                ? origin + job.tenantURL.dropFirst(mark.count) : job.tenantURL
            html += "<br><code>\(escaped(url))</code>"
        }
        return html + "</li>"
    }

    private static func targets(_ targets: [PortalView.Target]) -> String {
        guard !targets.isEmpty else { return "" }
        let rows = targets.map {
            "<li><a href=\"\(escaped($0.teamPageURL))\">\(escaped($0.name))</a></li>"
        }
        return "<section><h2>Sample apps</h2><ul>\(rows.joined())</ul></section>"
    }

    /// Text for element content and quoted attributes.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }

    private static let style = """
        :root{color-scheme:light dark;--line:#d6d6d6;--soft:#5c5c5c;--link:#0b5cad;--back:#fff;\
        --text:#1b1b1b}\
        @media(prefers-color-scheme:dark){:root{--line:#3d3d3d;--soft:#a8a8a8;--link:#7ab8f5;\
        --back:#1a1a1a;--text:#ededed}}\
        body{margin:0 auto;max-width:52rem;padding:1.5rem 1rem 3rem;background:var(--back);\
        color:var(--text);font:1rem/1.5 system-ui,sans-serif}\
        h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:0 0 .75rem}\
        h3{font-size:1rem;margin:1.25rem 0 .25rem}\
        header p,dt,li span{color:var(--soft)}header p{margin:.25rem 0 0}\
        section{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1.25rem}\
        dl{margin:0}dl div{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.15rem 0}\
        dt{flex:0 0 7rem}dd{margin:0;min-width:0}\
        ul{list-style:none;margin:0;padding:0}\
        li{border-bottom:1px solid var(--line);padding:.6rem 0}li:last-child{border:0}\
        code{font-size:.85rem;overflow-wrap:anywhere}a{color:var(--link)}li a{margin-left:.5rem}\
        li a:first-child{margin-left:0}
        """
}
