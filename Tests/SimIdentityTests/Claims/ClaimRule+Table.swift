import SimCore
import SimDirectory

@testable import SimIdentity

/// identity-platform.md §4.2, row by row, with the emission rules of §4.5 to §4.7 and §8.
extension ClaimRule {
    static let table: [ClaimRule] = common + person + access + organization + situation + optionals

    private static let everywhere = [
        "aud", "iss", "iat", "nbf", "exp", "aio", "tid", "uti", "ver", "rh", "sub",
    ]

    private static let common: [ClaimRule] =
        everywhere.map { ClaimRule($0, in: TokenSample.all) } + [
            ClaimRule("oid", in: TokenSample.all)
                .when("no profile", in: TokenSample.all.subtracting([.v2Identity])) {
                    $0.scopes = "openid"
                },
            ClaimRule("nonce", in: [.v1Identity, .v2Identity]),
            ClaimRule("appid", in: [.graph, .v1Access, .graphApp, .v1App]),
            ClaimRule("appidacr", in: [.graph, .v1Access, .graphApp, .v1App]),
            ClaimRule("azp", in: [.v2Access, .v2App]),
            ClaimRule("azpacr", in: [.v2Access, .v2App]),
            ClaimRule("app_displayname", in: TokenSample.first),
            ClaimRule("scp", in: [.graph, .v1Access, .v2Access]),
            ClaimRule("idtyp", in: [.graphApp])
                .when("asked for", in: [.graphApp, .v1App, .v2App], is: "app") {
                    try $0.option("idtyp")
                }
                .when(
                    "asked for of people too",
                    in: [.graphApp, .v1App, .v2App, .v1Access, .v2Access]
                ) { try $0.option("idtyp", ["include_user_token"]) },
            // At the authorize endpoint alone: AuthorizeAnswerTests.
            ClaimRule("c_hash"), ClaimRule("at_hash"), ClaimRule("hasgroups"),
        ]

    private static let person: [ClaimRule] = [
        ClaimRule("acr", in: [.graph, .v1Access]),
        ClaimRule("amr", in: TokenSample.v1People).optional(is: ["pwd"]),
        ClaimRule("idp", in: [.graphApp, .v1App])
            .forGuests(TokenSample.people.union([.graphApp, .v1App])),
        ClaimRule("name", in: TokenSample.people)
            .when("no profile", in: TokenSample.v1People) { $0.scopes = "openid" },
        ClaimRule("family_name", in: TokenSample.v1People).optional(is: "Park"),
        ClaimRule("given_name", in: TokenSample.v1People).optional(is: "Ada")
            .when("asked for without profile", in: TokenSample.v1People) {
                $0.scopes = "openid"
                try $0.option("given_name")
            },
        ClaimRule("unique_name", in: TokenSample.v1People),
        ClaimRule("upn", in: TokenSample.v1People).optional(is: "ada@fabrikam.example")
            .forGuests([])
            .when("a guest, asked for with its property", in: TokenSample.chosen) {
                $0.user = "gus"
                try $0.option("upn", ["include_externally_authenticated_upn"])
            },
        ClaimRule("preferred_username", in: [.v2Access, .v2Identity]).optional()
            .when("no profile", in: []) { $0.scopes = "openid" },
        ClaimRule("email").optional(is: "ada@fabrikam.example")
            .when("the scope email", in: [.v2Access, .v2Identity]) {
                $0.scopes = "openid profile email"
            }
            .forGuests(TokenSample.people, is: "gus@partner.example")
            .when("no mail", in: []) {
                $0.scopes = "openid profile email"
                try $0.set("mail", .null)
                try $0.option("email")
            },
        ClaimRule("sid", in: TokenSample.people),
        ClaimRule("ipaddr", in: TokenSample.v1People).optional(is: "127.0.0.1"),
        ClaimRule("auth_time").optional(is: .int(Fixture.start.seconds)),
        ClaimRule("login_hint").optional(
            is: .string(LoginHint.claim(user: Fixture.user("ada"), tenant: Fixture.tenant))),
        ClaimRule("acrs")
            .when("an authentication context", in: [.graph, .v1Access, .v2Access], is: ["c1"]) {
                $0.requested = #"{"access_token":{"acrs":{"value":"c1"}}}"#
            }
            .when("one in the ID token", in: [.v1Identity, .v2Identity], is: ["c2"]) {
                $0.requested = #"{"id_token":{"acrs":{"value":"c2"}}}"#
            },
    ]

    private static let access: [ClaimRule] = [
        ClaimRule("roles", in: [.v1Identity, .v2Identity, .v2App]).forGuests([.v2App]),
        ClaimRule("wids").when("groupMembershipClaims", in: TokenSample.chosen) {
            try $0.claimGroups("DirectoryRole")
        },
        ClaimRule("groups").when("groupMembershipClaims", in: TokenSample.chosen) {
            try $0.claimGroups("SecurityGroup")
        }
        .when("nobody's member", in: []) {
            $0.user = "ben"
            try $0.claimGroups("SecurityGroup")
        },
        ClaimRule("xms_cc")
            .when("the client said so, to Graph", in: TokenSample.first, is: ["CP1"]) {
                $0.requested = Self.capable
            }
            .when("asked for, and nothing said", in: []) { try $0.option("xms_cc") }
            .when(
                "asked for, and the client said so",
                in: [.graph, .graphApp, .v1Access, .v2Access, .v1App, .v2App], is: ["CP1"]
            ) {
                $0.requested = Self.capable
                try $0.option("xms_cc")
            },
        ClaimRule("xms_ssm")
            .when("continuous evaluation", in: TokenSample.first, is: "1") {
                $0.requested = Self.capable
            }
            .when("the setting is off", in: []) {
                $0.requested = Self.capable
                $0.browser.settings.marksContinuousTokens = false
            },
    ]

    private static let capable = #"{"access_token":{"xms_cc":{"values":["CP1"]}}}"#

    private static let organization: [ClaimRule] =
        ["xms_act_fct", "xms_sub_fct", "xms_idrel", "xms_tnt_fct", "xms_rd"].map {
            ClaimRule($0, in: TokenSample.first)
        } + [
            ClaimRule("xms_ftd", in: [.graph, .graphApp, .v2Access, .v2App]),
            ClaimRule("xms_tcdt", in: TokenSample.first),
            ClaimRule("xms_tdbr").when("a tenant of Europe", in: TokenSample.first, is: "EU") {
                $0.browser.settings.tenantRegionScope = .europe
            },
            ClaimRule("tenant_ctry").optional(
                in: TokenSample.chosen.union([.v1App, .v2App]), is: "US"),
            ClaimRule("tenant_region_scope").optional(
                in: TokenSample.chosen.union([.v1App, .v2App]), is: "WW"),
            ClaimRule("xms_tpl").optional(
                in: TokenSample.chosen.union([.v1App, .v2App]), is: "en"),
            // Managed identities are not simulated.
            ClaimRule("xms_mirid").optional(in: []),
        ]
}

extension ClaimBench {
    func claimGroups(_ kind: String) throws {
        for app in ["web", "api", "gateway"] {
            try browser.edit(app) { $0.groupMembershipClaims = kind }
        }
    }
}
