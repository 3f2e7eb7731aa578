import SimCore
import SimDirectory
import SimHTTP

@testable import SimIdentity

/// Where an authorization request comes from and answers to. aadsts.md §5.2 rows 3 to 6, §7.
extension NaturalCause {
    static let authorizations: [NaturalCause] = [
        .init(90_015, "a query of 33,000 bytes", .page) {
            try $0.authorize(["state": String(repeating: "s", count: 33_000)])
        },
        .init(50_107, "whr names a realm nobody has", .page) {
            try $0.authorize(["whr": "nowhere.example"])
        },
        .init(50_029, "whr is no domain", .page) { try $0.authorize(["whr": "not a domain"]) },
        .init(500_021, "a proxy that forbids the tenant", .page) {
            try $0.authorize(headers: ["Restrict-Access-To-Tenants": "contoso.example"])
        },
        .init(90_102, "a relative redirect_uri", .page) {
            try $0.authorize(["redirect_uri": "/signin"])
        },
        .init(500_113, "an app without addresses", .page) {
            try $0.authorize(["redirect_uri": nil], app: "daemon")
        },
        .init(50_011, "an address nobody registered", .page) {
            try $0.authorize(["redirect_uri": "https://evil.example/"])
        },
        .init(500_117, "a registered address without encryption", .page) {
            let uri = "http://web.example/signin"
            try $0.edit("web") { $0.redirectURIs = [.init(uri: uri, platform: .web)] }
            return try $0.authorize(["redirect_uri": uri])
        },
        .init(90_023, "an unknown prompt", .page) { try $0.authorize(["prompt": "ask"]) },
        .init(50_058, "prompt=none, nobody signed in", .redirect("login_required")) {
            try $0.authorize(["prompt": "none"])
        },
        .init(65_001, "prompt=none, nobody consented", .redirect("consent_required")) {
            _ = try $0.signIn()
            return try $0.authorize(["prompt": "none", "scope": "api://orders/write"])
        },
        .init(50_105, "prompt=none, not assigned", .redirect("interaction_required")) {
            _ = try $0.signIn("ben")
            return try $0.authorize(["prompt": "none"], app: "closed")
        },
    ]

    /// Response type and mode, PKCE, claims.
    static let responses: [NaturalCause] = [
        .init(900_144, "no response_type", .redirect("invalid_request")) {
            try $0.authorize(["response_type": nil])
        },
        .init(70_005, "an unknown response_type", .page) {
            try $0.authorize(["response_type": "cod"])
        },
        .init(700_054, "ID tokens are off", .redirect("unsupported_response_type")) {
            try $0.authorize(["response_type": "id_token"])
        },
        .init(700_051, "access tokens are off", .redirect("unsupported_response_type")) {
            try $0.authorize(["response_type": "token"])
        },
        .init(70_007, "query for an ID token", .redirect("invalid_request")) {
            try $0.authorize(
                ["response_mode": "query", "response_type": "id_token"], app: "implicit")
        },
        .init(501_491, "a challenge of 42 characters", .redirect("invalid_request")) {
            try $0.authorize(["code_challenge": String(repeating: "c", count: 42)])
        },
        .init(50_149, "an unknown challenge method", .redirect("invalid_request")) {
            try $0.authorize(["code_challenge_method": "S512"])
        },
        .init(90_100, "claims that are no JSON", .redirect("invalid_request")) {
            try $0.authorize(["claims": "{"])
        },
    ]

    /// Scopes and resources.
    static let scopes: [NaturalCause] = [
        .init(70_011, "a malformed scope", .redirect("invalid_scope")) {
            try $0.authorize(["scope": "api://orders/"])
        },
        .init(700_022, "an access token for two resources", .redirect("invalid_scope")) {
            try $0.authorize(
                ["response_type": "token", "scope": "api://orders/read User.Read"],
                app: "implicit")
        },
        .init(500_011, "a resource nobody has", .redirect("invalid_resource")) {
            try $0.authorize(["scope": "api://nothing/read"])
        },
        .init(500_014, "a resource that is disabled", .json("invalid_resource")) {
            var api = ServicePrincipal(
                id: Fixture.principal("api"), appID: Fixture.app("api"), displayName: "Api",
                createdAt: Fixture.start)
            api.accountEnabled = false
            try $0.append(.servicePrincipalChanged(api))
            return try $0.daemon()
        },
        .init(650_053, "a scope the resource does not have", .redirect("access_denied")) {
            try $0.authorize(["scope": "api://orders/fly"])
        },
        .init(90_009, "an app asks for itself by its address", .json("invalid_request")) {
            try $0.edit("daemon") { $0.identifierURIs = ["api://itself"] }
            return try $0.daemon(["scope": "api://itself/.default"])
        },
        .init(1_002_012, "client_credentials for one scope", .json("invalid_scope")) {
            try $0.daemon(["scope": "api://orders/read"])
        },
        .init(501_051, "a resource that wants an assignment", .json("invalid_grant")) {
            try $0.daemon(["scope": "api://guarded/.default"])
        },
    ]
}
