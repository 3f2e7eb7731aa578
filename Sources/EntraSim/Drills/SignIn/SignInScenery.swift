import SimCore
import SimDirectory
import SimFaults
import SimHTTP

/// The people with their browsers and the apps with their memory, over a whole drill. Used by one
/// task at a time.
final class SignInScenery {
    /// Pages of one sign-in; more is a loop.
    private static let pageLimit = 12

    private let services: SimulatorServices
    private let host: TenantHost
    private let door: FrontDoor
    private let origin: Origin?
    private var browsers: [String: InProcessBrowser] = [:]
    /// By the app's name.
    private var apps: [String: RelyingParty] = [:]
    private var secrets: [String: String] = [:]
    private var lastUser: String?

    init(services: SimulatorServices, host: TenantHost) {
        self.services = services
        self.host = host
        door = FrontDoor(.https)
        door.open(services)
        origin = Origin.parse(services.origin)?.origin
    }

    /// The secret an app signs in with from now on.
    func use(secret: String, of app: String) {
        secrets[app] = secret
        apps[app]?.secret = secret
    }

    /// - Returns: how it went, and what is worth telling of the way there.
    func play(
        _ order: DrillSignIn, app name: String, now: Timestamp
    ) async -> (DrillSignInOutcome, [String]) {
        guard let origin, var app = apps[name] ?? relyingParty(name) else {
            return (DrillSignInOutcome(.unavailable, "there is no app '\(name)'"), [])
        }
        let user = order.user ?? lastUser ?? ""
        if order.user != nil { lastUser = order.user }
        var browser = browsers[user] ?? InProcessBrowser(door: door, origin: origin)
        browser.patience = order.patience
        if let address = order.address { browser.address = address }
        // The app's own calls come from the server it runs on.
        var channel = InProcessBrowser(door: door, origin: origin)
        channel.patience = order.patience
        app.begin()
        var pages: [String] = []
        let outcome: DrillSignInOutcome
        switch order.way {
        case .renew: outcome = app.renew(user, order, by: &channel, now: now)
        case .secret: outcome = app.signIn(order, by: &channel, now: now)
        case .page, .silent:
            let visit = visit(&browser, app, user, order)
            pages = visit.pages
            switch visit.end {
            case .failure(let failed): outcome = failed.outcome
            case .success(let code):
                outcome = app.redeem(code, of: user, order, by: &channel, now: now)
            }
        }
        browsers[user] = browser
        apps[name] = app
        let slowest = max(browser.slowest, channel.slowest)
        let notes =
            (pages.isEmpty ? [] : ["pages: \(pages.joined(separator: ", "))"]) + app.notes
            + (slowest > .zero ? ["slowest answer after \(slowest.components.seconds) s"] : [])
        return (outcome, notes)
    }

    // MARK: In the browser

    private struct Ended: Error {
        let outcome: DrillSignInOutcome
    }

    private struct Visit {
        var pages: [String] = []
        var end: Result<String, Ended>
    }

    private func visit(
        _ browser: inout InProcessBrowser, _ app: RelyingParty, _ user: String,
        _ order: DrillSignIn
    ) -> Visit {
        var pages: [String] = []
        var outcome = browser.get(
            app.authorizeTarget(
                user: order.way == .silent && !user.isEmpty ? user : nil,
                isSilent: order.way == .silent, scope: order.scope))
        for _ in 0..<Self.pageLimit {
            let response: HTTPResponse
            switch outcome {
            case .failed(let reason): return Self.ended(.unavailable, reason, pages)
            case .answered(let answer): response = answer
            }
            if let fields = SignInRefusal.parameters(of: response), let code = fields["code"] {
                return Visit(pages: pages, end: .success(code))
            }
            if let refusal = SignInRefusal(response) {
                return Visit(pages: pages, end: .failure(Ended(outcome: refusal.outcome)))
            }
            guard response.status == 200 else {
                return Self.ended(.unavailable, "status \(response.status)", pages)
            }
            guard let step = PersonAtPage(response, user, password(order, user), order) else {
                let heading = PageForm.heading(of: response)
                return Self.ended(.asked, heading, pages + [heading])
            }
            pages.append(PageForm.heading(of: response))
            outcome = browser.submit(step.form, step.values)
        }
        return Self.ended(.unavailable, "the pages never end", pages)
    }

    private static func ended(
        _ result: DrillSignInOutcome.Result, _ detail: String, _ pages: [String]
    ) -> Visit {
        Visit(pages: pages, end: .failure(Ended(outcome: DrillSignInOutcome(result, detail))))
    }

    private func password(_ order: DrillSignIn, _ user: String) -> String {
        if let password = order.password { return password }
        guard let user = host.snapshot.user(userPrincipalName: user) else { return "" }
        return host.secrets.passwords[user.id] ?? ""
    }

    private func relyingParty(_ name: String) -> RelyingParty? {
        let snapshot = host.snapshot
        let edits = DirectoryEdits(snapshot, now: services.clock.now, random: services.random)
        // A name nobody knows is told by the caller.
        guard let app = try? edits.application(name) else { return nil }
        return RelyingParty(
            clientID: app.appID.description, redirectURI: app.redirectURIs.first?.uri ?? "",
            tenantID: snapshot.profile.id.description,
            secret: secrets[name] ?? host.secrets.clientSecrets[app.id])
    }
}

/// What a person does at a page of the sign-in; nil where there is nothing they know.
private struct PersonAtPage {
    let form: PageForm
    let values: KeyValuePairs<String, String>

    init?(_ response: HTTPResponse, _ user: String, _ password: String, _ order: DrillSignIn) {
        let forms = PageForm.all(in: response)
        func asking(_ name: String) -> PageForm? { forms.first { $0.asked.contains(name) } }
        func offering(_ button: String) -> PageForm? {
            forms.first { $0.buttons.contains(button) }
        }
        if let found = asking("passwd") {
            (form, values) = (found, ["passwd": password])
        } else if let found = asking("otc"), order.approvesSecondFactor,
            let code = PageForm.simulatedCode(in: response)
        {
            (form, values) = (found, ["otc": code])
        } else if let found = asking("login") {
            (form, values) = (found, ["login": user])
        } else if let found = offering("LoginOptions") {
            (form, values) = (found, ["LoginOptions": "0"])
        } else {
            return nil
        }
    }
}
