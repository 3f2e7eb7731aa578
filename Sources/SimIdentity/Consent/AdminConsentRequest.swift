import SimCore
import SimDirectory
import SimErrors

/// A request to `/adminconsent`, read in one tenant. identity-platform.md §7.
///
/// v2 names scopes; without any it is v1's form, which is about everything the registration lists.
struct AdminConsentRequest: Sendable {
    let redirectURI: String
    let state: String?
    /// nil for v1's form.
    let scope: ScopeRequest?
    let consent: AdminConsent
    /// `scope` of the answer.
    let granted: String

    /// Where the refusal or the answer goes.
    var address: ReturnAddress {
        ReturnAddress(uri: redirectURI, mode: .query, state: state)
    }

    /// Client and address first, on a page; then scopes, at the address. aadsts.md §5.2.
    init(
        _ fields: FormFields, version: ProtocolVersion, client: ClientApplication,
        tenant: any DirectoryQueries, platform: IdentityPlatform
    ) throws(AuthorizationRefusal) {
        let uri = try AuthorizationRequest.page { () throws(AADSTSError) in
            try Self.redirectURI(fields, version, client.registration)
        }
        redirectURI = uri
        state = fields["state"]
        let address = ReturnAddress(uri: uri, mode: .query, state: fields["state"])
        let read = try AuthorizationRequest.redirect(to: address) { () throws(AADSTSError) in
            try Self.scope(fields, version)
        }
        scope = read
        (consent, granted) = try AuthorizationRequest.redirect(to: address) {
            () throws(AADSTSError) in
            try Self.consent(read, client, tenant, platform)
        }
    }

    /// v1's form takes further path segments after a registered address.
    private static func redirectURI(
        _ fields: FormFields, _ version: ProtocolVersion, _ app: AppRegistration
    ) throws(AADSTSError) -> String {
        guard let sent = AuthorizationRequest.value("redirect_uri", fields) else {
            guard let first = app.redirectURIs.first else { throw .noConsentReplyAddress }
            return first.uri
        }
        guard RedirectAddress(sent) != nil else { throw .notAbsoluteURI("redirect_uri") }
        guard !app.redirectURIs.isEmpty else { throw .noConsentReplyAddress }
        if app.redirectURI(matching: sent) != nil { return sent }
        let isBelow =
            version == .v1
            && app.redirectURIs.contains { registered in
                let base = registered.uri.hasSuffix("/") ? registered.uri : registered.uri + "/"
                return sent.hasPrefix(base)
                    && !leadsUp(sent.dropFirst(base.count).prefix { !"?#".contains($0) })
            }
        guard isBelow else {
            throw .redirectURINotRegistered(sent, client: app.appID.description)
        }
        return sent
    }

    /// Whether a browser would walk a path up again: `..` in any spelling, and backslashes, which
    /// it takes for slashes. WHATWG URL §4.4.
    private static func leadsUp(_ path: Substring) -> Bool {
        path.contains("\\")
            || path.split(separator: "/").contains { segment in
                let plain = segment.lowercased().replacingEncodedDots
                return plain == "." || plain == ".."
            }
    }

    private static func scope(
        _ fields: FormFields, _ version: ProtocolVersion
    ) throws(AADSTSError) -> ScopeRequest? {
        guard let text = AuthorizationRequest.value("scope", fields) else {
            guard version == .v1 else { throw .missingParameter("scope") }
            return nil
        }
        return version == .v1 ? nil : try ScopeRequest(text)
    }

    private static func consent(
        _ scope: ScopeRequest?, _ client: ClientApplication, _ tenant: any DirectoryQueries,
        _ platform: IdentityPlatform
    ) throws(AADSTSError) -> (AdminConsent, String) {
        let needs = client.registration.requiredResourceAccess
        let listed = AdminConsent(
            client: client.principal, needs: needs, in: tenant,
            registration: platform.registration(in: tenant))
        guard let scope else { return (listed, "") }
        var consent = AdminConsent(client: client.principal)
        var granted: [String] = []
        for name in scope.resources {
            let resource = try platform.resource(name, in: tenant)
            guard let principal = tenant.servicePrincipal(resource.principal) else { continue }
            let asked = scope.resourceScopes.filter { $0.resource == name }
            var part = AdminConsent.Part(resource: principal, scopes: [])
            if asked.contains(where: \.isDefault) {
                try StaticPermissions(client: client, resource: resource).check(tenant)
                part.scopes = StaticPermissions(client: client, resource: resource).scopes
                part.roles = listed.parts.first { $0.resource.id == principal.id }?.roles ?? []
            }
            for wanted in asked where !wanted.isDefault {
                guard
                    let found = resource.scopes.first(where: {
                        $0.isEnabled && $0.value == wanted.value
                    })
                else {
                    throw .scopeNotFound(
                        wanted.value, resource: resource.appID.guid, app: client.named)
                }
                if !part.scopes.contains(found) { part.scopes.append(found) }
            }
            granted += part.scopes.map { resource.scopePrefix + $0.value }
            if asked.contains(where: \.isDefault) {
                granted.append(resource.scopePrefix + ScopeRequest.defaultScope)
            }
            consent.parts.append(part)
        }
        return (
            consent.adding(scope.openID, in: tenant, platform),
            (scope.echoedOpenID + granted)
                .joined(separator: " ")
        )
    }
}

extension AdminConsent {
    /// The OpenID scopes are Graph's.
    fileprivate func adding(
        _ openID: Set<ScopeRequest.OpenIDScope>, in tenant: any DirectoryQueries,
        _ platform: IdentityPlatform
    ) -> AdminConsent {
        guard !openID.isEmpty, let graph = tenant.servicePrincipal(appID: MicrosoftGraph.appID)
        else { return self }
        let values = openID.map(\.rawValue)
        let scopes = (platform.registration(in: tenant)(MicrosoftGraph.appID)?.scopes ?? [])
            .filter { values.contains($0.value) }
        var consent = self
        if let index = parts.firstIndex(where: { $0.resource.id == graph.id }) {
            consent.parts[index].scopes += scopes.filter { !parts[index].scopes.contains($0) }
        } else {
            consent.parts.append(.init(resource: graph, scopes: scopes))
        }
        return consent
    }
}

extension String {
    /// With `%2e` written out.
    fileprivate var replacingEncodedDots: String {
        guard let start = utf8.firstIndex(of: UInt8(ascii: "%")),
            self[start...].hasPrefix("%2e")
        else { return self }
        let rest = String(self[start...].dropFirst(3)).replacingEncodedDots
        return self[..<start] + "." + rest
    }
}
