import SimCore
import SimDirectory
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// A refusal as the surface of `request` gives it: JSON, page or redirect, with status,
    /// headers and members of its own.
    ///
    /// An error that goes to the client's address is a page when client and address of the request
    /// cannot be trusted, as everywhere.
    package func refusal(
        _ error: AADSTSError, of request: HTTPRequest, at place: IdentityPlace, now: Timestamp
    ) -> HTTPResponse {
        let exchange = Exchange(request, at: now, platform: self)
        switch place {
        case .token, .deviceCode:
            let isV2 = request.path.lowercased().contains(text: "/v2.0/")
            let endpoint = TokenEndpoint(
                platform: self, exchange: exchange, version: isV2 ? .v2 : .v1,
                bindsBrowser: place == .deviceCode)
            note(request, exchange, in: endpoint.trace)
            return endpoint.refusal(error)
        case .discovery, .keys, .userInfo, .other:
            return discoveryRefusal(error, exchange, at: .discovery)
        case .authorize:
            let endpoint = AuthorizationEndpoint(platform: self, exchange: exchange)
            note(request, exchange, in: endpoint.trace)
            return endpoint.refused(error, route: IdentityRoute(request))
        case .signIn:
            let endpoint = AuthorizationEndpoint(platform: self, exchange: exchange)
            note(request, exchange, in: endpoint.trace)
            endpoint.trace.noteInteraction()
            for form in IdentityRoute.SignInForm.allCases {
                if let flow = flow(exchange, at: form) { return endpoint.refused(error, flow) }
            }
            return endpoint.errorPage(error)
        case .logout, .saml:
            return AuthorizationEndpoint(platform: self, exchange: exchange).errorPage(error)
        }
    }

    /// An attempt that something refuses before anybody looked at it is an attempt all the same.
    private func note(_ request: HTTPRequest, _ exchange: Exchange, in trace: SignInTrace) {
        let subject = subject(of: request, now: exchange.now)
        // A tenant nobody knows has no log.
        let scope = subject.tenant.flatMap { try? TenantScope.find($0, in: tenants) }
        guard
            let tenant = scope?.tenant
                ?? subject.userName.flatMap(tenants.home(ofUserName:))
        else { return }
        trace.note(clientID: subject.client ?? "")
        trace.note(tenant)
        if let client = subject.client.flatMap({ try? client($0, in: tenant) }) {
            trace.note(client)
        }
        let user =
            subject.userID.flatMap { tenant.user($0) }
            ?? subject.userName.flatMap { tenant.user(userPrincipalName: $0) }
        if let user {
            trace.note(user, nil)
        } else if let name = subject.userName {
            trace.note(userName: name)
        }
        switch subject.grant.flatMap(GrantType.init(wireName:)) {
        case .clientCredentials: trace.noteApplication()
        case .authorizationCode, .refreshToken, .deviceCode, .password, .onBehalfOf, nil: break
        }
    }

    /// What the request says about itself, for those who pick requests: as sent, unchecked.
    package func subject(of request: HTTPRequest, now: Timestamp) -> IdentitySubject {
        let exchange = Exchange(request, at: now, platform: self)
        var subject = IdentitySubject()
        subject.tenant = request.pathSegments?.first
        let form = exchange.form
        let flow = IdentityRoute.SignInForm.allCases.lazy.compactMap { self.flow(exchange, at: $0) }
            .first
        let fields = flow?.fields
        let basic = form.flatMap { form -> PresentedClient? in
            // A malformed header names nobody; the endpoint refuses it later.
            try? PresentedClient(form: form, headers: request.headers)
        }
        subject.client =
            basic?.identifier ?? exchange.query?["client_id"] ?? form?["client_id"]
            ?? fields?["client_id"]
        subject.grant = form?["grant_type"]
        for name in IdentitySubject.shownFields {
            subject.fields[name] = form?[name] ?? exchange.query?[name] ?? fields?[name]
        }
        subject.userName =
            form?["login"] ?? form?["username"] ?? exchange.query?["login_hint"] ?? flow?.userName
        let grant =
            form?["code"].flatMap { try? AuthorizationCode($0, self).grant }
            ?? form?["refresh_token"].flatMap { try? RefreshToken($0, self)?.grant }
        subject.userID = grant?.signIn.user ?? flow?.signIn?.user ?? session(exchange)?.user.id
        if let grant { subject.tenant = grant.tenant.description }
        return subject
    }
}

/// Whom a request to the login endpoint names.
package struct IdentitySubject: Sendable {
    /// Path segment, or id of the tenant of the grant presented.
    package var tenant: String?
    /// `client_id` as sent.
    package var client: String?
    package var userName: String?
    /// From a code, a refresh token, a page's flow or the browser's session.
    package var userID: UserID?
    package var grant: String?
    /// What texts of refusals repeat of the request, by parameter name.
    package var fields: [String: String] = [:]

    static let shownFields = [
        "scope", "redirect_uri", "response_type", "response_mode", "grant_type",
    ]
}

extension AuthorizationEndpoint {
    /// A refusal of an authorization request, at the client's address or on a page.
    func refused(_ error: AADSTSError, route: IdentityRoute?) -> HTTPResponse {
        guard case .authorize(let version, let segment) = route,
            let fields = exchange.request.method == .post ? exchange.form : exchange.query,
            let scope = try? TenantScope.find(segment, in: platform.tenants),
            let tenant = scope.tenant ?? home(fields)
        else { return errorPage(error) }
        return refused(error, fields, version, tenant)
    }

    /// A refusal in the middle of a sign-in.
    func refused(_ error: AADSTSError, _ flow: SignInFlow) -> HTTPResponse {
        guard let scope = try? TenantScope.find(flow.segment, in: platform.tenants),
            let tenant = scope.tenant ?? flow.userName.flatMap(platform.tenants.home(ofUserName:))
                ?? home(flow.fields)
        else { return errorPage(error) }
        return refused(error, flow.fields, flow.version, tenant)
    }

    private func refused(
        _ error: AADSTSError, _ fields: FormFields, _ version: ProtocolVersion,
        _ tenant: any DirectoryQueries
    ) -> HTTPResponse {
        guard error.entry.surfaces.contains(.authorizeRedirect) else { return errorPage(error) }
        do throws(AuthorizationRefusal) {
            let request = try AuthorizationRequest(
                fields, version: version, tenant: tenant, by: nil, platform: platform)
            guard let address = request.address else { return errorPage(error) }
            return answer(.redirect(error, address))
        } catch let natural {
            switch natural {
            case .page: return errorPage(error)
            case .redirect(_, let address): return answer(.redirect(error, address))
            }
        }
    }

    /// On an alias: where the client's app is registered.
    private func home(_ fields: FormFields) -> (any DirectoryQueries)? {
        guard let app = fields["client_id"].flatMap({ AppID($0) }) else { return nil }
        return platform.tenants.all.first { $0.application(appID: app) != nil }
    }
}

extension AADSTSError {
    /// The error a sign-in name orders: `aadsts50053@contoso.example`. nil for every other name.
    init?(orderedBySignInName name: String) {
        guard let at = name.firstIndex(of: "@") else { return nil }
        let local = name[..<at]
        // Digits alone are somebody's name.
        guard local.first?.isLetter == true, let code = AADSTSCatalogue.code(in: local),
            let entry = AADSTSCatalogue.entry(code)
        else { return nil }
        self.init(entry: entry)
    }
}
