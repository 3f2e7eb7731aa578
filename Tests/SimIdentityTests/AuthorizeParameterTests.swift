import SimCore
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Authorize parameters — aadsts.md §5.2, §7")
struct AuthorizeParameterTests {
    enum Shown: Sendable {
        case page
        case redirect(String)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let app: String
        let tenant: String
        let changes: [String: String?]
        let code: Int
        let shown: Shown

        init(
            _ name: String, _ changes: [String: String?], app: String = "web",
            tenant: String = Fixture.tenant.description, _ code: Int, _ shown: Shown
        ) {
            testDescription = name
            self.changes = changes
            self.app = app
            self.tenant = tenant
            self.code = code
            self.shown = shown
        }
    }

    static let rows: [Row] = [
        Row("unknown tenant", [:], tenant: "nowhere.example", 90_002, .page),
        Row("empty tenant", [:], tenant: GUID.zero.description, 900_021, .page),
        Row("illegal tenant", [:], tenant: "x", 900_023, .page),
        Row("no client_id", ["client_id": nil], 900_144, .page),
        Row("unknown client", ["client_id": Fixture.id("x").description], 700_016, .page),
        Row("zero client", ["client_id": GUID.zero.description], 700_038, .page),
        Row("disabled client", [:], app: "disabled", 7_000_112, .page),
        Row("single-tenant app on common", [:], tenant: "common", 50_194, .page),
        Row("relative redirect_uri", ["redirect_uri": "/signin"], 90_102, .page),
        Row(
            "double-encoded redirect_uri", ["redirect_uri": "https%3A%2F%2Fweb.example"], 90_102,
            .page),
        Row("unregistered redirect_uri", ["redirect_uri": "https://evil.example/"], 50_011, .page),
        Row(
            "redirect_uri with another case", ["redirect_uri": "https://web.example/Signin"],
            50_011, .page),
        Row(
            "redirect_uri with a slash more", ["redirect_uri": "https://web.example/signin/"],
            50_011, .page),
        Row(
            "redirect_uri with user information",
            ["redirect_uri": "https://web.example@evil.example/signin"], 90_102, .page),
        Row(
            "redirect_uri with a line break",
            ["redirect_uri": "https://web.example/signin\r\nX: y"], 90_102, .page),
        Row("no redirect URIs at all", ["redirect_uri": nil], app: "daemon", 500_113, .page),
        Row("no response_type", ["response_type": nil], 900_144, .redirect("invalid_request")),
        Row("unknown response_type", ["response_type": "cod"], 70_005, .page),
        Row(
            "id_token is off", ["response_type": "id_token"], 700_054,
            .redirect("unsupported_response_type")),
        Row(
            "token is off", ["response_type": "token"], 700_051,
            .redirect("unsupported_response_type")),
        Row(
            "both are off: token first", ["response_type": "id_token token"], 700_051,
            .redirect("unsupported_response_type")),
        Row(
            "unknown response_mode", ["response_mode": "post"], 70_007,
            .redirect("invalid_request")),
        Row(
            "query with id_token", ["response_mode": "query", "response_type": "id_token"],
            app: "implicit", 70_007, .redirect("invalid_request")),
        Row("no scope", ["scope": nil], 900_144, .redirect("invalid_request")),
        Row(
            "malformed scope", ["scope": "api://orders/ openid"], 70_011,
            .redirect("invalid_scope")),
        Row(
            ".default beside a scope", ["scope": "api://orders/.default api://orders/read"],
            70_011, .redirect("invalid_scope")),
        Row("resource on v2", ["resource": "api://orders"], 901_002, .redirect("invalid_request")),
        Row(
            "no nonce with id_token", ["nonce": nil, "response_type": "id_token"],
            app: "implicit", 90_014, .page),
        Row("unknown prompt", ["prompt": "ask"], 90_023, .page),
        Row("two prompts", ["prompt": "select_account consent"], 90_023, .page),
        Row("request object", ["request": "e30.e30."], 90_023, .page),
        Row(
            "short challenge", ["code_challenge": String(repeating: "a", count: 42)], 501_491,
            .redirect("invalid_request")),
        Row(
            "long challenge", ["code_challenge": String(repeating: "a", count: 129)], 501_491,
            .redirect("invalid_request")),
        Row(
            "unknown challenge method", ["code_challenge_method": "S512"], 50_149,
            .redirect("invalid_request")),
        Row(
            "method without challenge", ["code_challenge": nil], 501_491,
            .redirect("invalid_request")),
        Row(
            "spa without challenge",
            [
                "code_challenge": nil, "code_challenge_method": nil,
                "redirect_uri": "https://spa.example/",
            ], app: "spa", 9_002_325, .redirect("invalid_request")),
        Row("claims that are no JSON", ["claims": "{"], 90_100, .redirect("invalid_request")),
        Row("claims that are no object", ["claims": "[]"], 90_100, .redirect("invalid_request")),
        Row("negative max_age", ["max_age": "-1"], 90_100, .redirect("invalid_request")),
        Row(
            "unknown resource", ["scope": "api://nothing/read"], 500_011,
            .redirect("invalid_resource")),
        Row(
            "unknown scope of a known resource", ["scope": "api://orders/fly"], 650_053,
            .redirect("access_denied")),
        Row("unknown Graph scope", ["scope": "Coffee.Brew"], 650_053, .redirect("access_denied")),
        Row("nobody signed in", ["prompt": "none"], 50_058, .redirect("login_required")),
        Row(
            "several resources for a token",
            ["response_type": "token", "scope": "api://orders/read User.Read"], app: "implicit",
            700_022, .redirect("invalid_scope")),
        // Two faults.
        Row("tenant before client", ["client_id": nil], tenant: "nowhere.example", 90_002, .page),
        Row(
            "client before address",
            ["client_id": Fixture.id("x").description, "redirect_uri": "https://evil.example/"],
            700_016, .page),
        Row(
            "address before response_type",
            ["redirect_uri": "https://evil.example/", "response_type": nil], 50_011, .page),
        Row(
            "response_type before scope", ["response_type": nil, "scope": nil], 900_144,
            .redirect("invalid_request")),
        Row(
            "scope syntax before prompt", ["scope": "a/", "prompt": "ask"], 70_011,
            .redirect("invalid_scope")),
        Row(
            "prompt before resource", ["scope": "api://nothing/read", "prompt": "ask"], 90_023,
            .page),
        Row(
            "resource before session", ["scope": "api://nothing/read", "prompt": "none"], 500_011,
            .redirect("invalid_resource")),
    ]

    @Test("are refused", arguments: rows)
    func refused(_ row: Row) throws {
        let browser = Browser()
        let response = try browser.get(
            browser.authorizeTarget(row.app, tenant: row.tenant, changing: row.changes))
        #expect(response.refusedWith == row.code)
        switch row.shown {
        case .page:
            #expect(response.status == 200)
            #expect(response.headers["Location"] == nil)
            #expect(response.text.contains("<title>Sign in to your account</title>"))
        case .redirect(let error):
            #expect(response.status == 302)
            let fields = try #require(response.redirected)
            #expect(fields["error"] == error)
            #expect(fields["state"] == "state 1")
            let names = fields.fields.map(\.name).filter { $0 != "error_uri" }
            #expect(names == ["error", "error_description", "state"])
        }
    }

    @Test("other verbs are refused with 900561 on a page")
    func verbs() throws {
        let browser = Browser()
        let response = try browser.send(
            HTTPRequest(method: .put, target: browser.authorizeTarget()))
        #expect(response.refusedWith == 900_561)
        #expect(response.text.contains("only accepts GET, POST requests. Received a PUT request."))
    }

    @Test("may come as a form too")
    func posted() throws {
        let browser = Browser()
        let target = browser.authorizeTarget()
        let query = try #require(target.split(separator: "?").last)
        let response = try browser.post(
            "/\(Fixture.tenant)/oauth2/v2.0/authorize", try FormFields(parsing: query))
        #expect(response.text.contains("ConvergedSignIn"))
    }

    @Test("unknown ones never fail, and telemetry is ignored")
    func unknown() throws {
        let browser = Browser()
        let response = try browser.get(
            browser.authorizeTarget(changing: [
                "x-client-SKU": "MSAL.Python", "X-AnchorMailbox": "UPN:a@b", "instance_aware": "1",
                "domain_hint": "organizations",
            ]))
        #expect(response.text.contains("name=\"login\""))
    }

    @Test("on an alias the client is judged once somebody has named themselves")
    func deferred() throws {
        let browser = Browser()
        let target = browser.authorizeTarget(
            "multi", tenant: "organizations", changing: ["redirect_uri": "https://evil.example/"])
        let first = try browser.get(target)
        #expect(first.refusedWith == nil)
        let second = try browser.submit(first, ["login": "ada@fabrikam.example"])
        #expect(second.refusedWith == 50_011)
        let silent = try browser.get(
            browser.authorizeTarget(
                "multi", tenant: "common",
                changing: ["redirect_uri": "https://evil.example/", "prompt": "none"]))
        #expect(silent.refusedWith == 50_011)
        #expect(silent.status == 200)
    }

    @Test("on an alias people of any tenant sign in to a multi-tenant app")
    func alias() throws {
        let browser = Browser()
        let answer = try browser.signIn(at: browser.authorizeTarget("multi", tenant: "common"))
        let code = try #require(answer.redirected?["code"])
        let body = try browser.redeem(code, app: "multi", tenant: "common").json
        #expect(try body.claims("id_token")["tid"]?.stringValue == Fixture.tenant.description)
    }

    @Test(
        "an address matches to the letter, but for the case of its host — §5.4",
        arguments: [
            ("https://WEB.Example/signin", true), ("https://web.example/Signin", false),
            ("https://web.example/signin/", false), ("https://web.example/signin?a=1", false),
            ("https://web.example:8443/signin", false), ("http://web.example/signin", false),
        ])
    func spelling(uri: String, matches: Bool) throws {
        let browser = Browser()
        let answer = try browser.get(
            browser.authorizeTarget(changing: ["redirect_uri": uri, "prompt": "none"]))
        #expect((answer.headers["Location"]?.hasPrefix(uri + "?") == true) == matches)
        #expect(answer.refusedWith == (matches ? 50_058 : 50_011))
    }

    @Test(
        "an app of one tenant is 50194 on an alias, whatever else is wrong — §5.1, §5.2",
        arguments: ["common", "organizations"])
    func singleTenant(alias: String) throws {
        let browser = Browser()
        for changes in [
            [:], ["redirect_uri": "https://elsewhere.example/"], ["response_type": nil],
            ["scope": nil], ["prompt": "none"], ["resource": "x"],
        ] as [[String: String?]] {
            let page = try browser.get(browser.authorizeTarget(tenant: alias, changing: changes))
            #expect(page.refusedWith == 50_194, "\(changes)")
            #expect(page.status == 200 && page.headers["Location"] == nil)
        }
        let code = try #require(try browser.signIn().redirected?["code"])
        for changes in [
            [:], ["client_secret": "guess"], ["redirect_uri": "https://elsewhere.example/"],
            ["code_verifier": nil], ["scope": "a/"],
        ] as [[String: String?]] {
            #expect(
                try browser.redeem(code, changing: changes, tenant: alias).refusedWith == 50_194,
                "\(changes)")
        }
        // Only what the request lacks, and what is no code at all, is told before. §5.1.
        #expect(
            try browser.redeem(code, changing: ["redirect_uri": nil], tenant: alias).refusedWith
                == 900_144)
        #expect(try browser.redeem("garbage", tenant: alias).refusedWith == 9_002_313)
        #expect(try browser.redeem(code).status == 200)
    }

    @Test(
        "loopback addresses match on every port, and hosts without case — §5.4",
        arguments: ["http://localhost:51234", "http://localhost/", "HTTP://LOCALHOST:1"])
    func loopback(uri: String) throws {
        let browser = Browser()
        let answer = try browser.signIn(
            at: browser.authorizeTarget(changing: ["redirect_uri": uri]))
        let location = try #require(answer.headers["Location"])
        #expect(location.hasPrefix(uri.hasSuffix("/") ? uri + "?" : uri + "/?"))
    }
}
