import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// `/{t}/oauth2/…/devicecode`: a device without a browser asks for a code. RFC 8628 §3.1.
struct DeviceCodeEndpoint: Sendable {
    /// Shares envelope, headers and refusals with the token endpoint.
    let endpoint: TokenEndpoint

    /// Seconds between two polls.
    static let interval: Int64 = 5
    /// User codes drawn before the endpoint gives up: a collision is a matter of luck.
    private static let attemptLimit = 8

    private var platform: IdentityPlatform { endpoint.platform }
    private var exchange: Exchange { endpoint.exchange }

    func step(tenant segment: String) -> IdentityStep {
        do {
            return try decide(tenant: segment)
        } catch {
            return .answer(endpoint.refusal(error))
        }
    }

    /// The checks in the service's order: aadsts.md §6.6.
    private func decide(tenant segment: String) throws(AADSTSError) -> IdentityStep {
        let fields = try fields()
        let scope = try TenantScope.find(segment, in: platform.tenants)
        try PlaceChecks.check(scope.alias, endpoint.version)
        guard let client = AuthorizationRequest.value("client_id", fields) else {
            throw .missingParameter("client_id")
        }
        let asked = try scopes(fields)
        let tenant = try tenant(scope, client: client)
        let application = try platform.client(client, in: tenant)
        for name in asked.resources { _ = try platform.resource(name, in: tenant) }
        let authorization = DeviceAuthorization(
            userCode: try freeUserCode(), client: application.appID,
            tenant: scope.tenant?.tenantID, scope: asked.grantText,
            expiresAt: exchange.now + TokenLifetime.deviceCode)
        let code = try DeviceCode(
            tenant: tenant.tenantID, client: application.appID,
            userCode: authorization.userCode, expiresAt: authorization.expiresAt
        ).text(platform)
        let body = body(userCode: authorization.userCode, deviceCode: code)
        return .commit(
            TenantCommit(
                tenant: tenant.tenantID, events: [.deviceAuthorization(authorization)],
                then: { outcome in
                    switch outcome {
                    case .appended: endpoint.success(readableByBrowser: false) { body }
                    case .alreadyRedeemed, .refused: endpoint.refusal(.issuanceFailed)
                    }
                }))
    }

    /// v2 takes a form; v1 a query as well.
    private func fields() throws(AADSTSError) -> FormFields {
        guard let form = exchange.form, let query = exchange.query else { throw .unreadableForm }
        switch (exchange.request.method, endpoint.version) {
        case (.post, .v2): return form
        case (.post, .v1), (.get, .v1): return FormFields(form.fields + query.fields)
        case (let method, let version):
            throw .methodNotAllowed(
                allowed: version == .v1 ? ["GET", "POST", "OPTIONS"] : ["POST", "OPTIONS"],
                received: method.rawValue)
        }
    }

    private func scopes(_ fields: FormFields) throws(AADSTSError) -> ScopeRequest {
        switch endpoint.version {
        case .v2:
            guard let text = AuthorizationRequest.value("scope", fields) else {
                throw .missingParameter("scope")
            }
            let request = try ScopeRequest(text)
            guard request.resources.count <= 1 else { throw .severalResources(text) }
            return request
        case .v1:
            return ScopeRequest(
                v1Resource: AuthorizationRequest.value("resource", fields)
                    ?? MicrosoftGraph.appID.description)
        }
    }

    /// On an alias the app's own tenant keeps the code; a single-tenant app must name its tenant.
    private func tenant(
        _ scope: TenantScope, client: String
    ) throws(AADSTSError) -> any DirectoryQueries {
        switch scope {
        case .tenant(let tenant): return tenant
        case .alias(let alias):
            let id = AppID(client)
            let home = platform.tenants.all.first { tenant in
                id.flatMap { tenant.application(appID: $0) } != nil
            }
            guard let home, let id, let registration = home.application(appID: id) else {
                throw .unknownApplication(client, directory: alias.rawValue)
            }
            try registration.check(fits: alias)
            guard registration.signInAudience.admitsOtherTenants else {
                throw .noTenantInformation
            }
            return home
        }
    }

    private func freeUserCode() throws(AADSTSError) -> String {
        for _ in 0..<Self.attemptLimit {
            let code = UserCode.make(platform.random)
            if platform.deviceAuthorization(userCode: code) == nil { return code }
        }
        throw .issuanceFailed
    }

    /// Members in the service's order. identity-platform.md §3.6.
    private func body(userCode: String, deviceCode: String) -> JSONObject {
        let address = "\(platform.origin)/device"
        let lifetime = TokenLifetime.deviceCode.wholeSeconds
        let message =
            "To sign in, use a web browser to open the page \(address) and enter the code "
            + "\(userCode) to authenticate."
        let isV1 = endpoint.version == .v1
        func number(_ value: Int64) -> JSONValue { isV1 ? .string(String(value)) : .int(value) }
        return [
            "user_code": .string(userCode), "device_code": .string(deviceCode),
            isV1 ? "verification_url" : "verification_uri": .string(address),
            "expires_in": number(lifetime), "interval": number(Self.interval),
            "message": .string(message),
        ]
    }
}

extension IdentityPlatform {
    /// A device's authorization and the tenant whose log holds it; nil when nobody knows the code.
    func deviceAuthorization(
        userCode: String
    ) -> (authorization: DeviceAuthorization, log: TenantID)? {
        for tenant in tenants.all {
            if let found = tenant.deviceAuthorization(userCode: userCode) {
                return (found, tenant.tenantID)
            }
        }
        return nil
    }

    /// Leads from the short address to the page.
    func deviceShortcut(_ exchange: Exchange) -> HTTPResponse {
        let query = exchange.request.query.map { "?" + $0 } ?? ""
        return RedirectPage(location: "\(origin)/common/oauth2/deviceauth\(query)")
            .response(ServiceHeaders.page(exchange, code: 0, cookie: cookieBytes()))
    }
}
