import SimCore
import SimHTTP

/// The landing page at `/portal`: no script, nothing loaded from elsewhere.
package enum PortalPage {
    /// Where the page's style sheet is.
    package static let stylePath = "/portal/page.css"

    package static func response(_ view: PortalView) -> HTTPResponse {
        var headers = commonHeaders
        headers.append("Cache-Control", "no-store")
        headers.append(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'")
        return HTTPResponse(html: html(view), headers: headers)
    }

    package static func style() -> HTTPResponse {
        var headers = commonHeaders
        headers.append("Cache-Control", "max-age=300")
        headers.append("Content-Type", "text/css; charset=utf-8")
        return HTTPResponse(
            status: 200, headers: headers, body: Array((PageSheet.text + PortalPageStyle.text).utf8)
        )
    }

    private static let commonHeaders: HTTPHeaders = [
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    ]

    private static func html(_ view: PortalView) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>entra-sim</title>
        <link rel="stylesheet" href="\(stylePath)">
        </head>
        <body class="portal">
        <header>
        <div class="title"><span class="mark" aria-hidden="true"></span><h1>entra-sim</h1></div>
        <p class="soft">A test double of Microsoft Entra, never an identity provider for real \
        people. Simulated time <time>\(escaped(view.now.iso8601))</time>.</p>
        <nav aria-label="Places"><ul class="places">\(places(view))</ul></nav>
        </header>
        <main>
        \(view.tenants.map { tenant($0, view.origin) }.joined(separator: "\n"))
        </main>
        <footer>Simulated by entra-sim</footer>
        </body>
        </html>

        """
    }

    /// Sample apps, then what the login endpoint offers people.
    private static func places(_ view: PortalView) -> String {
        let apps = view.targets.map {
            "<li><a class=\"button plain\" href=\"\(escaped($0.teamPageURL))\">"
                + "\(escaped($0.name)) <span class=\"soft\">sample app</span></a></li>"
        }
        return apps.joined()
            + """
            <li><a class="button plain" href="/common/oauth2/deviceauth">Device code</a></li>\
            <li><a class="button plain" href="/error">Error look-up</a></li>
            """
    }

    private static func tenant(_ tenant: PortalView.Tenant, _ origin: String) -> String {
        let authority = "\(origin)/\(tenant.domain)"
        let discovery = "\(authority)/v2.0/.well-known/openid-configuration"
        let name = escaped(tenant.displayName)
        return """
            <section class="card">
            <h2><bdi>\(name)</bdi></h2>
            <dl>
            <dt>Tenant id</dt><dd><code>\(escaped(tenant.id))</code></dd>
            <dt>Authority</dt><dd><code>\(escaped(authority))</code></dd>
            <dt>Discovery</dt><dd><a href="\(escaped(discovery))" \
            aria-label="openid-configuration of \(name)">openid-configuration</a></dd>
            <dt>Directory</dt><dd>\(count(tenant.userCount, "user")), \
            \(count(tenant.groupCount, "group"))</dd>
            </dl>
            <h3>Apps</h3>
            <ul class="apps">
            \(tenant.apps.map { app($0, origin) }.joined(separator: "\n"))
            </ul>
            </section>
            """
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func app(_ app: PortalView.App, _ origin: String) -> String {
        let name = escaped(app.displayName)
        var html = "<li><div><strong>\(name)</strong>"
        html += "<br><code>\(escaped(app.clientID))</code>"
        if let job = app.job {
            let state = [job.status, job.lastCycle].compactMap { $0 }.joined(separator: ", ")
            let mark = "{origin}"
            let url =
                job.tenantURL.hasPrefix(mark)
                ? origin + job.tenantURL.dropFirst(mark.count) : job.tenantURL
            html += "<br><span class=\"soft\">Provisioning: \(escaped(state))</span>"
            html += "<br><code>\(escaped(url))</code>"
        }
        html += "</div>"
        if let url = app.signInURL {
            html += "<a class=\"button plain\" href=\"\(escaped(url))\" "
            html += "aria-label=\"Sign in to \(name)\">Sign in</a>"
        }
        return html + "</li>"
    }

    private static func escaped(_ text: String) -> String { PageText.escaped(text) }
}
