import SimCore
import SimDirectory

@testable import SimIdentity

/// The situational and the optional rows of identity-platform.md §4.2.
extension ClaimRule {
    static let situation: [ClaimRule] = [
        ClaimRule("xms_st", in: [.graph]),
        ClaimRule("puid", in: [.graph]),
        ClaimRule("platf")
            .when("a known system", in: [.graph], is: "3") {
                try $0.situate([.platform: "windows"])
            },
        ClaimRule("deviceid")
            .when("a registered device", in: TokenSample.v1People) {
                try $0.situate([.device: "registered"])
            }
            .when("a device nobody knows", in: []) {
                try $0.situate([.device: "unregistered"])
            },
        ClaimRule("signin_state")
            .when("a compliant device", in: [.graph], is: ["dvc_mngd", "dvc_cmp"]) {
                try $0.situate([.device: "compliant"])
            }
            .when("a trusted network", in: [.graph], is: ["inknownntwk"]) {
                try $0.trustOffice()
            },
        ClaimRule("in_corp")
            .when("a trusted network", in: TokenSample.v1People, is: "true") {
                try $0.trustOffice()
            }
            .when("another network", in: []) {
                try $0.trustOffice()
                try $0.situate([.address: "198.51.100.7"])
            }
            .when("asked for elsewhere", in: []) { try $0.option("in_corp") }
            .when(
                "asked for in a trusted network", in: TokenSample.people, is: "true"
            ) {
                try $0.trustOffice()
                try $0.option("in_corp")
            },
        ClaimRule("onprem_sid")
            .when("a synchronized account", in: TokenSample.v1People, is: "S-1-5-21-7") {
                try $0.set("onPremisesSecurityIdentifier", "S-1-5-21-7")
            }
            .when("asked for of one", in: TokenSample.people, is: "S-1-5-21-7") {
                try $0.set("onPremisesSecurityIdentifier", "S-1-5-21-7")
                try $0.option("onprem_sid")
            },
        ClaimRule("pwd_exp")
            .when("ten days are left", in: TokenSample.v1People, is: "864000") {
                try $0.letPasswordExpire()
            }
            .when("asked for", in: TokenSample.people, is: "864000") {
                try $0.letPasswordExpire()
                try $0.option("pwd_exp")
            }
            .when("longer than the notice", in: []) {
                try $0.browser.decide {
                    $0.passwordExpiry = PasswordExpiry(validityDays: 110, notificationDays: 9)
                }
            },
        ClaimRule("pwd_url")
            .when("ten days are left", in: TokenSample.v1People) { try $0.letPasswordExpire() }
            .when("asked for, and never over", in: []) { try $0.option("pwd_url") },
        ClaimRule("altsecid").forGuests(TokenSample.v1People),
    ]

    static let optionals: [ClaimRule] = [
        ClaimRule("acct").optional(is: 0)
            .when("asked for of a guest", in: TokenSample.chosen, is: 1) {
                $0.user = "gus"
                try $0.option("acct")
            },
        ClaimRule("ctry").optional(is: "SE") { try $0.set("country", "SE") }
            .when("no country of two letters", in: []) {
                try $0.set("country", "Sweden")
                try $0.option("ctry")
            },
        ClaimRule("xms_pl").optional(is: "sv-SE") { try $0.set("preferredLanguage", "sv-SE") },
        ClaimRule("xms_pdl").optional(is: "EUR") { try $0.set("preferredDataLocation", "EUR") }
            .when("none is set", in: []) { try $0.option("xms_pdl") },
        ClaimRule("verified_primary_email").optional(is: ["ada@fabrikam.example"]) {
            try $0.set("proxyAddresses", addresses)
        },
        ClaimRule("verified_secondary_email").optional(is: ["a.park@fabrikam.example"]) {
            try $0.set("proxyAddresses", addresses)
        },
        ClaimRule("xms_edov").optional(is: true)
            .when("of somebody else's domain", in: TokenSample.chosen, is: false) {
                try $0.set("mail", "ada@elsewhere.example")
                try $0.option("xms_edov")
            },
        ClaimRule("vnet").optional(is: "west") { try $0.situate([.network: "west"]) }
            .when("no network between", in: []) { try $0.option("vnet") },
        ClaimRule("fwd").optional(is: "203.0.113.9") {
            try $0.situate([.network: "west", .address: "203.0.113.9"])
        }
        .when("no network between", in: []) {
            try $0.situate([.address: "203.0.113.9"])
            try $0.option("fwd")
        },
        ClaimRule("ztdid").optional { try $0.situate([.device: "autopilot"]) }
            .when("another device", in: []) {
                try $0.situate([.device: "compliant"])
                try $0.option("ztdid")
            },
    ]

    private static let addresses: JSONValue = [
        "SMTP:ada@fabrikam.example", "smtp:a.park@fabrikam.example",
        "smtp:ada@elsewhere.example",
    ]
}
