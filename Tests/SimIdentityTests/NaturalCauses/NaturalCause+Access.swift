import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// Conditional Access, second factors, accounts of other tenants. aadsts.md §8.
extension NaturalCause {
    static let access: [NaturalCause] = [
        .init(53_003, "a policy that blocks", .refused("message_only")) { _ in
            try controlled(demand(.block))
        },
        .init(50_079, "a second factor, none registered", .refused("basic_action")) { _ in
            try controlled(demand(.mfa), factor: SecondFactorMethod.none)
        },
        .init(50_158, "terms of use", .refused("basic_action")) { _ in
            try controlled(.init(.all, [], termsOfUse: ["visitors"]))
        },
        .init(530_002, "a compliant device, none known", .refused("message_only")) { _ in
            try controlled(demand(.compliantDevice))
        },
        .init(530_003, "a joined device, none known", .refused("message_only")) { _ in
            try controlled(demand(.domainJoinedDevice))
        },
        .init(53_000, "a device that is not compliant", .refused("message_only")) { _ in
            try controlled(demand(.compliantDevice), device: "registered")
        },
        .init(53_001, "a device that is not joined", .refused("message_only")) { _ in
            try controlled(demand(.domainJoinedDevice), device: "compliant")
        },
        .init(
            135_011, "a device that is switched off", .refused("device_authentication_failed")
        ) { _ in try controlled(demand(.compliantDevice), device: "compliant,disabled") },
        .init(53_002, "an app that is not approved", .refused("message_only")) { _ in
            try controlled(demand(.approvedApplication))
        },
        .init(
            53_009, "an app without protection",
            .json("unauthorized_client", suberror: "protection_policy_required")
        ) { _ in try controlled(demand(.compliantApplication)) },
        .init(70_043, "a token older than the sign-in frequency", .refused("token_expired")) { _ in
            try frequent(.refresh)
        },
        .init(
            70_044, "a session older than the sign-in frequency",
            .redirect("interaction_required")
        ) { _ in try frequent(.silent) },
        .init(50_078, "a second factor that is too old", .redirect("interaction_required")) {
            try $0.add(
                policy(
                    "mfa each hour", .enabled, demand(.mfa),
                    session: .init(
                        frequency: .init(.every(1, .hours), scope: .secondaryAuthentication))))
            let page = try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
            _ = try $0.finish(try $0.enterShownCode(page))
            $0.now = $0.now + .hours(1) + .seconds(1)
            return try $0.authorize(["prompt": "none"])
        },
        .init(50_074, "the page that asks for a second factor", .log) {
            try $0.add(policy("mfa", .enabled, demand(.mfa)))
            return try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
        },
        .init(50_072, "the page on which a second factor is registered", .log) {
            try $0.register("ada", .none)
            try $0.add(policy("mfa", .enabled, demand(.mfa)))
            return try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
        },
        .init(50_135, "an account at risk must change its password", .form) {
            try $0.situate("ada", [.userRisk: "high"])
            try $0.add(
                policy("risk", .enabled, demand(.mfa, .passwordChange)) {
                    $0.userRiskLevels = [.high]
                })
            return try $0.enterShownCode(
                try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget()))
        },
        .init(50_140, "the question whether to stay signed in", .log) {
            try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
        },
        .init(50_020, "an account of another tenant", .page) {
            try $0.createNora()
            let page = try $0.enterUserName(
                "nora@northwind.example", at: $0.authorizeTarget())
            return try $0.submit(page, ["passwd": "pw-nora"])
        },
        .init(
            16_000, "prompt=none with an account of another tenant",
            .redirect("interaction_required")
        ) {
            try $0.createNora()
            try $0.settleMultiElsewhere()
            let multi = $0.authorizeTarget("multi", tenant: "common")
            let password = try $0.enterUserName("nora@northwind.example", at: multi)
            let consent = try $0.finish(try $0.submit(password, ["passwd": "pw-nora"]))
            _ = try $0.submit(consent, ["ucaccept": "1"])
            return try $0.authorize(["prompt": "none"])
        },
    ]

    /// The password grant under a policy.
    private static func controlled(
        _ grant: ConditionalAccessPolicy.GrantControls, device: String? = nil,
        factor: SecondFactorMethod? = nil
    ) throws -> HTTPResponse {
        let flows = try PreparedFlows()
        if let factor { try flows.browser.register("ada", factor) }
        if let device { try flows.browser.situate("ada", [.device: device]) }
        try flows.browser.add(policy("control", .enabled, grant))
        return try flows.attempt(.password)
    }

    /// A flow after a sign-in frequency of eight hours has passed.
    private static func frequent(_ flow: AccessFlow) throws -> HTTPResponse {
        let flows = try PreparedFlows()
        try flows.browser.add(
            policy("eight hours", session: .init(frequency: .init(.every(8, .hours)))))
        flows.browser.now = flows.browser.now + .hours(8) + .seconds(1)
        return try flows.attempt(flow)
    }
}

extension NaturalCause.Shape {
    /// A policy's refusal where nobody can be asked.
    fileprivate static func refused(_ suberror: String) -> Self {
        .json("invalid_grant", suberror: suberror)
    }
}

extension Browser {
    /// A person of the other tenant.
    fileprivate func createNora() throws {
        var user = Fixture.person("nora")
        user.userPrincipalName = "nora@northwind.example"
        try other.append([.userCreated(user)], at: now)
    }
}
