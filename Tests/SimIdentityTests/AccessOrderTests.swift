import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Two faults at once — aadsts.md §5.1 row 16, §5.2 row 12, §8.2")
struct AccessOrderTests {
    private static func all(_ controls: [ConditionalAccessPolicy.Control]...)
        -> [ConditionalAccessPolicy]
    {
        controls.enumerated().map { index, controls in
            policy("p\(index)", .enabled, .init(.all, controls))
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let policies: [ConditionalAccessPolicy]
        var age: Duration = .zero
        let silent: Int
        let page: String
        var testDescription: String { name }
    }

    private static let terms = policy(
        "terms", .enabled, .init(.all, [], termsOfUse: ["visitors"]))

    static let rows: [Row] = [
        Row(
            name: "block before a second factor", policies: all([.mfa], [.block]), silent: 53_003,
            page: "53003"),
        Row(
            name: "block before the device", policies: all([.compliantDevice], [.block]),
            silent: 53_003, page: "53003"),
        Row(
            name: "silently the device before the factor, on pages the factor first",
            policies: all([.compliantDevice], [.mfa]), silent: 530_002, page: "ConvergedTFA"),
        Row(
            name: "silently the application before the factor, on pages the factor first",
            policies: all([.mfa], [.approvedApplication]), silent: 53_002, page: "ConvergedTFA"),
        Row(
            name: "the device before the application",
            policies: all([.approvedApplication], [.compliantDevice]), silent: 530_002,
            page: "530002"),
        Row(
            name: "the factor before terms", policies: [terms] + all([.mfa]), silent: 50_076,
            page: "ConvergedTFA"),
        Row(
            name: "terms before age",
            policies: [
                terms, policy("age", session: .init(frequency: .init(.every(1, .hours)))),
            ], age: .hours(2), silent: 50_158, page: "ConvergedTermsOfUse"),
        Row(
            name: "the factor before age",
            policies: all([.mfa]) + [
                policy("age", session: .init(frequency: .init(.every(1, .hours))))
            ], age: .hours(2), silent: 50_076, page: "ConvergedTFA"),
        Row(
            name: "block before age",
            policies: all([.block]) + [
                policy("age", session: .init(frequency: .init(.every(1, .hours))))
            ], age: .hours(2), silent: 53_003, page: "53003"),
    ]

    @Test("the order of demands", arguments: rows)
    func demands(_ row: Row) throws {
        let flows = try PreparedFlows()
        for policy in row.policies { try flows.browser.add(policy) }
        flows.browser.now = flows.browser.now + row.age
        #expect(try flows.attempt(.refresh).refusedWith == row.silent)
        #expect(try flows.attempt(.silent).refusedWith == row.silent)
        let page = try flows.attempt(.page)
        #expect(page.outcome == row.page)
    }

    @Test("who the person is comes before what policies say")
    func person() throws {
        let flows = try PreparedFlows()
        try flows.browser.add(policy("no", .enabled, demand(.block)))
        let wrong = try flows.browser.request(
            "token", PasswordGrantTests.values, ["password": "guess"])
        #expect(wrong.refusedWith == 50_126)
        try flows.browser.tenant.append(
            [
                .userChanged(Fixture.user("ada"), [AttributeChange("accountEnabled", .bool(false))])
            ], at: flows.browser.now)
        #expect(try flows.attempt(.refresh).refusedWith == 50_057)
        #expect(try flows.attempt(.silent).refusedWith == 50_057)
    }

    @Test("assignment and consent: before policies at the token endpoint, behind them at authorize")
    func entitlement() throws {
        let browser = Browser()
        try browser.add(policy("no", .enabled, demand(.block)))
        let page = try browser.enterPassword("ben", "pw-ben", at: browser.authorizeTarget("closed"))
        #expect(page.refusedWith == 53_003)
        let unconsented = try browser.enterPassword(
            "ben", "pw-ben",
            at: browser.authorizeTarget(changing: ["scope": "api://orders/write"]))
        #expect(unconsented.refusedWith == 53_003)
        let silent = try browser.request(
            "token", PasswordGrantTests.values, ["scope": "api://orders/write openid"])
        #expect(silent.refusedWith == 65_001)
        let unknown = try browser.request(
            "token", PasswordGrantTests.values, ["scope": "api://nowhere/x"])
        #expect(unknown.refusedWith == 500_011)
        // One table per endpoint: in silence the authorize endpoint keeps the order of its pages.
        let before = Browser()
        _ = try before.signIn("ben")
        let quiet = ["prompt": "none"]
        let more = quiet.merging(["scope": "api://orders/write"]) { $1 }
        let targets = [
            (before.authorizeTarget("closed", changing: quiet), 50_105),
            (before.authorizeTarget(changing: more), 65_001),
        ]
        for (target, code) in targets { #expect(try before.get(target).refusedWith == code) }
        try before.add(policy("no", .enabled, demand(.block)))
        for (target, _) in targets { #expect(try before.get(target).refusedWith == 53_003) }
    }
}
