import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// Passwords sent by the client. aadsts.md §6.5, §8.
extension NaturalCause {
    static let passwords: [NaturalCause] = [
        .init(50_128, "a domain nobody has", .json("invalid_request")) {
            try $0.password(
                "ada", ["username": "a@nowhere.example"], tenant: "organizations")
        },
        .init(
            50_034, "a person nobody knows", .json("invalid_grant", suberror: "bad_token")
        ) { try $0.password("zed") },
        .init(50_052, "a password of 257 characters", .json("invalid_grant")) {
            try $0.password("ada", ["password": String(repeating: "x", count: 257)])
        },
        .init(50_053, "a locked account", .json("invalid_grant")) { try $0.password("lou") },
        .init(50_056, "an account without a password", .json("invalid_grant")) {
            try $0.password("nell")
        },
        .init(50_126, "a wrong password", .json("invalid_grant")) {
            try $0.password("ada", ["password": "guess"])
        },
        .init(
            50_055, "an expired password",
            .json("invalid_grant", suberror: "user_password_expired")
        ) { try $0.password("exa") },
        .init(50_144, "an expired password of another directory", .json("invalid_grant")) {
            try $0.set("exa", "onPremisesSyncEnabled", true)
            return try $0.password("exa")
        },
        .init(50_057, "a disabled account", .json("invalid_grant")) {
            try $0.password("dora")
        },
        .init(
            50_076, "a second factor", .json("invalid_grant", suberror: "basic_action")
        ) { try $0.password("mia") },
        .init(
            65_001, "a scope nobody consented to",
            .json("invalid_grant", suberror: "consent_required")
        ) { try $0.password("ada", ["scope": "api://orders/write"]) },
    ]

    /// People at the pages. aadsts.md §8.
    static let people: [NaturalCause] = [
        .init(90_101, "a sign-in name without a domain", .form) {
            try $0.enterUserName("ada", at: $0.authorizeTarget())
        },
        .init(90_013, "no sign-in name", .form) {
            try $0.enterUserName("", at: $0.authorizeTarget())
        },
        .init(50_034, "a sign-in name nobody has", .form) {
            try $0.enterUserName("zed@fabrikam.example", at: $0.authorizeTarget())
        },
        .init(50_126, "a wrong password on the form", .form) {
            try $0.enterPassword("ada", "guess", at: $0.authorizeTarget())
        },
        .init(500_121, "a wrong code of the second factor", .form) {
            let page = try $0.enterPassword("mia", "pw-mia", at: $0.authorizeTarget())
            return try $0.submit(page, ["otc": "no code"])
        },
        .init(500_571, "a disabled guest", .form) {
            try $0.set("gus", "accountEnabled", false)
            return try $0.enterPassword("gus", "pw-gus", at: $0.authorizeTarget())
        },
        .init(50_014, "a guest who has not accepted the invitation", .page) {
            try $0.set("gus", "externalUserState", "PendingAcceptance")
            return try $0.enterPassword("gus", "pw-gus", at: $0.authorizeTarget())
        },
        .init(50_105, "a person who is not assigned", .page) {
            try $0.signIn("ben", at: $0.authorizeTarget("closed"))
        },
        .init(90_094, "consent only an administrator can give", .form) {
            try $0.signIn(at: $0.authorizeTarget(changing: ["scope": "api://orders/purge"]))
        },
        .init(65_004, "Cancel on the consent page", .redirect("access_denied")) {
            let page = try $0.signIn(
                at: $0.authorizeTarget(changing: ["scope": "api://orders/write"]))
            return try $0.submit(page, ["cancel": "1"])
        },
        .init(165_000, "a form of another browser", .page) {
            let page = try $0.get($0.authorizeTarget())
            $0.forgetCookies()
            return try $0.submit(page, ["login": "ada@fabrikam.example"])
        },
        .init(50_089, "a form an hour later", .page) {
            let page = try $0.get($0.authorizeTarget())
            $0.now = $0.now + .minutes(60)
            return try $0.submit(page, ["login": "ada@fabrikam.example"])
        },
    ]

    /// Choosing a new password.
    static let newPasswords: [NaturalCause] = [
        .init(50_055, "an expired password on the form", .form) {
            try $0.enterPassword("exa", "pw-exa", at: $0.authorizeTarget())
        },
        .init(120_000, "not the password there was", .form) {
            let page = try $0.enterPassword("exa", "pw-exa", at: $0.authorizeTarget())
            return try $0.submit(
                page,
                [
                    "oldpasswd": "guess", "newpasswd": "a-longer-choice",
                    "confirm": "a-longer-choice",
                ])
        },
        .init(120_002, "too short", .form) { try $0.choose("Ab1-xyz") },
        .init(120_003, "the person's own name in it", .form) { try $0.choose("my-PARK-7-trees") },
        .init(120_018, "a word everybody guesses", .form) { try $0.choose("PassWord-2026") },
        .init(120_020, "not the same twice", .form) {
            try $0.choose("a-longer-choice", confirmed: "a-longer-choise")
        },
    ]
}

extension Browser {
    /// Sends a choice on the page of an expired password.
    fileprivate func choose(
        _ password: String, confirmed: String? = nil
    ) throws -> HTTPResponse {
        let page = try enterPassword("exa", "pw-exa", at: authorizeTarget())
        return try submit(
            page,
            [
                "oldpasswd": "pw-exa", "newpasswd": password, "confirm": confirmed ?? password,
            ])
    }
}
