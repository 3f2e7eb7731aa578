import SimHTTP

/// Asks a person or an administrator to let an application act, or says that only an
/// administrator can. identity-platform.md §7.
struct ConsentPage: SignInPage {
    enum Kind: Hashable, Sendable {
        /// For oneself; an administrator may tick the box for everybody.
        case person(offersOrganization: Bool)
        /// For everybody.
        case organization
        /// - Parameter adminConsentLink: what to hand to an administrator, with the workflow on.
        case needsAdministrator(adminConsentLink: String?)
    }

    let frame: PageFrame
    let flow: String
    let segment: String
    let userName: String
    let application: String
    /// Display names, in the order asked for.
    let permissions: [String]
    let kind: Kind

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let content =
            switch kind {
            case .person(let offersOrganization):
                request(
                    "Permissions requested", "", organization: offersOrganization,
                    "The permission is kept in the simulated directory.")
            case .organization:
                request(
                    "Permissions requested",
                    "<p class=\"soft\">Accept for your organization</p>", organization: false,
                    "If you accept, this app gets access for all users in your organization. "
                        + "No one else is asked to review these permissions.")
            case .needsAdministrator(nil): approvalNeeded("Need admin approval", "")
            case .needsAdministrator(let link?):
                approvalNeeded(
                    "Approval required",
                    "<p>Hand this address to an administrator:<br><code>"
                        + "\(PageText.escaped(link))</code></p>")
            }
        return frame.response(headers, .consent, content: content)
    }

    private var account: String { PageFrame.account(userName) }

    private func request(
        _ title: String, _ subtitle: String, organization: Bool, _ consequence: String
    ) -> String {
        let items = permissions.map { "<li>\(PageText.escaped($0))</li>" }.joined()
        let box =
            organization
            ? """
            <p><label class="check"><input type="checkbox" name="ucorg" value="1"> \
            Consent on behalf of your organization</label></p>
            """ : ""
        return """
            \(account)<h1>\(title)</h1>\(subtitle)
            <p><strong>\(PageText.escaped(application))</strong><br>\
            <span class="soft">unverified publisher</span></p>
            <p>This app would like to:</p><ul class="scopes">\(items)</ul>
            \(PageFrame.form(segment, .consent, flow: flow))\(box)
            <p class="soft">Accepting lets the app use this data as its own terms say. \
            \(consequence)</p>
            <div class="actions"><button class="plain" type="submit" name="uccancel" value="1">\
            Cancel</button><button class="primary" type="submit" name="ucaccept" value="1">Accept\
            </button></div></form>
            """
    }

    private func approvalNeeded(_ title: String, _ link: String) -> String {
        """
        \(account)<h1>\(title)</h1>
        <p><strong>\(PageText.escaped(application))</strong></p>
        <p>\(PageText.escaped(application)) needs permission to access resources in your \
        organization that only an admin can grant. Ask an admin to grant permission to this app \
        before you can use it.</p>\(link)
        \(PageFrame.form(segment, .consent, flow: flow))
        <div class="actions stacked"><button class="plain" type="submit" name="ucswitch" value="1">\
        Have an admin account? Sign in with that account</button>
        <button class="plain" type="submit" name="uccancel" value="1" \
        autofocus>Return to the application without granting consent</button></div></form>
        """
    }
}
