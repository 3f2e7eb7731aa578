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
        let session = session(exchange)?.session
        var headers = ServiceHeaders.page(exchange, code: 0, cookie: cookieBytes())
        appendExpiredCookies(to: &headers)
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
