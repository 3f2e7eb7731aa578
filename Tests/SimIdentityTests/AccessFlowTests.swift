import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Conditional Access in every flow — aadsts.md §8, identity-platform.md §8.2")
struct AccessFlowTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let grant: ConditionalAccessPolicy.GrantControls
        /// The device in front of the person; nil for none.
        var device: String?
        var factor = SecondFactorMethod.simulatedCode
        /// Number where nobody can be asked; nil when access is granted.
        let silent: Int?
        /// The page: its id, or a number.
        let page: String
        let suberror: String?
        var testDescription: String { name }

        init(
            _ name: String, _ grant: ConditionalAccessPolicy.GrantControls,
            on device: String? = nil,
            factor: SecondFactorMethod = .simulatedCode, silent: Int?, page: String,
            _ suberror: String? = nil
        ) {
            self.name = name
            self.grant = grant
            self.device = device
            self.factor = factor
            self.silent = silent
            self.page = page
            self.suberror = suberror
        }
    }

    private static let either = ConditionalAccessPolicy.GrantControls(
        .any, [.compliantDevice, .domainJoinedDevice])
    private static let easier = ConditionalAccessPolicy.GrantControls(
        .any, [.compliantDevice, .mfa])

    static let rows: [Row] = [
        Row("block", demand(.block), silent: 53_003, page: "53003", "message_only"),
        Row("MFA", demand(.mfa), silent: 50_076, page: "ConvergedTFA", "basic_action"),
        Row(
            "MFA, nothing registered", demand(.mfa), factor: .none, silent: 50_079,
            page: "ConvergedProofUpRedirect", "basic_action"),
        Row(
            "MFA, approved by itself", demand(.mfa), factor: .autoApproved, silent: 50_076,
            page: "granted", "basic_action"),
        Row(
            "a compliant device, none known", demand(.compliantDevice), silent: 530_002,
            page: "530002", "message_only"),
        Row(
            "a compliant device, registered only", demand(.compliantDevice), on: "registered",
            silent: 53_000, page: "53000", "message_only"),
        Row(
            "a compliant device, joined only", demand(.compliantDevice), on: "domainJoined",
            silent: 53_000, page: "53000", "message_only"),
        Row(
            "a compliant device, switched off", demand(.compliantDevice), on: "compliant,disabled",
            silent: 135_011, page: "135011", "device_authentication_failed"),
        Row(
            "a compliant device, there", demand(.compliantDevice), on: "compliant", silent: nil,
            page: "granted"),
        Row(
            "a joined device, none known", demand(.domainJoinedDevice), silent: 530_003,
            page: "530003", "message_only"),
        Row(
            "a joined device, compliant only", demand(.domainJoinedDevice), on: "compliant",
            silent: 53_001, page: "53001", "message_only"),
        Row(
            "a joined device, there", demand(.domainJoinedDevice), on: "domainJoined",
            silent: nil, page: "granted"),
        Row("either device, none known", either, silent: 530_003, page: "530003", "message_only"),
        Row(
            "either device, registered only", either, on: "registered", silent: 53_000,
            page: "53000", "message_only"),
        Row(
            "either device, one of them", either, on: "domainJoined", silent: nil,
            page: "granted"),
        Row(
            "device or MFA: what can be done is asked", easier, silent: 50_076,
            page: "ConvergedTFA", "basic_action"),
        Row(
            "device or MFA, device there", easier, on: "compliant", silent: nil,
            page: "granted"),
        Row(
            "an approved app", demand(.approvedApplication), silent: 53_002, page: "53002",
            "message_only"),
        Row(
            "a protected app", demand(.compliantApplication), silent: 53_009, page: "53009",
            "protection_policy_required"),
        Row(
            "terms of use", .init(.all, [], termsOfUse: ["visitors"]), silent: 50_158,
            page: "ConvergedTermsOfUse", "basic_action"),
        Row(
            "a password change", demand(.passwordChange), silent: 53_003,
            page: "ConvergedChangePassword", "message_only"),
        Row(
            "a strength a code does not reach", .init(.all, [], strength: .phishingResistant),
            silent: 50_079, page: "ConvergedProofUpRedirect", "basic_action"),
        Row(
            "a strength a passkey reaches", .init(.all, [], strength: .phishingResistant),
            factor: .passkey, silent: 50_076, page: "ConvergedTFA", "basic_action"),
        Row(
            "the strength of any second factor", .init(.all, [], strength: .multifactor),
            silent: 50_076, page: "ConvergedTFA", "basic_action"),
    ]

    @Test("each control answers each flow as documented", arguments: rows, AccessFlow.allCases)
    func control(_ row: Row, _ flow: AccessFlow) throws {
        let flows = try PreparedFlows()
        let browser = flows.browser
        if row.factor != .simulatedCode { try browser.register("ada", row.factor) }
        if let device = row.device { try browser.situate("ada", [.device: device]) }
        try browser.add(policy(row.name, .enabled, row.grant))
        let response = try flows.attempt(flow)
        switch flow {
        case .page:
            #expect(response.outcome == row.page)
        case .silent:
            #expect(response.status == 302)
            #expect(response.refusedWith == row.silent)
        case .redemption, .refresh, .password, .onBehalf:
            #expect(response.refusedWith == row.silent)
            #expect(
                try response.json["suberror"]?.stringValue
                    == (row.silent == nil ? nil : row.suberror))
        }
    }

    @Test(
        "the app of an ID token is a target beside the resource, and alone without one — §8.2",
        arguments: [
            ("openid api://orders/read", "web", true), ("openid api://orders/read", "api", true),
            ("api://orders/read", "web", false), ("api://orders/read", "api", true),
            ("openid profile", "web", true), ("openid profile", "graph", false),
            ("openid profile", "api", false),
        ])
    func targets(scope: String, target: String, applies: Bool) throws {
        let browser = Browser()
        let app = target == "graph" ? MicrosoftGraph.appID : Fixture.app(target)
        let about = policy("about \(target)", .enabled, demand(.block)) {
            $0.includeTargets.all = false
            $0.includeTargets.apps = [app]
        }
        let place = browser.authorizeTarget(changing: ["scope": scope])
        let code = try #require(try browser.signIn(at: place).redirected?["code"])
        try browser.add(about)
        // What the sign-in was judged for is not judged again when its code comes.
        #expect(try browser.redeem(code).status == 200)
        let quiet = browser.authorizeTarget(changing: ["scope": scope, "prompt": "none"])
        #expect(try browser.get(quiet).refusedWith == (applies ? 53_003 : nil))
        browser.forgetCookies()
        let page = try browser.enterPassword("ada", "pw-ada", at: place)
        #expect(page.outcome == (applies ? "53003" : "KmsiInterrupt"))
    }

    @Test("report-only never stands in the way, whatever it demands", arguments: rows)
    func reportOnly(_ row: Row) throws {
        let flows = try PreparedFlows()
        try flows.browser.add(policy(row.name, .reportOnly, row.grant))
        for flow in AccessFlow.allCases where flow != .page {
            #expect(try flows.attempt(flow).refusedWith == nil)
        }
        #expect(try flows.attempt(.page).outcome == "granted")
        let results = flows.browser.signIns.entries.last?.policies.map(\.outcome.rawValue) ?? []
        #expect(results.allSatisfy { $0.hasPrefix("reportOnly") } && !results.isEmpty)
    }

    @Test("a policy that is switched off is as good as none", arguments: AccessFlow.allCases)
    func disabled(flow: AccessFlow) throws {
        let flows = try PreparedFlows()
        try flows.browser.add(policy("off", .disabled, demand(.block)))
        #expect(try flows.attempt(flow).refusedWith == nil)
    }

    @Test("the refusal challenges by every policy that demands it, and v1 only names it")
    func challenge() throws {
        let flows = try PreparedFlows()
        try flows.browser.add(
            policy("a", .enabled, demand(.mfa)), policy("b", .enabled, demand(.mfa)))
        let ids = ["a", "b"].map { "\"\(Fixture.id("policy " + $0))\"" }.joined(separator: ",")
        let wanted = #"{"access_token":{"capolids":{"essential":true,"values":[\#(ids)]}}}"#
        #expect(try flows.attempt(.refresh).challenge == wanted)
        #expect(try flows.attempt(.silent).challenge == wanted)
        #expect(try flows.attempt(.silent).redirected?["error"] == "interaction_required")
        let v1 = try flows.browser.request(
            "token", PasswordGrantTests.values,
            ["scope": nil, "resource": "api://orders"], v1: true
        ).json
        #expect(v1["error"] == "interaction_required")
        #expect(v1["claims"] == nil)
    }

    @Test("the page of a refusal lists what a help desk asks for, in the service's order")
    func refusalPage() throws {
        let browser = Browser()
        try browser.add(policy("No <web>", .enabled, demand(.block)))
        let page = try browser.enterPassword("ada", "pw-ada", at: browser.authorizeTarget())
        let labels = page.text.ranges(of: "<dt>").map { range in
            String(page.text[range.upperBound...].prefix { $0 != "<" })
        }
        #expect(
            labels == [
                "Error Code", "Request Id", "Correlation Id", "Timestamp", "App name", "App id",
                "IP address", "Device identifier", "Device platform", "Device state", "Message",
            ])
        #expect(
            page.text.contains("You don&#39;t have access to this")
                || page.text.contains("You don't have access to this"))
        #expect(page.text.contains("Decided by: No &lt;web&gt;"))
        #expect(page.text.contains("2026-01-05T08:00:00.000Z"))
    }

    @Test("app-only tokens obey policies about applications, and only those")
    func workloads() throws {
        let browser = Browser()
        let values: [String: String?] = [
            "grant_type": "client_credentials", "client_id": Fixture.app("daemon").description,
            "client_secret": "daemon-secret", "scope": "api://orders/.default",
        ]
        try browser.add(policy("people", .enabled, demand(.block)))
        #expect(try browser.request("token", values).status == 200)
        let aboutApps = policy("apps", .enabled, demand(.block)) {
            $0.includePeople.everyone = false
            $0.workloads = .init()
            $0.workloads?.include = [Fixture.principal("daemon")]
        }
        try browser.add(aboutApps)
        let refused = try browser.request("token", values)
        #expect(refused.refusedWith == 53_003)
        #expect(try refused.json["suberror"] == "message_only")
        #expect(refused.challenge?.contains(aboutApps.id.description) == true)
    }
}
