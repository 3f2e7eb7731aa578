import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// The requests whose faults the causes are.
extension Browser {
    /// client_credentials of `daemon` by its secret.
    func daemon(
        _ changes: [String: String?] = [:], tenant: String = Fixture.tenant.description,
        v1: Bool = false, headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        try request(
            "token",
            [
                "grant_type": "client_credentials", "scope": "api://orders/.default",
                "client_id": Fixture.app("daemon").description, "client_secret": "daemon-secret",
            ], changes, tenant: tenant, v1: v1, headers: headers)
    }

    /// The password grant of `console` for `user`.
    func password(
        _ user: String = "ada", _ changes: [String: String?] = [:],
        tenant: String = Fixture.tenant.description
    ) throws -> HTTPResponse {
        let person: [String: String?] = [
            "username": "\(user)@fabrikam.example", "password": "pw-\(user)",
        ]
        return try request(
            "token", PasswordGrantTests.values, person.merging(changes) { $1 }, tenant: tenant)
    }

    /// An authorization request, nobody signed in.
    func authorize(
        _ changes: [String: String?] = [:], app: String = "web",
        tenant: String = Fixture.tenant.description, v1: Bool = false,
        headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        try get(authorizeTarget(app, tenant: tenant, v1: v1, changing: changes), headers)
    }

    /// A code of a fresh sign-in.
    func code(
        _ app: String = "web", _ changes: [String: String?] = [:]
    ) throws -> String {
        try #require(
            try signIn(at: authorizeTarget(app, changing: changes)).redirected?["code"])
    }

    static let pageOrigin: HTTPHeaders = ["Origin": "https://spa.example"]

    func pageCode(_ changes: [String: String?] = [:]) throws -> String {
        try code("spa", ["redirect_uri": "https://spa.example/"].merging(changes) { $1 })
    }

    func redeemPage(
        _ code: String, _ changes: [String: String?] = [:],
        headers: HTTPHeaders = pageOrigin
    ) throws -> HTTPResponse {
        let own: [String: String?] = [
            "redirect_uri": "https://spa.example/", "client_secret": nil,
        ]
        return try redeem(
            code, app: "spa", changing: own.merging(changes) { $1 }, headers: headers)
    }

    func refreshToken(_ user: String = "ada", app: String = "web") throws -> String {
        try #require(try tokens(user, app: app)["refresh_token"]?.stringValue)
    }

    func refresh(
        _ token: String, _ changes: [String: String?] = [:], app: String = "web",
        tenant: String = Fixture.tenant.description, headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        try request(
            "token",
            [
                "grant_type": "refresh_token", "refresh_token": token,
                "client_id": Fixture.app(app).description, "client_secret": Fixture.webSecret,
            ], changes, tenant: tenant, headers: headers)
    }

    /// A token with which a person's client calls `api`.
    func called(_ api: String = "gateway", member: String = "access_token") throws -> String {
        let body = try password("ada", ["scope": "api://\(api)/call openid"]).json
        return try #require(body[member]?.stringValue)
    }

    func onBehalfOf(
        _ assertion: String, _ changes: [String: String?] = [:]
    ) throws -> HTTPResponse {
        try request(
            "token",
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "client_id": Fixture.app("gateway").description,
                "client_secret": Fixture.webSecret, "assertion": assertion,
                "requested_token_use": "on_behalf_of", "scope": "api://orders/.default",
            ], changes)
    }

    /// A device's request for codes.
    func device(
        _ changes: [String: String?] = [:], tenant: String = Fixture.tenant.description
    ) throws -> HTTPResponse {
        try request(
            "devicecode",
            [
                "client_id": Fixture.app("console").description,
                "scope": DeviceFlowTests.scope,
            ], changes, tenant: tenant)
    }

    func poll(_ code: String?, _ changes: [String: String?] = [:]) throws -> HTTPResponse {
        try request(
            "token",
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                "client_id": Fixture.app("console").description, "device_code": code,
            ], changes)
    }

    func enter(_ userCode: String) throws -> HTTPResponse {
        try submit(try get("/common/oauth2/deviceauth"), ["otc": userCode])
    }

    /// From the typed code to the page that names the application.
    func confirmation(_ userCode: String) throws -> HTTPResponse {
        let password = try submit(try enter(userCode), ["login": "ada@fabrikam.example"])
        return try finish(try submit(password, ["passwd": "pw-ada"]))
    }

    func append(_ events: TenantEvent...) throws { try tenant.append(events, at: now) }

    func edit(
        _ app: String, _ change: (inout AppRegistration) -> Void
    ) throws {
        var registration = try #require(
            tenant.snapshot().application(appID: Fixture.app(app)))
        change(&registration)
        try append(.applicationChanged(registration))
    }

    func set(_ user: String, _ name: String, _ value: JSONValue) throws {
        try append(.userChanged(Fixture.user(user), [AttributeChange(name, value)]))
    }

    /// Makes `multi` known in the other tenant.
    func settleMultiElsewhere() throws {
        try other.append(
            [
                .servicePrincipalCreated(
                    ServicePrincipal(
                        id: Fixture.principal("multi there"), appID: Fixture.app("multi"),
                        displayName: "Multi", createdAt: Fixture.start))
            ], at: now)
    }

    /// A client assertion of `daemon`, with claims and header changed.
    func assertion(
        header: [String: JSONValue?] = [:], claims: [String: JSONValue?] = [:],
        signedBy key: SigningKey = Fixture.clientKey, app: String = "daemon"
    ) throws -> String {
        let id = JSONValue.string(Fixture.app(app).description)
        var head: JSONObject = ["alg": "RS256", "typ": "JWT", "x5t": .string(key.kid)]
        var body: JSONObject = [
            "aud": .string("\(Fixture.origin)/\(Fixture.tenant)/oauth2/v2.0/token"), "iss": id,
            "sub": id, "jti": "1", "nbf": .int(now.seconds), "exp": .int(now.seconds + 600),
        ]
        for (name, value) in header { head[name] = value }
        for (name, value) in claims { body[name] = value }
        return try key.signToken(header: .custom(head), claims: body)
    }

    /// `daemon` with an assertion in place of its secret.
    func prove(_ assertion: String, app: String = "daemon") throws -> HTTPResponse {
        try daemon([
            "client_secret": nil, "client_assertion": assertion,
            "client_assertion_type": ClientCredential.assertionType,
            "client_id": Fixture.app(app).description,
        ])
    }

    /// `daemon` with a certificate of its own making.
    func proveByKey(
        bits: Int = 2_048, from: Timestamp = Fixture.start - .days(1),
        until: Timestamp = Fixture.start + .days(9)
    ) throws -> HTTPResponse {
        let key = try RSAPrivateKey.generate(bits: bits)
        let signing = try SigningKey(
            privateKey: key,
            certificate: try Certificate.selfSigned(
                rsa: key, commonName: "another", serial: [7], from: from, to: until))
        try edit("daemon") {
            $0.keyCredentials = [
                .init(
                    keyID: CredentialID(Fixture.id("another key")), displayName: "another",
                    certificate: signing.certificate.der, startsAt: Fixture.start - .days(9),
                    endsAt: Fixture.start + .days(90))
            ]
        }
        return try prove(try assertion(signedBy: signing))
    }

    /// `daemon`, which trusts one outer issuer, with a token of that issuer's making.
    func federate(
        _ claims: [String: JSONValue?] = [:], trusting issuer: String? = issuer
    ) throws -> HTTPResponse {
        try edit("daemon") {
            $0.federatedCredentials =
                issuer.map { [.init(name: "ci", issuer: $0, subject: "job")] } ?? []
        }
        let own: [String: JSONValue?] = [
            "iss": .string(Self.issuer), "sub": "job", "aud": "api://AzureADTokenExchange",
        ]
        return try prove(
            try assertion(claims: own.merging(claims) { $1 }, signedBy: Fixture.strangerKey))
    }

    static let issuer = "https://ci.example"
}
