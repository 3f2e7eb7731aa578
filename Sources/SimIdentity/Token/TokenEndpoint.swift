import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// `POST /{t}/oauth2/…/token`.
///
/// The endpoint owns what every grant shares: verb, tenant, client and its authentication, origin
/// rules. A grant gets only what has passed them, so it cannot forget one.
struct TokenEndpoint: Sendable {
    let platform: IdentityPlatform
    let exchange: Exchange
    let version: ProtocolVersion
    /// Whether its answers set `esctx`: those of the device code endpoint, which shares them, do.
    var bindsBrowser = false
    /// What the sign-in log will say of this request.
    let trace = SignInTrace()

    /// Answers the request, or says what to write before it is answered.
    func step(tenant segment: String) -> IdentityStep {
        switch exchange.request.method {
        case .options: return .answer(preflight)
        case .post: break
        default:
            return .answer(
                refusal(
                    .methodNotAllowed(
                        allowed: ["POST", "OPTIONS"], received: exchange.request.method.rawValue)))
        }
        if let fault = trace.begin(exchange) { return .answer(.situationFault(fault)) }
        do {
            return try decide(tenant: segment)
        } catch {
            return .answer(refusal(error))
        }
    }

    /// The checks in the service's order: aadsts.md §5.1, rows 2 to 17.
    private func decide(tenant segment: String) throws(AADSTSError) -> IdentityStep {
        guard !exchange.request.body.isEmpty else { throw .emptyRequest }
        guard let form = exchange.form else { throw .unreadableForm }
        let scope = try TenantScope.find(segment, in: platform.tenants)
        let request = try TokenRequest(
            form: form, headers: exchange.request.headers, version: version,
            alias: scope.alias)
        trace.note(request)
        try PlaceChecks.check(scope.alias, version)
        switch request.grant {
        case .authorizationCode(let redemption):
            let code = try AuthorizationCode(redemption.code, platform)
            let tenant = try tenant(scope, of: code.grant)
            let caller = try authenticated(request, in: tenant, presenting: code.grant)
            return try CodeGrant(
                endpoint: self, caller: caller, redemption: redemption, code: code
            ).decide()
        case .refreshToken(let redemption):
            guard let token = try RefreshToken(redemption.token, platform) else {
                return try unrecognised(request, scope)
            }
            let tenant = try tenant(scope, of: token.grant)
            let caller = try authenticated(request, in: tenant, presenting: token.grant)
            return try RefreshGrant(
                endpoint: self, caller: caller, redemption: redemption, token: token
            ).decide()
        case .clientCredentials(let asked):
            guard let tenant = scope.tenant else { throw .noTenantInformation }
            let caller = try authenticated(request, in: tenant, platform: nil)
            return try ClientCredentialsGrant(
                endpoint: self, caller: caller, asked: asked
            ).decide()
        case .deviceCode(let text):
            return try deviceCode(text, request, scope)
        case .password(let redemption):
            let tenant = try tenant(scope, ofUserName: redemption.userName)
            let caller = try authenticatedWithoutRedirect(request, in: tenant)
            return try PasswordGrant(
                endpoint: self, caller: caller, redemption: redemption
            ).decide()
        case .onBehalfOf(let redemption):
            let assertion = try UserAssertion(redemption.assertion)
            let tenant = try tenant(scope, of: assertion)
            let caller = try authenticated(request, in: tenant, platform: .web)
            return try OnBehalfOfGrant(
                endpoint: self, caller: caller, redemption: redemption, assertion: assertion
            ).decide()
        }
    }

    /// A text like a refresh token that is none of ours: the client proves itself first.
    private func unrecognised(
        _ request: TokenRequest, _ scope: TenantScope
    ) throws(AADSTSError) -> IdentityStep {
        try judgeClient(request, scope)
        throw .grantUnrecognised
    }

    /// Rows 8 to 10 where no artifact says which tenant is meant: on an alias the client is judged
    /// where it was registered.
    private func judgeClient(
        _ request: TokenRequest, _ scope: TenantScope
    ) throws(AADSTSError) {
        let id = AppID(request.clientID)
        let home =
            scope.tenant
            ?? platform.tenants.all.first { tenant in
                id.flatMap { tenant.application(appID: $0) } != nil
            }
        guard let home else {
            throw .unknownApplication(request.clientID, directory: scope.pathSegment)
        }
        _ = try authenticatedWithoutRedirect(request, in: home)
    }

    /// A device asks whether its person has decided. On an alias the tenant is the person's, and
    /// before that the one the device was registered with.
    private func deviceCode(
        _ text: String, _ request: TokenRequest, _ scope: TenantScope
    ) throws(AADSTSError) -> IdentityStep {
        let code = DeviceCode(text, platform)
        let authorization = code.flatMap { code in
            platform.tenants.tenant(code.tenant)?.deviceAuthorization(userCode: code.userCode)
        }
        let tenant: any DirectoryQueries
        switch scope {
        case .tenant(let named): tenant = named
        case .alias:
            guard let code else {
                try judgeClient(request, scope)
                throw .unknownVerificationCode
            }
            var home = code.tenant
            if case .approved(let approval) = authorization?.answer { home = approval.tenant }
            guard let found = platform.tenants.tenant(home) else {
                throw .tenantNotFound(home.description)
            }
            tenant = found
        }
        let caller = try authenticatedWithoutRedirect(request, in: tenant)
        guard let code else { throw .unknownVerificationCode }
        return try DeviceCodeGrant(
            endpoint: self, caller: caller, text: text, code: code, authorization: authorization
        ).decide()
    }

    /// The tenant of the path; on `organizations` the one that owns the user name's domain.
    private func tenant(
        _ scope: TenantScope, ofUserName userName: String
    ) throws(AADSTSError) -> any DirectoryQueries {
        switch scope {
        case .tenant(let tenant): return tenant
        case .alias:
            guard let home = platform.tenants.home(ofUserName: userName) else {
                throw .userNameNamesNoTenant
            }
            return home
        }
    }

    /// The tenant of the path; on an alias the one that issued the assertion.
    private func tenant(
        _ scope: TenantScope, of assertion: UserAssertion
    ) throws(AADSTSError) -> any DirectoryQueries {
        switch scope {
        case .tenant(let tenant): return tenant
        case .alias:
            guard let home = assertion.tenant.flatMap({ platform.tenants.tenant($0) }) else {
                throw .assertionRefused(.issuerUnknown)
            }
            return home
        }
    }

    /// A client whose flow has no redirect URI: its registration says whether it is public.
    /// identity-platform.md §3.1.
    private func authenticatedWithoutRedirect(
        _ request: TokenRequest, in tenant: any DirectoryQueries
    ) throws(AADSTSError) -> TokenCaller {
        trace.note(tenant)
        let client = try platform.client(request.clientID, in: tenant, by: request.alias)
        return try authenticated(
            request, in: tenant, platform: client.platformWithoutRedirect)
    }

    /// A client with a code or refresh token: the address that was handed to says whether it is
    /// public. What was handed to another client says nothing about this one.
    private func authenticated(
        _ request: TokenRequest, in tenant: any DirectoryQueries, presenting grant: UserGrant
    ) throws(AADSTSError) -> TokenCaller {
        let client = try platform.client(request.clientID, in: tenant, by: request.alias)
        return try authenticated(
            request, in: tenant,
            platform: client.appID == grant.client ? grant.platform : client.registeredPlatform)
    }

    /// The tenant of the path; on an alias the one the grant was issued in.
    private func tenant(
        _ scope: TenantScope, of grant: UserGrant
    ) throws(AADSTSError) -> any DirectoryQueries {
        switch scope {
        case .tenant(let tenant): return tenant
        case .alias:
            guard let home = platform.tenants.tenant(grant.tenant) else {
                throw .tenantNotFound(grant.tenant.description)
            }
            return home
        }
    }

    /// Rows 8 to 10: the client, its proof, and where it may call from.
    ///
    /// - Parameter platform: type of the redirect URI the grant went to; nil for app-only grants.
    private func authenticated(
        _ request: TokenRequest, in tenant: any DirectoryQueries,
        platform type: AppRegistration.Platform?
    ) throws(AADSTSError) -> TokenCaller {
        trace.note(tenant)
        let client = try platform.client(request.clientID, in: tenant, by: request.alias)
        trace.note(client)
        if type == .spa, exchange.browserOrigin != nil, request.credential != nil {
            throw .singlePageCredential
        }
        let authentication = ClientAuthentication(
            client: client, now: exchange.now, audiences: { audiences(of: tenant.profile) },
            platform: platform)
        let proof: ClientProof
        switch type {
        case nil:
            proof = try authentication.confidential(
                request.credential, missing: .appOnlyCredentialMissing)
        case .web:
            proof = try authentication.confidential(
                request.credential, missing: .clientCredentialMissing)
        case .spa, .publicClient:
            proof = try authentication.publicClient(request.credential)
        }
        switch (type, exchange.browserOrigin) {
        case (.spa, nil): throw .crossOriginRequired
        case (.web, let origin?), (.publicClient, let origin?), (nil, let origin?):
            throw .crossOriginForOtherClient(origin: origin)
        case (.spa, _?), (.web, nil), (.publicClient, nil), (nil, nil): break
        }
        return TokenCaller(
            tenant: tenant, client: client, proof: proof,
            wantsClientInfo: request.wantsClientInfo, claims: request.claims)
    }

    /// What a client assertion may name as its audience, in any of the tenant's spellings.
    private func audiences(of tenant: TenantProfile) -> [String] {
        let id = tenant.id.description
        var names = [
            platform.issuer(.v1, tenant: id), platform.issuer(.v2, tenant: id),
            "\(platform.origin)/\(id)", "\(platform.origin)/\(id)/v2.0",
        ]
        for segment in [id] + tenant.domains + TenantScope.Alias.allCases.map(\.rawValue) {
            names.append("\(platform.origin)/\(segment)/oauth2/token")
            names.append("\(platform.origin)/\(segment)/oauth2/v2.0/token")
        }
        return names
    }

    /// Whether the caller sends somebody's password.
    var isPassword: Bool { exchange.form?["grant_type"] == GrantType.password.rawValue }

    /// Whether the caller asks in the name of somebody who called it.
    var isOnBehalf: Bool { exchange.form?["grant_type"] == GrantType.onBehalfOf.rawValue }

    private var preflight: HTTPResponse {
        var headers = ServiceHeaders.token(exchange, code: 0, cookie: platform.cookieBytes())
        ServiceHeaders.appendTokenCORS(to: &headers)
        if let asked = exchange.request.headers["Access-Control-Request-Headers"] {
            headers.append("Access-Control-Allow-Headers", asked)
        }
        return HTTPResponse(status: 200, headers: headers)
    }

    /// The JSON body of a refusal. Browsers may read it, so that a script learns the reason.
    func refusal(_ error: AADSTSError) -> HTTPResponse {
        trace.finish(error, exchange, platform)
        var headers = ServiceHeaders.token(
            exchange, code: error.code, cookie: platform.cookieBytes(),
            binding: bindsBrowser ? .browsers : .none)
        if exchange.browserOrigin != nil { ServiceHeaders.appendTokenCORS(to: &headers) }
        if let seconds = error.overrides.retryAfterSeconds {
            headers.append("Retry-After", String(seconds))
        }
        let body = exchange.envelope.body(error, at: version == .v1 ? .tokenV1 : .tokenV2)
        return HTTPResponse(
            status: exchange.envelope.status(error), json: .object(body), headers: headers)
    }

    /// The JSON body of a success, or the refusal that making it ran into.
    ///
    /// - Parameter readableByBrowser: the grant belongs to a single-page app.
    func success(
        readableByBrowser: Bool, _ body: () throws(AADSTSError) -> JSONObject
    ) -> HTTPResponse {
        do {
            let object = try body()
            trace.finish(nil, exchange, platform)
            var headers = ServiceHeaders.token(
                exchange, code: 0, cookie: platform.cookieBytes(),
                binding: bindsBrowser ? .browsers : .none)
            if readableByBrowser { ServiceHeaders.appendTokenCORS(to: &headers) }
            return HTTPResponse(json: .object(object), headers: headers)
        } catch {
            return refusal(error)
        }
    }
}

/// A client that has passed every check of the endpoint.
struct TokenCaller: Sendable {
    let tenant: any DirectoryQueries
    let client: ClientApplication
    let proof: ClientProof
    let wantsClientInfo: Bool
    /// The request's `claims`.
    var claims = ClaimsRequest.none
}
