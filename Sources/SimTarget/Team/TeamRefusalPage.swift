/// The page of a refused form or a wrong address.
enum TeamRefusalPage {
    static func html(_ app: SampleAppConfiguration, _ message: String) -> String {
        TeamAsidePage.html(
            app,
            """
            <h1>That did not work</h1>
            <p class="notice bad" role="alert">\(escaped(message))</p>
            """)
    }
}

/// A small page beside the team's, with the way back.
enum TeamAsidePage {
    /// - Parameter content: markup, already escaped.
    static func html(_ app: SampleAppConfiguration, _ content: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(escaped(app.displayName))</title>
        <link rel="stylesheet" href="\(app.basePath)/team.css">
        </head>
        <body class="\(app.look.rawValue)">
        \(TeamPage.header(app, home: app.basePath + "/"))
        <main>
        \(content)
        <p class="actions"><a class="button" href="\(app.basePath)/">Back to the team</a></p>
        </main>
        </body>
        </html>

        """
    }
}
