import SimCore
import SimDirectory
import SimHTTP

extension IdentityPlatform {
    /// Answers `/{t}/oauth2/…/logout`. Source: identity-platform.md §2.6.
    ///
    /// The browser leaves only for an address some application registered; everything else ends on
    /// the signed-out page.
    func logout(_ exchange: Exchange, tenant segment: String) -> HTTPResponse {
        let fields = FormFields((exchange.form?.fields ?? []) + (exchange.query?.fields ?? []))
        let sessions = sessions(exchange)
        var headers = ServiceHeaders.page(exchange, code: 0, cookie: cookieBytes())
        let session: BrowserSession?
        switch ending(fields, sessions) {
        case .nobody: session = nil
        case .one(let named): session = named
        case .unsaid:
            return SignOutChoicePage(
                frame: PageFrame(organization: nil, application: nil),
                accounts: choices(sessions, fields, exchange)
            ).response(headers)
        }
        let rest = session.map { sessions.excluding($0.signIn.sessionID) } ?? sessions
        append(rest, to: &headers, exchange)
        let target = logoutTarget(fields, session: session, segment: segment)
        let notified = session.map { frontChannel($0) } ?? []
        if let target, notified.isEmpty {
            return RedirectPage(location: target).response(headers)
        }
        return SignedOutPage(
            frame: PageFrame(organization: nil, application: nil), notified: notified,
            continueTo: target
        ).response(headers)
    }

    private enum Ending {
        case nobody, one(BrowserSession)
        /// Several people are signed in and none is named.
        case unsaid
    }

    /// Whose session ends: the named one, or the only one.
    private func ending(_ fields: FormFields, _ sessions: BrowserSessions) -> Ending {
        if let text = AuthorizationRequest.value("logout_hint", fields),
            case .account(let user, let tenant) = LoginHint(text)
        {
            return sessions.all.first { $0.signIn.user == user && $0.tenant == tenant }
                .map { .one($0) } ?? .nobody
        }
        switch sessions.all.count {
        case 0: return .nobody
        case 1: return .one(sessions.all[0])
        case _: return .unsaid
        }
    }

    /// The request once more for each account, with the account named.
    private func choices(
        _ sessions: BrowserSessions, _ fields: FormFields, _ exchange: Exchange
    ) -> [SignOutChoicePage.Account] {
        sessions.all.compactMap { session in
            guard let user = user(of: session, at: exchange.now) else { return nil }
            var named = FormFields(fields.fields.filter { $0.name != "logout_hint" })
            named.append("logout_hint", LoginHint.claim(user: user.id, tenant: session.tenant))
            return SignOutChoicePage.Account(
                userName: user.userPrincipalName, name: user.displayName,
                address: "\(exchange.request.path)?\(named.encoded())")
        }
    }

    /// Addresses of the session's applications that want to know; they get `sid` and nothing else.
    private func frontChannel(_ session: BrowserSession) -> [String] {
        session.applications.compactMap { app in
            guard let url = tenants.registration(app)?.logoutURL, RedirectAddress(url) != nil
            else { return nil }
            return url + (url.contains("?") ? "&" : "?") + "sid=\(session.signIn.sessionID)"
        }
    }

    /// Where to go on to, with `state`; nil unless it is registered.
    private func logoutTarget(
        _ fields: FormFields, session: BrowserSession?, segment: String
    ) -> String? {
        guard let asked = AuthorizationRequest.value("post_logout_redirect_uri", fields) else {
            return nil
        }
        // Named clients first; a request without one is judged by who was signed in to.
        let named = fields["client_id"].flatMap { AppID($0) }
        let hinted = fields["id_token_hint"].flatMap(Self.audience(ofHint:))
        let candidates =
            [named, hinted].compactMap { $0 }.isEmpty
            ? session?.applications ?? [] : [named, hinted].compactMap { $0 }
        let registrations = candidates.compactMap { tenants.registration($0) }
        let isRegistered =
            registrations.isEmpty
            ? everyRegistration(segment).contains { $0.redirectURI(matching: asked) != nil }
            : registrations.contains { $0.redirectURI(matching: asked) != nil }
        guard isRegistered else { return nil }
        guard let state = fields["state"] else { return asked }
        return asked + (asked.contains("?") ? "&" : "?") + "state="
            + PercentCoding.encode(state, .redirect)
    }

    private func everyRegistration(_ segment: String) -> [AppRegistration] {
        // An unknown tenant has no registrations; logout never fails.
        let scope = try? TenantScope.find(segment, in: tenants)
        return scope?.tenant?.applications ?? tenants.all.flatMap(\.applications)
    }
}
