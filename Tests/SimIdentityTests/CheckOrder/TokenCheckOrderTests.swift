import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Two faults at once at the token endpoint: the order of aadsts.md §5.1")
struct TokenCheckOrderTests {
    /// The first rows are the same for every grant.
    private static let place: [Fault] = [
        .method(.put),
        Fault(90_121, "no body", needs: ["field *"]) { $0.fields = [:] },
        .tenant(900_023, "x"), .tenant(900_021, GUID.zero.description),
        .tenant(90_002, "nowhere.example"), .missing("grant_type"),
        .fields(70_003, "unknown grant", ["grant_type": "magic"]),
    ]
    private static let anyone = [Fault.missing("client_id")]
    private static let client: [Fault] = [
        .fields(700_038, "zero client", ["client_id": GUID.zero.description]),
        .fields(700_016, "unknown client", ["client_id": Fixture.id("x").description]),
    ]
    private static let foreignResource = Fault.fields(
        901_002, "resource on v2", ["resource": "api://orders"])
    private static let secrets: [Fault] = [
        .fields(7_000_218, "no secret", ["client_secret": nil]),
        .fields(7_000_215, "wrong secret", ["client_secret": "guess"]),
        .fields(7_000_222, "expired secret", ["client_secret": Fixture.expiredSecret])
            .needing("expired secret"),
    ]
    private static let crossOrigin = Fault(9_002_326, "from a browser", needs: ["origin"]) {
        $0.headers.append("Origin", "https://elsewhere.example")
    }
    /// Another application is another registration: what is wrong with the first is gone.
    private static let anotherClient = Fault.fields(
        700_007, "of another client", ["client_id": Fixture.app("multi").description]
    ).needing("tenant", "disabled principal", "expired secret")
    private static let scopes: [Fault] = [
        .fields(70_011, "malformed scope", ["scope": "a/"]),
        .fields(28_000, "two resources", ["scope": "api://orders/read User.Read"]),
        .fields(500_011, "unknown resource", ["scope": "api://nothing/read"]),
    ]
    private static func rights(_ app: String) -> [Fault] {
        [
            .guardedApp(app), .fields(65_001, "no consent", ["scope": "api://orders/write"]),
            .blocked, .secondFactor,
        ]
    }

    static let code: [Fault] =
        place + anyone + [.missing("code"), .missing("redirect_uri"), foreignResource]
        + [.fields(9_002_313, "garbage", ["code": "garbage"])] + client
        + [.tenant(50_194, "organizations"), .disabledApp("web")] + secrets + [crossOrigin]
        + [
            anotherClient,
            .fields(500_112, "another address", ["redirect_uri": "https://web.example/other"]),
            .fields(50_148, "no verifier", ["code_verifier": nil]),
            .fields(
                501_481, "wrong verifier",
                ["code_verifier": String(repeating: "x", count: 43)]),
            .late(70_008, .seconds(601)), .revoked, .deleted, .disabled,
        ] + scopes + rights("web").dropLast(2)

    static let refresh: [Fault] =
        place + anyone + [.missing("refresh_token"), foreignResource]
        + [.fields(9_002_313, "garbage", ["refresh_token": "garbage"])] + client
        + [.tenant(50_194, "organizations"), .disabledApp("web")] + secrets + [crossOrigin]
        + [
            anotherClient,
            .late(700_082, .days(90)), .revoked, .deleted, .disabled,
            .fields(70_011, "malformed scope", ["scope": "a/"]),
            .fields(500_011, "unknown resource", ["scope": "api://nothing/read"]),
        ] + rights("web")

    static let clientCredentials: [Fault] =
        place + [.tenant(50_059, "organizations")] + anyone
        + [.missing("scope", 90_014), foreignResource] + client + [.disabledApp("daemon")]
        + [
            .fields(7_000_216, "no secret", ["client_secret": nil]),
            .fields(7_000_215, "wrong secret", ["client_secret": "guess"]), crossOrigin,
            .fields(70_011, "malformed scope", ["scope": "a/"]),
            .fields(1_002_012, "no .default", ["scope": "api://orders/read"]),
            .fields(500_011, "unknown resource", ["scope": "api://nothing/.default"]),
            .fields(501_051, "not assigned", ["scope": "api://guarded/.default"]),
        ]

    static let password: [Fault] =
        place + [.tenant(9_001_023, "common")] + anyone
        + [.missing("username", 90_014), .missing("password", 90_014), foreignResource] + client
        + [.tenant(50_194, "organizations"), .disabledApp("console")]
        + [.fields(700_025, "a secret", ["client_secret": "x"]), crossOrigin]
        + [
            .fields(50_034, "unknown person", ["username": "zed@fabrikam.example"]),
            .happened(50_053, "locked", needs: ["factor"]) { browser in
                try browser.tenant.append(
                    [
                        .userCredentialChanged(
                            Fixture.user("ada"),
                            UserCredential(
                                password: "pw-ada", lockedUntil: Fixture.start + .days(1)))
                    ], at: browser.now)
            },
            .fields(50_126, "wrong password", ["password": "guess"]),
            .happened(50_055, "expired", needs: ["factor"]) { browser in
                try browser.tenant.append(
                    [
                        .userCredentialChanged(
                            Fixture.user("ada"),
                            UserCredential(password: "pw-ada", isExpired: true))
                    ], at: browser.now)
            },
            .disabled,
        ] + scopes + rights("console")

    /// A token with these claims, of the tenant, that nobody has signed.
    private static func token(_ claims: String) -> String {
        let header = Base64.urlEncode(Array(#"{"typ":"JWT","alg":"RS256","kid":"x"}"#.utf8))
        let claims = #"{"tid":"\#(Fixture.tenant)",\#(claims)}"#
        return "\(header).\(Base64.urlEncode(Array(claims.utf8))).AAAA"
    }

    static let onBehalfOf: [Fault] =
        place + anyone
        + [
            .missing("assertion"), .missing("requested_token_use"), .missing("scope"),
            foreignResource, .fields(50_027, "no JWT", ["assertion": "garbage"]),
        ] + client + [.tenant(50_194, "organizations"), .disabledApp("gateway")]
        + secrets.dropLast()
        + [
            crossOrigin,
            .fields(240_002, "an ID token", ["assertion": token(#""aud":"x""#)]),
            .fields(
                7_000_114, "an app's own token",
                ["assertion": token(#""aud":"x","azp":"y","oid":"z","sub":"z""#)]),
            .fields(
                500_131, "for another API", ["client_id": Fixture.app("hub").description]
            ).needing("tenant", "disabled principal"),
            .fields(
                50_013, "a forged token",
                [
                    "assertion": token(
                        #""aud":"\#(Fixture.app("gateway"))","azp":"y","oid":"z","sub":"s""#)
                ]),
            .late(500_133, .hours(2)), .deleted, .disabled,
        ] + scopes + rights("gateway")

    static let deviceCode: [Fault] =
        place + anyone + [.missing("device_code"), foreignResource] + client
        + [.tenant(50_194, "organizations"), .disabledApp("console")]
        + [.fields(700_025, "a secret", ["client_secret": "x"]), crossOrigin]
        + [
            .fields(70_018, "unknown code", ["device_code": "garbage"]),
            .late(70_020, .minutes(15)),
        ]

    enum Grant: CaseIterable {
        case code, refresh, clientCredentials, password, onBehalfOf, deviceCode

        var order: [Fault] {
            switch self {
            case .code: TokenCheckOrderTests.code
            case .refresh: TokenCheckOrderTests.refresh
            case .clientCredentials: TokenCheckOrderTests.clientCredentials
            case .password: TokenCheckOrderTests.password
            case .onBehalfOf: TokenCheckOrderTests.onBehalfOf
            case .deviceCode: TokenCheckOrderTests.deviceCode
            }
        }

        /// The form of a request that would succeed.
        func fields(_ browser: Browser) throws -> [String: String?] {
            let web: [String: String?] = [
                "client_id": Fixture.app("web").description, "client_secret": Fixture.webSecret,
            ]
            switch self {
            case .code:
                return web.merging([
                    "grant_type": "authorization_code",
                    "code": try #require(try browser.signIn().redirected?["code"]),
                    "redirect_uri": Fixture.callback, "code_verifier": Browser.verifier,
                ]) { $1 }
            case .refresh:
                return web.merging([
                    "grant_type": "refresh_token",
                    "refresh_token": try browser.tokens()["refresh_token"]?.stringValue,
                ]) { $1 }
            case .clientCredentials:
                return [
                    "grant_type": "client_credentials", "client_secret": "daemon-secret",
                    "client_id": Fixture.app("daemon").description,
                    "scope": "api://orders/.default",
                ]
            case .password: return PasswordGrantTests.values
            case .onBehalfOf:
                let called = try browser.request(
                    "token", PasswordGrantTests.values, ["scope": "api://gateway/call openid"]
                ).json
                return [
                    "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "client_id": Fixture.app("gateway").description,
                    "client_secret": Fixture.webSecret, "requested_token_use": "on_behalf_of",
                    "assertion": called["access_token"]?.stringValue,
                    "scope": "api://orders/.default openid",
                ]
            case .deviceCode:
                let client = Fixture.app("console").description
                let started = try browser.request(
                    "devicecode", ["client_id": client, "scope": "api://orders/read"]
                ).json
                return [
                    "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                    "client_id": client, "device_code": started["device_code"]?.stringValue,
                ]
            }
        }

        private static let prepared = Dictionary(
            uniqueKeysWithValues: allCases.map { grant in
                (grant, Result { try grant.fields(Browser()) })
            })

        func send(_ other: Fault?, _ fault: Fault) throws -> Int? {
            let browser = Browser()
            // What one world sealed the next can open; only a device's code is in its log.
            let made = try self == .deviceCode ? fields(browser) : Self.prepared[self]?.get()
            var attempt = Attempt(method: .post, fields: try #require(made))
            other?.change(&attempt)
            fault.change(&attempt)
            browser.now = browser.now + attempt.later
            for event in attempt.before { try event(browser) }
            var headers = attempt.headers
            headers.append("Content-Type", "application/x-www-form-urlencoded")
            let request = HTTPRequest(
                method: attempt.method, target: "/\(attempt.tenant)/oauth2/v2.0/token",
                headers: headers, body: Array(attempt.form.encoded().utf8))
            return try browser.send(request).refusedWith
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let grant: Grant
        let fault: Fault
        var testDescription: String { "\(grant): \(fault.testDescription)" }
    }

    static let cases: [Case] = Grant.allCases.flatMap { grant in
        grant.order.map { Case(grant: grant, fault: $0) }
    }

    @Test("the earlier one is told", arguments: cases)
    func earlier(_ row: Case) throws {
        let found = try CheckOrder.violations(
            of: row.fault, in: row.grant.order, send: row.grant.send)
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("pairs are not few")
    func count() {
        let pairs = Grant.allCases.map { grant in
            grant.order.indices.map { place in
                grant.order[(place + 1)...].filter(grant.order[place].fits).count
            }.reduce(0, +)
        }
        #expect(pairs.reduce(0, +) >= 1_000)
    }
}
