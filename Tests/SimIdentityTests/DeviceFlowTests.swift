import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("device code — RFC 8628, identity-platform.md §3.6, aadsts.md §6.6")
struct DeviceFlowTests {
    static let scope = "api://orders/read openid profile offline_access"

    private func started(
        _ browser: Browser, app: String = "console",
        tenant: String = Fixture.tenant.description, scope: String = scope
    ) throws -> JSONObject {
        try browser.request(
            "devicecode", ["client_id": Fixture.app(app).description, "scope": scope],
            tenant: tenant
        ).json
    }

    private func poll(
        _ browser: Browser, _ code: String?, _ changes: [String: String?] = [:],
        tenant: String = Fixture.tenant.description
    ) throws -> HTTPResponse {
        try browser.request(
            "token",
            [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                "client_id": Fixture.app("console").description, "device_code": code,
                "client_info": "1",
            ], changes, tenant: tenant)
    }

    /// Types the code and signs in, up to the question whether the application is trusted.
    private func confirmation(
        _ browser: Browser, _ userCode: String, user: String = "ada"
    ) throws -> HTTPResponse {
        let entry = try browser.get("/common/oauth2/deviceauth")
        let name = try browser.submit(entry, ["otc": userCode])
        let password = try browser.submit(name, ["login": "\(user)@fabrikam.example"])
        return try browser.finish(try browser.submit(password, ["passwd": "pw-\(user)"]))
    }

    @Test("v2 answers with the documented members in their order; the address is ours")
    func body() throws {
        let browser = Browser()
        let body = try started(browser)
        #expect(
            body.members.map(\.name) == [
                "user_code", "device_code", "verification_uri", "expires_in", "interval",
                "message",
            ])
        #expect(body["verification_uri"] == "https://localhost:8443/device")
        #expect(body["expires_in"] == 900)
        #expect(body["interval"] == 5)
        let code = try #require(body["user_code"]?.stringValue)
        #expect(code.count == 9)
        #expect(code.allSatisfy { $0.isUppercase || $0.isNumber })
        #expect(body["message"]?.stringValue?.contains("enter the code \(code) to") == true)
        let short = try browser.get("/device?user_code=\(code)")
        #expect(
            short.headers["Location"]
                == "https://localhost:8443/common/oauth2/deviceauth?user_code=\(code)")
    }

    @Test("v1 has its own names and texts for numbers, takes GET, and polls with code")
    func version1() throws {
        let browser = Browser()
        let target =
            "/\(Fixture.tenant)/oauth2/devicecode?client_id=\(Fixture.app("console"))"
            + "&resource=api%3A%2F%2Forders"
        let body = try browser.get(target).json
        #expect(body["verification_url"] == "https://localhost:8443/device")
        #expect(body["expires_in"] == "900")
        #expect(body["interval"] == "5")
        let values: [String: String?] = [
            "grant_type": "device_code", "client_id": Fixture.app("console").description,
            "code": body["device_code"]?.stringValue, "resource": "api://orders",
        ]
        let pending = try browser.request("token", values, v1: true).json
        #expect(
            pending["error_description"]?.stringValue?.contains(
                ": Pending end-user authorization.") == true)
        let misnamed = try browser.request(
            "token", values, ["code": nil, "device_code": "x"], v1: true)
        #expect(misnamed.refusedWith == 900_144)
        let page = try confirmation(browser, try #require(body["user_code"]?.stringValue))
        _ = try browser.submit(page, ["continue": "1"])
        let tokens = try browser.request("token", values, v1: true).json
        #expect(tokens["expires_in"]?.stringValue != nil)
        #expect(tokens["refresh_token"] != nil)
    }

    static let requests: [RefusalRow] = [
        .init("no client", ["client_id": nil], 900_144, "invalid_request"),
        .init("no scope", ["scope": nil], 900_144, "invalid_request"),
        .init(
            "unknown client", ["client_id": Fixture.id("x").description], 700_016,
            "unauthorized_client"),
        .init("single-tenant app on common", [:], 50_059, "invalid_request", tenant: "common"),
        .init(
            "single-tenant app on organizations", [:], 50_059, "invalid_request",
            tenant: "organizations"),
        .init("malformed scope", ["scope": "api://orders/"], 70_011, "invalid_scope"),
        .init("unknown resource", ["scope": "api://x/y"], 500_011, "invalid_resource"),
        .init(
            "scope before client", ["scope": nil, "client_id": Fixture.id("x").description],
            900_144, "invalid_request"),
        .init(
            "tenant before client", ["client_id": nil], 90_002, "invalid_request",
            tenant: "nowhere.example"),
    ]

    @Test("/devicecode is refused with", arguments: requests)
    func refusedRequest(_ row: RefusalRow) throws {
        try row.expect(
            try Browser().request(
                "devicecode",
                ["client_id": Fixture.app("console").description, "scope": Self.scope],
                row.changes, tenant: row.tenant))
    }

    @Test("GET is for v1 only — 900561")
    func verbs() throws {
        let browser = Browser()
        #expect(
            try browser.get("/\(Fixture.tenant)/oauth2/v2.0/devicecode").refusedWith == 900_561)
        #expect(
            try browser.get("/\(Fixture.tenant)/oauth2/devicecode").refusedWith == 900_144)
    }

    static let polls: [RefusalRow] = [
        .init("no device_code", ["device_code": nil], 900_144, "invalid_request"),
        .init("unknown code", ["device_code": "garbage"], 70_018, "bad_verification_code"),
        .init("nobody has decided", [:], 70_016, "authorization_pending"),
        .init(
            "a second before the end", [:], 70_016, "authorization_pending",
            before: RefusalRow.after(.seconds(899))),
        .init(
            "after 900 seconds", [:], 70_020, "expired_token",
            before: RefusalRow.after(.seconds(900))),
        .init(
            "of another client", ["client_id": Fixture.app("traveller").description], 700_007,
            "invalid_grant"),
        .init(
            "a secret from a public client", ["client_secret": "x"], 700_025, "invalid_client",
            status: 401),
        // Two faults.
        .init(
            "client before code",
            ["device_code": "garbage", "client_id": Fixture.id("x").description], 700_016,
            "unauthorized_client"),
        .init(
            "another client before expiry",
            ["client_id": Fixture.app("traveller").description], 700_007, "invalid_grant",
            before: RefusalRow.after(.seconds(900))),
    ]

    @Test("a poll is refused with", arguments: polls)
    func refusedPoll(_ row: RefusalRow) throws {
        let browser = Browser()
        let code = try started(browser)["device_code"]?.stringValue
        try row.before?(browser)
        try row.expect(try poll(browser, code, row.changes))
    }

    @Test("a client that is not public must prove itself — 7000218")
    func confidential() throws {
        let browser = Browser()
        let code = try started(browser, app: "gateway")["device_code"]?.stringValue
        let app = ["client_id": Fixture.app("gateway").description]
        #expect(try poll(browser, code, app).refusedWith == 7_000_218)
        #expect(
            try poll(browser, code, app.merging(["client_secret": Fixture.webSecret]) { $1 })
                .refusedWith == 70_016)
    }

    @Test("a person enters the code, signs in and continues; the device gets tokens, once")
    func journey() throws {
        let browser = Browser()
        let start = try started(browser)
        let code = start["device_code"]?.stringValue
        let page = try confirmation(browser, try #require(start["user_code"]?.stringValue))
        #expect(page.text.contains("Are you trying to sign in to Console?"))
        #expect(try poll(browser, code).refusedWith == 70_016)
        let done = try browser.submit(page, ["continue": "1"])
        #expect(done.text.contains("You have signed in to Console on your device"))
        let answer = try poll(browser, code)
        let body = try answer.json
        #expect(
            body.members.map(\.name) == [
                "token_type", "scope", "expires_in", "ext_expires_in", "access_token",
                "refresh_token", "id_token", "client_info",
            ])
        #expect(try body.claims("id_token")["oid"]?.stringValue == Fixture.user("ada").description)
        #expect(try poll(browser, code).refusedWith == 54_005)
    }

    @Test("cancel is a refusal the device is told of, and the code is spent")
    func declined() throws {
        let browser = Browser()
        let start = try started(browser)
        let userCode = try #require(start["user_code"]?.stringValue)
        let page = try confirmation(browser, userCode)
        let done = try browser.submit(page, ["cancel": "1"])
        #expect(done.text.contains("was cancelled"))
        let refused = try poll(browser, start["device_code"]?.stringValue)
        #expect(refused.refusedWith == 65_004 && refused.status == 400)
        #expect(try refused.json["error"] == "authorization_declined")
        let entry = try browser.get("/common/oauth2/deviceauth")
        #expect(try browser.submit(entry, ["otc": userCode]).refusedWith == 90_120)
    }

    @Test("two browsers cannot both answer: the log takes the first")
    func raced() throws {
        let browser = Browser()
        let start = try started(browser)
        let page = try confirmation(browser, try #require(start["user_code"]?.stringValue))
        browser.refusesNextCommit = true
        let late = try browser.submit(page, ["continue": "1"])
        #expect(late.refusedWith == 70_018)
    }

    @Test("missing consent is asked before the device is let in; no to it is no to the device")
    func consent() throws {
        let browser = Browser()
        let start = try started(browser, scope: "api://orders/write openid")
        let userCode = try #require(start["user_code"]?.stringValue)
        let page = try confirmation(browser, userCode)
        #expect(page.text.contains("Permissions requested"))
        let asked = try browser.submit(page, ["ucaccept": "1"])
        #expect(asked.text.contains("Are you trying to sign in to Console?"))
        _ = try browser.submit(asked, ["continue": "1"])
        let body = try poll(browser, start["device_code"]?.stringValue).json
        #expect(body["scope"] == "api://orders/read api://orders/write")
        let other = try started(browser, scope: "api://orders/purge openid")
        browser.forgetCookies()
        let refused = try confirmation(browser, try #require(other["user_code"]?.stringValue))
        _ = try browser.submit(refused, ["uccancel": "1"])
        let no = try poll(browser, other["device_code"]?.stringValue).json
        #expect(no["error"] == "authorization_declined")
    }

    @Test("the page says what is wrong with a code: none, wrong, too late")
    func userCodes() throws {
        let browser = Browser()
        let start = try started(browser)
        let entry = try browser.get("/common/oauth2/deviceauth")
        #expect(try browser.submit(entry, ["otc": ""]).refusedWith == 90_119)
        #expect(
            try browser.request("deviceauth", [:], tenant: "common", v1: true).refusedWith
                == 90_119)
        let wrong = try browser.request(
            "deviceauth", ["otc": "<b>\"'"], tenant: "common", v1: true)
        #expect(wrong.refusedWith == 70_018)
        #expect(!wrong.text.contains("<b>"))
        browser.now = browser.now + .seconds(900)
        let late = try browser.request(
            "deviceauth", ["otc": start["user_code"]?.stringValue], tenant: "common", v1: true)
        #expect(late.refusedWith == 70_019)
    }

    @Test("spaces, hyphens and small letters in the code do not matter")
    func typed() throws {
        let browser = Browser()
        let code = try #require(try started(browser)["user_code"]?.stringValue).lowercased()
        let typed = "\(code.prefix(4))-\(code.dropFirst(4)) "
        let page = try browser.request(
            "deviceauth", ["otc": typed], tenant: "common", v1: true)
        #expect(page.text.contains("name=\"login\""))
    }

    @Test("who is signed in picks the account instead of typing a password")
    func session() throws {
        let browser = Browser()
        _ = try browser.signIn()
        let start = try started(browser)
        let entry = try browser.get("/common/oauth2/deviceauth")
        let choice = try browser.submit(
            entry, ["otc": try #require(start["user_code"]?.stringValue)])
        #expect(choice.text.contains("Pick an account"))
        let page = try browser.submit(choice, ["choice": choice.firstTile])
        _ = try browser.submit(page, ["continue": "1"])
        #expect(try poll(browser, start["device_code"]?.stringValue).status == 200)
    }

    @Test("an app of several organizations starts on an alias; the tenant is the person's")
    func alias() throws {
        let browser = Browser()
        let start = try started(browser, app: "traveller", tenant: "organizations")
        let app = ["client_id": Fixture.app("traveller").description]
        let code = start["device_code"]?.stringValue
        #expect(try poll(browser, code, app, tenant: "organizations").refusedWith == 70_016)
        let page = try confirmation(browser, try #require(start["user_code"]?.stringValue))
        _ = try browser.submit(page, ["continue": "1"])
        let body = try poll(browser, code, app, tenant: "organizations").json
        #expect(
            try body.claims("access_token")["tid"]?.stringValue == Fixture.tenant.description)
    }

    @Test("the second factor counts for the device too")
    func secondFactor() throws {
        let browser = Browser()
        let start = try started(browser)
        let page = try confirmation(
            browser, try #require(start["user_code"]?.stringValue), user: "mia")
        let mark = try #require(page.text.range(of: "id=\"simulated-code\">"))
        let factor = String(page.text[mark.upperBound...].prefix { $0.isNumber })
        let kmsi = try browser.submit(page, ["otc": factor])
        _ = try browser.submit(try browser.finish(kmsi), ["continue": "1"])
        #expect(try poll(browser, start["device_code"]?.stringValue).status == 200)
    }

    @Test("the confirmation is bound to the browser that signed in — CSRF")
    func bound() throws {
        let browser = Browser()
        let start = try started(browser)
        let page = try confirmation(browser, try #require(start["user_code"]?.stringValue))
        browser.forgetCookies()
        #expect(try browser.submit(page, ["continue": "1"]).refusedWith == 165_000)
    }

    @Test("policies speak in the browser; a device that must be managed is not the browser's")
    func policies() throws {
        let browser = Browser()
        try browser.add(policy("mfa", .enabled, demand(.mfa)))
        let asked = try started(browser)
        let code = try #require(asked["user_code"]?.stringValue)
        let factor = try confirmation(browser, code)
        #expect(factor.pageID == "ConvergedTFA")
        let sure = try browser.finish(try browser.enterShownCode(factor))
        _ = try browser.submit(sure, ["continue": "1"])
        #expect(browser.signIns.codes == [50_074, 50_140, 50_199, 0])
        try browser.add(policy("device", .enabled, demand(.compliantDevice)))
        let device = try #require(asked["device_code"]?.stringValue)
        #expect(try poll(browser, device).refusedWith == 530_002)
        try browser.situate("ada", [.device: "compliant"])
        #expect(try poll(browser, device).status == 200)
    }
}
