import SimCore
import SimCrypto
import SimDirectory
import SimErrors
import SimHTTP

/// The login endpoint of all tenants: hands each request to the endpoint its path names.
///
/// A class: all loops refer to the same one, and copying a dozen shared references for each request
/// makes them wait for each other.
package final class IdentityPlatform: Sendable {
    let tenants: any TenantLookup
    let keys: any TokenSigningKeys
    let sealing: SealingKey
    let random: any RandomSource
    /// Scheme and authority without a slash at the end: the base of issuers and addresses.
    let origin: String
    /// The same for `/oidc/userinfo`.
    let graphOrigin: String
    package let settings: IdentitySettings
    /// Keys of the issuers that federated credentials trust.
    let issuerKeys: any TrustedIssuerKeys
    /// Who keeps the sign-in log.
    let signIns: any SignInSink
    /// What is wrong with every token issued, on purpose; nil in ordinary life.
    let tamper: TokenTamper?
    /// Discovery and key documents made in advance, by path.
    package let published: PublishedDocuments

    /// - Parameters:
    ///   - origin: `https://localhost:8443`.
    ///   - published: documents for these tenants, keys and origin; empty to make each on demand.
    package convenience init(
        tenants: any TenantLookup, keys: any TokenSigningKeys, sealing: SealingKey,
        random: any RandomSource, origin: String, graphOrigin: String,
        settings: IdentitySettings = IdentitySettings(),
        published: PublishedDocuments = PublishedDocuments(),
        issuerKeys: any TrustedIssuerKeys = NoForeignIssuers(),
        signIns: any SignInSink = NoSignInLog()
    ) {
        self.init(
            tenants: tenants, keys: keys, sealing: sealing, random: random, origin: origin,
            graphOrigin: graphOrigin, settings: settings, published: published,
            issuerKeys: issuerKeys, signIns: signIns, tamper: nil)
    }

    private init(
        tenants: any TenantLookup, keys: any TokenSigningKeys, sealing: SealingKey,
        random: any RandomSource, origin: String, graphOrigin: String,
        settings: IdentitySettings, published: PublishedDocuments,
        issuerKeys: any TrustedIssuerKeys, signIns: any SignInSink, tamper: TokenTamper?
    ) {
        self.tenants = tenants
        self.keys = keys
        self.sealing = sealing
        self.random = random
        self.origin = origin
        self.graphOrigin = graphOrigin
        self.settings = settings
        self.signIns = signIns
        self.published = published
        self.issuerKeys = issuerKeys
        self.tamper = tamper
    }

    /// The same platform with one thing wrong with its tokens: for one request.
    package func tampering(_ tamper: TokenTamper) -> IdentityPlatform {
        with(settings: settings, tamper: tamper)
    }

    /// The same platform with other settings: for one order.
    func with(settings: IdentitySettings) -> IdentityPlatform {
        with(settings: settings, tamper: tamper)
    }

    private func with(settings: IdentitySettings, tamper: TokenTamper?) -> IdentityPlatform {
        IdentityPlatform(
            tenants: tenants, keys: keys, sealing: sealing, random: random, origin: origin,
            graphOrigin: graphOrigin, settings: settings, published: published,
            issuerKeys: issuerKeys, signIns: signIns, tamper: tamper)
    }

    /// Whether some tenant may publish other keys than when the simulator started.
    package var keysMayHaveChanged: Bool { keys.mayHaveChanged }

    /// Answers a request; nil when the path is none of the login endpoint's.
    package func handle(_ request: HTTPRequest, now: Timestamp) -> IdentityStep? {
        if request.method == .get, request.body.isEmpty,
            let body = published[request.target, keysMayHaveChanged: keysMayHaveChanged]
        {
            let asked = request.headers["client-request-id"].flatMap { GUID($0) }
            let marks = Exchange.marks(
                asked: asked, host: AnsweringHost(request.headers["Host"], of: self),
                binding: BrowserBinding(RequestCookies(request.headers)), at: now, self)
            return .answer(discoveryAnswer(marks, body: body))
        }
        guard let route = IdentityRoute(request) else { return nil }
        let exchange = Exchange(request, at: now, platform: self)
        return step(route, exchange)
    }

    private func step(_ route: IdentityRoute, _ exchange: Exchange) -> IdentityStep {
        switch route {
        case .discovery(let version, let tenant):
            return .answer(discovery(exchange, version, tenant: tenant))
        case .keys(let version, let tenant):
            return .answer(keySet(exchange, version, tenant: tenant))
        case .instanceDiscovery: return .answer(instanceDiscovery(exchange))
        case .userRealm(let user): return .answer(userRealm(exchange, user: user))
        case .userRealmPage: return .answer(userRealmPage(exchange))
        case .errorLookup: return .answer(errorLookup(exchange))
        case .userInfo: return .answer(userInfo(exchange))
        case .memberObjects(let tenant, let user):
            return .answer(memberObjects(exchange, segment: tenant, user: user))
        case .logout(let tenant): return .answer(logout(exchange, tenant: tenant))
        case .token(let version, let tenant):
            return TokenEndpoint(platform: self, exchange: exchange, version: version)
                .step(tenant: tenant)
        case .deviceCode(let version, let tenant):
            return DeviceCodeEndpoint(
                endpoint: TokenEndpoint(
                    platform: self, exchange: exchange, version: version, bindsBrowser: true)
            ).step(tenant: tenant)
        case .deviceSignIn(let tenant):
            return AuthorizationEndpoint(platform: self, exchange: exchange)
                .deviceStep(tenant: tenant)
        case .deviceShortcut:
            return .answer(deviceShortcut(exchange))
        case .authorize(let version, let tenant):
            return AuthorizationEndpoint(platform: self, exchange: exchange)
                .step(version, tenant: tenant)
        case .adminConsent(let version, let tenant):
            return AuthorizationEndpoint(platform: self, exchange: exchange)
                .adminConsentStep(version, tenant: tenant)
        case .signIn(let form, let tenant):
            return AuthorizationEndpoint(platform: self, exchange: exchange)
                .step(form, tenant: tenant)
        }
    }

    /// Fresh bytes for the `fpc` cookie.
    func cookieBytes() -> RandomBlock { random.block(for: .cookie) }

    /// A refusal as JSON with the headers of discovery.
    func discoveryRefusal(
        _ error: AADSTSError, _ exchange: Exchange, at endpoint: ErrorEnvelope.Endpoint
    ) -> HTTPResponse {
        var headers = ServiceHeaders.discovery(exchange, cookie: cookieBytes())
        headers.append("x-ms-clitelem", "1,\(error.code),0,,")
        return HTTPResponse(
            status: exchange.envelope.status(error),
            json: .object(exchange.envelope.body(error, at: endpoint)), headers: headers)
    }

    /// A prepared JSON body with the headers of discovery.
    func discoveryAnswer(_ marks: ExchangeMarks, body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: 200, headers: ServiceHeaders.published(marks, cookie: cookieBytes()),
            body: body)
    }
}
