import SimCore
import SimDirectory
import SimHTTP

@testable import SimIdentity

/// Verb, body, tenant, parameters. aadsts.md §5.1 rows 1 to 6, §6.1.
extension NaturalCause {
    static let requests: [NaturalCause] = [
        .init(900_561, "GET on the token endpoint", .json("invalid_request")) {
            try $0.get($0.tokenTarget)
        },
        .init(90_121, "a token request without a body", .json("invalid_request")) {
            try $0.post($0.tokenTarget, [:])
        },
        .init(900_144, "no grant_type", .json("invalid_request")) {
            try $0.daemon(["grant_type": nil])
        },
        .init(70_003, "an unknown grant_type", .json("unsupported_grant_type")) {
            try $0.daemon(["grant_type": "wish"])
        },
        .init(90_014, "client_credentials without scope", .json("invalid_request")) {
            try $0.daemon(["scope": nil])
        },
        .init(500_013, "v1 client_credentials without resource", .json("invalid_resource")) {
            try $0.daemon(["scope": nil], v1: true)
        },
        .init(901_002, "resource on v2", .json("invalid_request")) {
            try $0.daemon(["resource": "api://orders"])
        },
        .init(900_023, "a tenant that is no domain", .json("invalid_request")) {
            try $0.daemon(tenant: "fabrikam")
        },
        .init(900_021, "the zero GUID as tenant", .json("invalid_request")) {
            try $0.daemon(tenant: GUID.zero.description)
        },
        .init(90_002, "a tenant nobody has", .json("invalid_request")) {
            try $0.daemon(tenant: "nowhere.example")
        },
        .init(90_019, "no tenant in the path at all", .json("invalid_request")) {
            try $0.post("/oauth2/v2.0/token", ["grant_type": "client_credentials"])
        },
        .init(50_059, "client_credentials on common", .json("invalid_request")) {
            try $0.daemon(tenant: "common")
        },
        .init(9_001_023, "a password on common", .json("invalid_request")) {
            try $0.password(tenant: "common")
        },
        .init(90_027, "v1 on consumers", .page) {
            try $0.authorize(app: "multi", tenant: "consumers", v1: true)
        },
        .init(50_049, "instance discovery for a foreign host", .json("invalid_instance")) {
            try $0.get(
                "/common/discovery/instance?api-version=1.1&authorization_endpoint="
                    + "https://evil.example/common/oauth2/authorize")
        },
        .init(50_050, "instance discovery for nothing", .json("invalid_request")) {
            try $0.get("/common/discovery/instance?api-version=1.1")
        },
        .init(50_000, "the log refuses what must be kept", .json("server_error", status: 500)) {
            let request = HTTPRequest(
                method: .post, target: "/\(Fixture.tenant)/oauth2/v2.0/devicecode",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(
                    "client_id=\(Fixture.app("console"))&scope=openid".utf8))
            guard case .commit(let commit)? = $0.platform.handle(request, now: $0.now) else {
                return try $0.device()
            }
            return commit.then(.refused)
        },
    ]

    /// The client and its instance in the tenant. aadsts.md §5.1 row 8.
    static let clients: [NaturalCause] = [
        .init(700_038, "the zero GUID as client", .json("unauthorized_client")) {
            try $0.daemon(["client_id": GUID.zero.description])
        },
        .init(700_016, "a client nobody registered", .json("unauthorized_client")) {
            try $0.daemon(["client_id": "no guid"])
        },
        .init(
            7_000_229, "a registration without a service principal",
            .json("invalid_client", status: 401)
        ) {
            try $0.append(.servicePrincipalDeleted(Fixture.principal("daemon")))
            return try $0.daemon()
        },
        .init(7_000_112, "a disabled service principal", .json("unauthorized_client")) {
            try $0.daemon(["client_id": Fixture.app("disabled").description])
        },
        .init(50_194, "a single-tenant app on common", .page) {
            try $0.authorize(tenant: "common")
        },
        .init(9_002_332, "an app of organizations on consumers", .page) {
            try $0.authorize(app: "multi", tenant: "consumers")
        },
        .init(9_002_346, "an app for personal accounts in a tenant", .json("invalid_request")) {
            try $0.edit("daemon") { $0.signInAudience = .personal }
            return try $0.daemon()
        },
        .init(9_002_325, "a single-page app without PKCE", .redirect("invalid_request")) {
            try $0.authorize(
                [
                    "redirect_uri": "https://spa.example/", "code_challenge": nil,
                    "code_challenge_method": nil,
                ], app: "spa")
        },
        .init(9_002_326, "a web client's code from a script", .json("invalid_request")) {
            try $0.redeem(try $0.code(), headers: Browser.pageOrigin)
        },
        .init(9_002_327, "a page's code from a server", .json("invalid_request")) {
            try $0.redeemPage(try $0.pageCode(), headers: [:])
        },
        .init(9_002_328, "a page that sends a secret", .json("invalid_request")) {
            try $0.redeemPage(try $0.pageCode(), ["client_secret": "x"])
        },
    ]

    /// Secrets. aadsts.md §5.1 row 9.
    static let secrets: [NaturalCause] = [
        .init(
            7_000_216, "client_credentials without a credential",
            .json("invalid_client", status: 401)
        ) { try $0.daemon(["client_secret": nil]) },
        .init(
            7_000_218, "a web client without a credential", .json("invalid_client", status: 401)
        ) { try $0.redeem(try $0.code(), changing: ["client_secret": nil]) },
        .init(7_000_215, "a wrong secret", .json("invalid_client", status: 401)) {
            try $0.daemon(["client_secret": "guess"])
        },
        .init(7_000_222, "a secret that has ended", .json("invalid_client", status: 401)) {
            $0.now = $0.now + .days(61)
            return try $0.daemon()
        },
        .init(700_025, "a public client with a secret", .json("invalid_client", status: 401)) {
            try $0.password("ada", ["client_secret": "x"])
        },
    ]
}
