import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Where a sign-in comes from: headers, panel, account, connection")
struct SituationTests {
    private static let abroad = policy("abroad", .enabled, demand(.block)) {
        $0.locations = .init(include: [.named(NamedLocationID(Fixture.id("abroad")))])
    }

    private func browser() throws -> Browser {
        let browser = Browser()
        let range = try #require(AddressRange("198.51.100.0/24"))
        try browser.tenant.append(
            [
                .namedLocationCreated(
                    NamedLocation(
                        id: NamedLocationID(Fixture.id("abroad")), displayName: "Abroad",
                        kind: .addresses([range], isTrusted: false), createdAt: Fixture.start)),
                .accessPolicyCreated(Self.abroad),
            ], at: browser.now)
        return browser
    }

    @Test("a header counts for its request, over what is set for the person")
    func header() throws {
        let flows = try PreparedFlows()
        try flows.browser.add(policy("d", .enabled, demand(.compliantDevice)))
        #expect(try flows.attempt(.refresh).refusedWith == 530_002)
        #expect(
            try flows.attempt(.refresh, ["X-Entra-Sim-Device": "compliant"]).refusedWith == nil)
        try flows.browser.situate("ada", [.device: "compliant"])
        #expect(try flows.attempt(.refresh).refusedWith == nil)
        #expect(
            try flows.attempt(.refresh, ["x-entra-sim-device": "unregistered"]).refusedWith
                == 530_002)
        #expect(
            try flows.attempt(.silent, ["x-entra-sim-device": "registered"]).refusedWith == 53_000)
    }

    @Test(
        "a header that is no fact is refused by name",
        arguments: [
            ("x-entra-sim-address", "here", "takes an IP address, not 'here'"),
            ("x-entra-sim-country", "FRA", "takes a country code of two letters, not 'FRA'"),
            ("x-entra-sim-platform", "amiga", "takes one of android, iOS"),
            ("x-entra-sim-device", "shiny", "takes one of registered, compliant"),
            ("x-entra-sim-risk", "huge", "takes one of none, low"),
            ("x-entra-sim-user-risk", "", "takes one of none, low"),
        ])
    func unreadable(name: String, value: String, message: String) throws {
        let browser = Browser()
        let headers = HTTPHeaders([.init(name, value)])
        let token = try browser.request("token", PasswordGrantTests.values, headers: headers)
        #expect(token.status == 400)
        #expect(token.text.contains("the header \(name) \(message)"))
        #expect(try browser.get(browser.authorizeTarget(), headers).status == 400)
    }

    @Test("the panel's choice counts for the sign-in, its session and its tokens")
    func panel() throws {
        let browser = try browser()
        let first = try browser.get(browser.authorizeTarget())
        #expect(first.text.contains("<details class=\"panel\">"))
        let password = try browser.submit(
            first, ["login": "ada@fabrikam.example", "sim_address": "198.51.100.7"])
        #expect(password.text.contains("value=\"198.51.100.7\""))
        let refused = try browser.submit(password, ["passwd": "pw-ada"])
        #expect(refused.refusedWith == 53_003)
        #expect(refused.text.contains("198.51.100.7"))
        let home = try browser.submit(
            password, ["passwd": "pw-ada", "sim_address": "203.0.113.7"])
        let answer = try browser.finish(home)
        let code = try #require(answer.redirected?["code"])
        let claims = try browser.redeem(code).json.claims("access_token")
        #expect(claims["ipaddr"] == "203.0.113.7")
    }

    @Test("nonsense in the panel is an error, and nothing when the panel is off")
    func panelOff() throws {
        let browser = try browser()
        let first = try browser.get(browser.authorizeTarget())
        let nonsense = try browser.submit(
            first, ["login": "ada@fabrikam.example", "sim_device": "<b>"])
        #expect(nonsense.refusedWith == 90_100)
        browser.settings.showsDeveloperPanel = false
        let plain = try browser.get(browser.authorizeTarget())
        #expect(!plain.text.contains("sim_address"))
        let password = try browser.submit(
            plain, ["login": "ada@fabrikam.example", "sim_address": "198.51.100.7"])
        #expect(try browser.submit(password, ["passwd": "pw-ada"]).pageID == "KmsiInterrupt")
    }

    @Test(
        "the platform is that of the browser's User-Agent",
        arguments: [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0", DevicePlatform.windows),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", .iOS),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0)", .macOS),
            ("Mozilla/5.0 (Linux; Android 15; Pixel 9)", .android),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0)", .linux),
        ])
    func userAgent(agent: String, platform: DevicePlatform) throws {
        #expect(DevicePlatform(userAgent: agent) == platform)
        #expect(DevicePlatform(userAgent: "python-requests/2.32") == nil)
        let browser = Browser()
        try browser.add(
            policy("p", .enabled, demand(.block)) { $0.platforms = .init(include: [platform]) })
        _ = try browser.signIn()
        let refused = try browser.get(
            browser.authorizeTarget(changing: ["prompt": "none"]), ["User-Agent": agent])
        #expect(refused.refusedWith == 53_003)
        let other = try browser.get(browser.authorizeTarget(changing: ["prompt": "none"]))
        #expect(other.redirected?["code"] != nil)
    }
}
