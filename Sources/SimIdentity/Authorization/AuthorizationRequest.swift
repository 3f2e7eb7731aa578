import SimCore
import SimDirectory
import SimErrors

/// An authorization request, read once in one tenant. RFC 6749 §4.1.1; identity-platform.md §2.1.
struct AuthorizationRequest: Sendable {
    let version: ProtocolVersion
    let tenant: any DirectoryQueries
    let client: ClientApplication
    let goal: SignInGoal
    /// `redirect_uri` as sent; nil when the registered one is used.
    let sentRedirectURI: String?
    let platform: AppRegistration.Platform
    let responseTypes: Set<ResponseType>
    let scopes: ScopeRequest
    /// In order of appearance; Graph alone when only OpenID scopes are asked for.
    let resources: [Resource]
    let nonce: String?
    let prompt: Prompt?
    let loginHint: String?
    /// Oldest sign-in the client accepts, in seconds.
    let maxAge: Int64?
    let challenge: CodeChallenge?
    let claims: ClaimsRequest
    let wantsClientInfo: Bool

    /// A request whose parts were judged elsewhere.
    init(
        version: ProtocolVersion, tenant: any DirectoryQueries, client: ClientApplication,
        goal: SignInGoal, sentRedirectURI: String?, platform: AppRegistration.Platform,
        responseTypes: Set<ResponseType>, scopes: ScopeRequest, resources: [Resource],
        nonce: String?, prompt: Prompt?, loginHint: String?, maxAge: Int64?,
        challenge: CodeChallenge?, claims: ClaimsRequest, wantsClientInfo: Bool
    ) {
        self.version = version
        self.tenant = tenant
        self.client = client
        self.goal = goal
        self.sentRedirectURI = sentRedirectURI
        self.platform = platform
        self.responseTypes = responseTypes
        self.scopes = scopes
        self.resources = resources
        self.nonce = nonce
        self.prompt = prompt
        self.loginHint = loginHint
        self.maxAge = maxAge
        self.challenge = challenge
        self.claims = claims
        self.wantsClientInfo = wantsClientInfo
    }

    /// The checks in the service's order: aadsts.md §5.2, rows 4 to 9. Until client and address
    /// are trusted a refusal is a page, afterwards it goes to the address.
    init(
        _ fields: FormFields, version: ProtocolVersion, tenant: any DirectoryQueries,
        by alias: TenantScope.Alias?, platform identity: IdentityPlatform
    ) throws(AuthorizationRefusal) {
        self.version = version
        self.tenant = tenant
        client = try Self.page { () throws(AADSTSError) in
            try Self.client(fields, tenant, alias, identity)
        }
        let registered = try Self.page { [client] () throws(AADSTSError) in
            try Self.redirectURI(fields, client)
        }
        platform = registered.platform
        sentRedirectURI = Self.value("redirect_uri", fields)
        let reading = ResponseReading(fields, client.registration)
        let address = ReturnAddress(
            uri: sentRedirectURI ?? registered.uri, mode: reading.mode, state: fields["state"])
        goal = .answer(address)
        responseTypes = try reading.checkedTypes(address)
        let form = try RequestReading(
            fields, version: version, types: responseTypes, platform: registered.platform,
            address: address)
        scopes = form.scopes
        nonce = form.nonce
        prompt = form.prompt
        maxAge = form.maxAge
        challenge = form.challenge
        claims = form.claims
        loginHint = Self.value("login_hint", fields)
        wantsClientInfo = fields["client_info"] == "1"
        resources = try Self.redirect(to: address) { [client, scopes] () throws(AADSTSError) in
            try Self.resources(scopes, client, tenant, identity)
        }
    }

    private static func client(
        _ fields: FormFields, _ tenant: any DirectoryQueries, _ alias: TenantScope.Alias?,
        _ identity: IdentityPlatform
    ) throws(AADSTSError) -> ClientApplication {
        guard let identifier = value("client_id", fields) else {
            throw .missingParameter("client_id")
        }
        return try identity.client(identifier, in: tenant, by: alias, mayBeNew: true)
    }

    private static func redirectURI(
        _ fields: FormFields, _ client: ClientApplication
    ) throws(AADSTSError) -> AppRegistration.RedirectURI {
        let registration = client.registration
        guard let sent = value("redirect_uri", fields) else {
            for platform in AppRegistration.Platform.allCases {
                if let first = registration.redirectURIs.first(where: { $0.platform == platform }) {
                    return first
                }
            }
            throw .noReplyAddress
        }
        guard let address = RedirectAddress(sent) else { throw .notAbsoluteURI("redirect_uri") }
        guard !registration.redirectURIs.isEmpty else { throw .noReplyAddress }
        guard let match = registration.redirectURI(matching: sent) else {
            throw .redirectURINotRegistered(sent, client: client.appID.description)
        }
        guard !address.isInsecure else { throw .redirectSchemeInsecure }
        return match
    }

    /// Every resource asked for exists and exposes what is asked of it.
    private static func resources(
        _ scopes: ScopeRequest, _ client: ClientApplication, _ tenant: any DirectoryQueries,
        _ identity: IdentityPlatform
    ) throws(AADSTSError) -> [Resource] {
        var found: [Resource] = []
        for name in scopes.resources.isEmpty ? [nil] : scopes.resources {
            let resource = try identity.resource(name, in: tenant)
            try resource.checkName(by: client)
            let permissions = DelegatedPermissions(
                of: client, on: resource, for: nil,
                asking: scopes.resourceScopes.filter { $0.resource == name }, in: tenant)
            if permissions.asksForDefault {
                try StaticPermissions(client: client, resource: resource).check(tenant)
            }
            if let unknown = permissions.unknown.first {
                throw .scopeNotFound(unknown, resource: resource.appID.guid, app: client.named)
            }
            found.append(resource)
        }
        return found
    }

    /// The value of a parameter; empty counts as absent.
    static func value(_ name: String, _ fields: FormFields) -> String? {
        fields[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    static func page<Value>(
        _ body: () throws(AADSTSError) -> Value
    ) throws(AuthorizationRefusal) -> Value {
        do { return try body() } catch { throw .page(error) }
    }

    static func redirect<Value>(
        to address: ReturnAddress, _ body: () throws(AADSTSError) -> Value
    ) throws(AuthorizationRefusal) -> Value {
        do { return try body() } catch { throw .redirect(error, address) }
    }
}
