/// What a gateway in front of an app shows instead of the app.
enum DefectPage {
    static let signIn = page("Sign in", "Your session has ended. Please sign in again.")

    static func error(_ status: Int) -> String {
        page("Error \(status)", "Something went wrong. Please try again later.")
    }

    private static func page(_ title: String, _ text: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>\(title)</title></head>
        <body><h1>\(title)</h1><p>\(text)</p></body></html>

        """
    }
}
