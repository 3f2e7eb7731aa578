import SimHTTP

/// Asks a person to let an application act for them, or says that only an administrator can.
struct ConsentPage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let application: String
    /// Display names, in the order asked for.
    let permissions: [String]
    let needsAdministrator: Bool

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .consent, content: needsAdministrator ? approvalNeeded : request)
    }

    private var account: String {
        "<div class=\"account\"><span>\(PageText.escaped(userName))</span></div>"
    }

    private var request: String {
        let items = permissions.map { "<li>\(PageText.escaped($0))</li>" }.joined()
        return """
            \(account)<h1>Permissions requested</h1>
            <p><strong>\(PageText.escaped(application))</strong><br>\
            <span class="soft">unverified publisher</span></p>
            <p>This app would like to:</p><ul class="scopes">\(items)</ul>
            <p class="soft">Accepting lets the app use this data as its own terms say. The \
            permission is kept in the simulated directory.</p>
            \(PageFrame.form(segment, .consent, flow: flow))
            <div class="actions"><button class="plain" type="submit" name="uccancel" value="1">\
            Cancel</button><button class="primary" type="submit" name="ucaccept" value="1">Accept\
            </button></div></form>
            """
    }

    private var approvalNeeded: String {
        """
        \(account)<h1>Need admin approval</h1>
        <p><strong>\(PageText.escaped(application))</strong></p>
        <p>\(PageText.escaped(application)) needs permission to access resources in your \
        organization that only an admin can grant. Ask an admin to grant permission to this app \
        before you can use it.</p>
        \(PageFrame.form(segment, .consent, flow: flow))
        <div class="actions"><button class="plain" type="submit" name="uccancel" value="1" \
        autofocus>Return to the application without granting consent</button></div></form>
        """
    }
}
