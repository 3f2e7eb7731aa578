import SimCore
import SimErrors
import SimHTTP

/// A page of the login endpoint.
protocol SignInPage: Sendable {
    /// The page with its own headers added to those of the service.
    func response(_ headers: HTTPHeaders) -> HTTPResponse
}

/// What surrounds the content of every page: head, banner, card, machine-readable configuration.
struct PageFrame: Sendable {
    /// `pgid` of the service's pages, for scripts that look for it. aadsts.md §3.
    enum PageID: String, Sendable {
        case signIn = "ConvergedSignIn"
        case error = "ConvergedError"
        case consent = "ConvergedConsent"
        case staySignedIn = "KmsiInterrupt"
        case changePassword = "ConvergedChangePassword"
        case secondFactor = "ConvergedTFA"
        case enrolment = "ConvergedProofUpRedirect"
        case termsOfUse = "ConvergedTermsOfUse"
        case accessRefused = "ConvergedConditionalAccess"
        case signedOut = "ConvergedSignOut"
        case deviceCode = "ConvergedRemoteConnectCode"
        case deviceConfirmation = "CmsiInterrupt"
        case deviceAnswered = "ConvergedRemoteConnectComplete"
    }

    /// The tenant's name, the brand of its pages; nil while no tenant is known.
    let organization: String?
    /// The application that sent the person here; nil when none is known or trusted.
    let application: String?

    /// A whole page.
    ///
    /// - Parameters:
    ///   - title: the document's title.
    ///   - content: markup inside the card, already escaped.
    ///   - config: members of `$Config` after `pgid`.
    ///   - frames: sources of iframes the page shows; none by default.
    ///   - status: 200 also for errors, as the service answers.
    func response(
        _ headers: HTTPHeaders, _ id: PageID, title: String = "Sign in to your account",
        config: JSONObject = [:], isWide: Bool = false, frames: [String] = [], status: Int = 200,
        content: String
    ) -> HTTPResponse {
        let members: JSONObject = ["pgid": .string(id.rawValue)]
        let object = JSONValue.object(JSONObject(members.members + config.members))
        let script = "//<![CDATA[\n$Config=\(PageText.script(object));\n//]]>"
        let brand = organization.map(PageText.escaped) ?? "entra-sim"
        let page = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(PageText.escaped(title))</title>
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex,nofollow">
            <style>\(PageStyle.sheet)</style>
            <script>\(script)</script></head>
            <body><header class="banner">Simulated sign-in: a test double, no real \
            accounts. Never type a real password here.</header>
            <main><div class="card\(isWide ? " wide" : "")"><div class="brand">\
            <span class="mark" aria-hidden="true"></span><bdi>\(brand)</bdi></div>
            \(content)
            </div></main>
            <footer>Simulated by entra-sim</footer></body></html>
            """
        var headers = headers
        // No form-action: browsers apply it to the redirects that follow a form, and those lead to
        // the application.
        headers.append(
            "Content-Security-Policy",
            "default-src 'none'; style-src \(PageStyle.source); "
                + "script-src \(PageStyle.source(of: script)); "
                + (frames.isEmpty ? "" : "frame-src \(frames.joined(separator: " ")); ")
                + "base-uri 'none'; frame-ancestors 'none'")
        headers.append("X-Frame-Options", "DENY")
        return HTTPResponse(status: status, html: page, headers: headers)
    }

    /// Opening tag of a flow's form with its hidden field. The service judges what is typed, so
    /// that a mistake is told on the page, to everybody, and stands in the log.
    static func form(
        _ segment: String, _ form: IdentityRoute.SignInForm, flow: String
    ) -> String {
        """
        <form method="post" action="\(PageText.escaped(PageText.action(segment, form)))" \
        autocomplete="on" novalidate><input type="hidden" name="\(SignInFlow.fieldName)" \
        value="\(PageText.escaped(flow))">
        """
    }

    /// Who is signing in.
    static func account(_ userName: String) -> String {
        #"<div class="account"><span>\#(PageText.breakable(userName))</span></div>"#
    }

    /// An error above or below a field, announced when the page opens.
    static func alert(_ error: AADSTSError?) -> String {
        guard let error else { return "" }
        return alert(InlineErrorText.text(for: error))
    }

    static func alert(_ text: String) -> String {
        """
        <div class="error" id="error" role="alert" aria-live="assertive">\
        \(PageText.escaped(text))</div>
        """
    }

    /// Attributes of a field that the error speaks about.
    static func invalid(_ error: AADSTSError?) -> String {
        error == nil ? "" : invalid
    }

    static let invalid = #" aria-invalid="true" aria-describedby="error""#

    /// `sErrorCode` and its companions. aadsts.md §3.
    static func config(_ error: AADSTSError?) -> JSONObject {
        guard let error else { return [:] }
        return [
            "iErrorCode": .int(Int64(error.code)), "sErrorCode": .string(String(error.code)),
            "sErrTxt": .string(InlineErrorText.text(for: error)),
        ]
    }
}
