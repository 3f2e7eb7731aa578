import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// What an organization has set, and where an account stands. aadsts.md §8.
extension NaturalCause {
    static let settings: [NaturalCause] = [
        .init(
            50_132, "a session older than the password", .redirect("login_required")
        ) { try $0.endedSession { $0.changedAt = Fixture.start + .seconds(1) } },
        .init(50_133, "a session whose person was signed out", .redirect("login_required")) {
            try $0.endedSession { _ in }
        },
        .init(
            70_046, "a policy wants a proof at each sign-in", .redirect("interaction_required")
        ) {
            _ = try $0.signIn()
            try $0.add(policy("each time", session: .init(frequency: .init(.everyTime))))
            $0.now = $0.now + .minutes(5) + .seconds(1)
            return try $0.authorize(["prompt": "none"])
        },
        .init(
            53_004, "a sign-in at risk must not register",
            .json("invalid_grant", suberror: "message_only")
        ) {
            try $0.register("ada", .none)
            try $0.situate("ada", [.risk: "medium"])
            try $0.add(policy("mfa", .enabled, demand(.mfa)))
            return try $0.password()
        },
        .init(53_010, "registration from elsewhere is blocked", .page) {
            try $0.register("ada", .none)
            try $0.add(
                policy("mfa", .enabled, demand(.mfa)),
                policy("registration", .enabled, demand(.block)) {
                    $0.includeTargets.all = false
                    $0.userActions = [.registerSecurityInfo]
                })
            return try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
        },
        .init(
            50_005, "a compliant device, on a system no policy knows",
            .json("invalid_grant", suberror: "message_only")
        ) {
            try $0.situate("ada", [.platform: "windowsPhone", .device: "registered"])
            try $0.add(policy("device", .enabled, demand(.compliantDevice)))
            return try $0.password()
        },
        .init(
            530_035, "a password without a page, under security defaults",
            .json("invalid_grant", suberror: "message_only")
        ) {
            try $0.decide { $0.securityDefaults = true }
            return try $0.password()
        },
        .init(50_181, "a wrong code of an authenticator", .form) {
            try $0.register("ada", .authenticator(Array(repeating: 7, count: 20)))
            try $0.add(policy("mfa", .enabled, demand(.mfa)))
            let page = try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
            return try $0.submit(page, ["otc": "none"])
        },
        .init(54_000, "an app that takes no minors", .page) {
            try $0.set("ada", "ageGroup", "Minor")
            try $0.edit("web") { $0.parentalControls.rule = .blockMinors }
            return try $0.enterPassword("ada", "pw-ada", at: $0.authorizeTarget())
        },
    ]

    static let guests: [NaturalCause] = [
        .init(500_212, "a guest whose home lets nobody out", .page) {
            try $0.visit { $0.crossTenantAccess.outbound = .blocked }
        },
        .init(500_213, "a guest of a tenant that lets nobody in", .page) {
            try $0.decide { $0.crossTenantAccess.inbound = .blocked }
            return try $0.visit { _ in }
        },
        .init(
            53_011, "a guest at high risk at home",
            .json("interaction_required", suberror: "message_only")
        ) {
            _ = try $0.visit { _ in }
            let token = try $0.refreshToken("gus")
            try $0.other.append(
                [
                    .userSituationChanged(
                        Fixture.user("gus at home"), .having([.userRisk: "high"]))
                ], at: $0.now)
            return try $0.refresh(token)
        },
        .init(16_003, "somebody signed in whom this tenant does not know", .log) {
            try $0.settleMultiElsewhere()
            var nora = Fixture.person("nora")
            nora.userPrincipalName = "nora@northwind.example"
            try $0.other.append([.userCreated(nora)], at: $0.now)
            let multi = $0.authorizeTarget("multi", tenant: "common")
            let password = try $0.enterUserName("nora@northwind.example", at: multi)
            let consent = try $0.finish(try $0.submit(password, ["passwd": "pw-nora"]))
            _ = try $0.submit(consent, ["ucaccept": "1"])
            return try $0.authorize()
        },
    ]
}

extension Browser {
    /// Signs `ada` in, ends her sessions a second later, and asks silently.
    fileprivate func endedSession(
        _ change: (inout UserCredential) -> Void
    ) throws -> HTTPResponse {
        _ = try signIn()
        now = now + .seconds(1)
        var credential = UserCredential(password: "pw-ada")
        change(&credential)
        try append(
            .userCredentialChanged(Fixture.user("ada"), credential),
            .userSessionsRevoked(Fixture.user("ada")))
        return try authorize(["prompt": "none"])
    }

    /// The guest `gus` of the other tenant signs in, whose policies are changed before.
    fileprivate func visit(
        _ change: (inout TenantPolicies) -> Void
    ) throws -> HTTPResponse {
        var account = Fixture.person("gus at home")
        account.userPrincipalName = "gus@northwind.example"
        var policies = other.snapshot().policies
        change(&policies)
        try other.append([.userCreated(account), .policiesChanged(policies)], at: now)
        try set("gus", "mail", "gus@northwind.example")
        return try enterPassword("gus", "pw-gus", at: authorizeTarget())
    }
}
