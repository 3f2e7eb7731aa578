import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Two faults at once at the authorize endpoint: the order of aadsts.md §5.2")
struct AuthorizeCheckOrderTests {
    /// Rows 1 to 11 in the documented order, of a silent request in the session of a person.
    static let order: [Fault] = [
        .method(.put),
        Fault(
            50_196, "the same request 15 times", needs: ["session", "field *", "tenant"]
        ) { attempt in
            attempt.before.insert(
                { for _ in 0..<15 { _ = try $0.get($0.authorizeTarget()) } }, at: 0)
        },
        .tenant(900_023, "x"), .tenant(900_021, GUID.zero.description),
        .tenant(90_002, "nowhere.example"),
        .missing("client_id"),
        .fields(700_016, "unknown client", ["client_id": Fixture.id("x").description]),
        .tenant(50_194, "common"), .tenant(50_194, "organizations"),
        .tenant(9_002_332, "consumers"),
        .disabledApp("web"),
        .fields(90_102, "relative address", ["redirect_uri": "/signin"]),
        .fields(50_011, "unregistered address", ["redirect_uri": "https://evil.example/"]),
        .missing("response_type"), .fields(70_005, "unknown type", ["response_type": "cod"]),
        .fields(700_051, "token is off", ["response_type": "code token"]),
        .fields(700_054, "id_token is off", ["response_type": "code id_token"]),
        .fields(70_007, "unknown mode", ["response_mode": "post"]),
        .missing("scope"), .fields(70_011, "malformed scope", ["scope": "a/"]),
        Fault(90_014, "no nonce", needs: ["field nonce", "field response_type"]) { attempt in
            attempt.fields["nonce"] = .some(nil)
            attempt.fields["response_type"] = "code id_token"
            attempt.before.append(enableIDTokens)
        },
        .fields(90_023, "unknown prompt", ["prompt": "ask"]),
        Fault(9_002_325, "no challenge", needs: ["field code_challenge", "field redirect_uri"]) {
            $0.fields["code_challenge"] = .some(nil)
            $0.fields["redirect_uri"] = "https://web.example/spa"
            $0.before.append(addSinglePageAddress)
        },
        .fields(50_149, "unknown method", ["code_challenge_method": "S512"]),
        .fields(501_491, "short challenge", ["code_challenge": "short"]),
        .fields(90_100, "claims", ["claims": "{"]),
        .fields(500_011, "unknown resource", ["scope": "api://nothing/read"]),
        .fields(650_053, "unknown scope", ["scope": "api://orders/fly"]),
        .happened(50_058, "nobody is signed in", needs: ["session"]) { $0.forgetCookies() },
        .disabled,
    ]

    private static let enableIDTokens: @Sendable (Browser) throws -> Void = { browser in
        try change(browser) { $0.enablesIDTokenIssuance = true }
    }

    private static let addSinglePageAddress: @Sendable (Browser) throws -> Void = { browser in
        try change(browser) {
            $0.redirectURIs.append(.init(uri: "https://web.example/spa", platform: .spa))
        }
    }

    private static func change(
        _ browser: Browser, _ change: (inout AppRegistration) -> Void
    ) throws {
        var web = try #require(browser.tenant.snapshot().application(appID: Fixture.app("web")))
        change(&web)
        try browser.tenant.append([.applicationChanged(web)], at: browser.now)
    }

    /// What a sign-in leaves in the browser: sealed, so that every world can read it.
    private static let session = Result {
        let browser = Browser()
        _ = try browser.signIn()
        return browser.cookies
    }

    private static func send(_ other: Fault?, _ fault: Fault) throws -> Int? {
        let browser = Browser()
        for cookie in try session.get() { browser.setCookie(cookie.name, cookie.value) }
        var attempt = Attempt(
            method: .get,
            fields: [
                "client_id": Fixture.app("web").description, "response_type": "code",
                "redirect_uri": Fixture.callback, "scope": "openid profile offline_access",
                "state": "state 1", "nonce": "nonce-1", "code_challenge": Browser.challenge,
                "code_challenge_method": "S256", "client_info": "1", "prompt": "none",
            ])
        other?.change(&attempt)
        fault.change(&attempt)
        browser.now = browser.now + attempt.later
        for event in attempt.before { try event(browser) }
        var target = "/\(attempt.tenant)/oauth2/v2.0/authorize?\(attempt.form.encoded())"
        // The loop guard counts one and the same request.
        if fault.code == 50_196 { target = browser.authorizeTarget() }
        return try browser.send(HTTPRequest(method: attempt.method, target: target)).refusedWith
    }

    @Test("the earlier one is told", arguments: order)
    func earlier(_ fault: Fault) throws {
        let found = try CheckOrder.violations(of: fault, in: Self.order, send: Self.send)
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    /// Rows 10 to 15 as a person meets them: page by page.
    @Test("pages come in the documented order: person, policy, assignment, consent")
    func pages() throws {
        let steps: [(Fault, Int)] = [
            (.disabled, 50_057), (.blocked, 53_003), (.guardedApp("web"), 50_105),
        ]
        for (place, (fault, code)) in steps.enumerated() {
            let browser = Browser()
            var attempt = Attempt(method: .get, fields: [:])
            for (other, _) in steps[place...] { other.change(&attempt) }
            _ = fault
            for event in attempt.before { try event(browser) }
            let page = try browser.enterPassword(
                "ada", "pw-ada",
                at: browser.authorizeTarget(changing: ["scope": "api://orders/write"]))
            #expect(try browser.finish(page).refusedWith == code)
        }
        let browser = Browser()
        let page = try browser.signIn(
            at: browser.authorizeTarget(changing: ["scope": "api://orders/write"]))
        #expect(page.text.contains("Permissions requested"))
    }
}
