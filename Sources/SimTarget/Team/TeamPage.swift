import SimCore
import SimHTTP

/// The page of a team: people and roles, groups, role mapping, API keys, live traffic.
/// Works without JavaScript; the script only refreshes the figures.
struct TeamPage {
    let app: SampleAppConfiguration
    let state: SampleAppState
    let traffic: TrafficLog
    let now: Timestamp
    let formToken: String
    let switches: [DefectState]
    let view: TeamView
    let notice: TeamNotice?

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Team · \(escaped(app.displayName))</title>
        <link rel="stylesheet" href="team.css">
        <script src="team.js" defer></script>
        </head>
        <body class="\(app.look.rawValue)">
        <a class="skip" href="#people">Skip to people</a>
        \(Self.header(app, home: "./", navigation: Self.sections))
        <main>
        \(noticeHTML)
        \(figures)
        \(people)
        \(groups)
        \(roles)
        \(keys)
        \(defects)
        \(trafficHTML)
        </main>
        <footer>\(escaped(app.displayName)) is a sample app inside entra-sim. \
        Its SCIM endpoint is <code>\(escaped(app.basePath + app.scimPath))</code>.</footer>
        </body>
        </html>

        """
    }

    private static let sections = """
        <nav aria-label="Sections">
        <a href="#people">People</a><a href="#groups">Groups</a><a href="#roles">Roles</a>\
        <a href="#keys">API keys</a><a href="#defects">Defects</a>\
        <a href="#traffic">Traffic</a>
        </nav>
        """

    /// The app's name on top of every page.
    static func header(
        _ app: SampleAppConfiguration, home: String, navigation: String = ""
    ) -> String {
        """
        <header class="top">
        <a class="brand" href="\(escaped(home))">\(TeamPageMark.html(app.look))<span>\
        <strong>\(escaped(app.displayName))</strong>\
        <small>\(escaped(app.tagline))</small></span></a>
        \(navigation)
        </header>
        """
    }

    private var noticeHTML: String {
        switch notice {
        case nil: return ""
        case .done(let done):
            let text =
                switch done {
                case .roles: "Role mapping saved. Everybody’s role has been checked again."
                case .keys: "That key has been issued already; its value is not shown again."
                case .revoked: "API key revoked. Calls with it get 401 from now on."
                case .defects: "Defects saved. They strike from the next call on."
                }
            return "<p class=\"notice good\" role=\"status\">\(text)</p>"
        case .problem(let text):
            return "<p class=\"notice bad\" role=\"alert\">\(escaped(text))</p>"
        case .keyIssued(let name, let value):
            return """
                <section class="notice good issued" role="status" aria-labelledby="issued">
                <h2 id="issued">API key “\(escaped(name))”</h2>
                <p>Copy it now. It will not be shown again.</p>
                <p><code class="secret" tabindex="0">\(escaped(value))</code></p>
                </section>
                """
        }
    }

    private var figures: String {
        let archived = state.archivedCount
        let sync = traffic.lastSync.map { time($0) } ?? "never"
        return """
            <section id="figures" aria-label="At a glance">
            <h1>Team</h1>
            <dl class="figures">
            <div><dt>Active</dt><dd>\(state.users.count - archived)</dd></div>
            <div><dt>Archived</dt><dd>\(archived)</dd></div>
            <div><dt>Groups</dt><dd>\(state.groups.count)</dd></div>
            <div class="wide"><dt>Last sync</dt><dd>\(sync)</dd></div>
            </dl>
            </section>
            """
    }

    /// `2026-01-05 08:00:12 UTC`, marked up as a time.
    func time(_ stamp: Timestamp) -> String {
        let text = stamp.iso8601.replacing(text: "T", with: " ").replacing(text: "Z", with: " UTC")
        return "<time datetime=\"\(stamp.iso8601)\">\(text)</time>"
    }

    /// The field every form carries.
    var tokenField: String {
        "<input type=\"hidden\" name=\"token\" value=\"\(escaped(formToken))\">"
    }
}

/// Text inside HTML, in content and in quoted attributes.
func escaped(_ text: String) -> String { PageText.escaped(text) }

/// Each look's mark.
enum TeamPageMark {
    static func html(_ look: SampleAppConfiguration.Look) -> String {
        switch look {
        case .console:
            """
            <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">\
            <rect width="32" height="32" rx="8"/>\
            <path d="M22.5 11.2a8 8 0 1 0 0 9.6" fill="none"/><circle cx="22.6" cy="16" r="2.4"/>\
            </svg>
            """
        case .hearth:
            """
            <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">\
            <circle cx="16" cy="16" r="16"/>\
            <path d="M9 20.5c0-6 4-9.5 7-12.5 3 3 7 6.5 7 12.5a7 5.5 0 0 1-14 0Z"/></svg>
            """
        }
    }
}
