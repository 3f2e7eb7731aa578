import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Every claim by its emission rule — identity-platform.md §4.2, §4.5, §4.7, §11.5")
struct ClaimTableTests {
    private let browser = Browser()

    private func change(_ app: String, _ body: (inout AppRegistration) -> Void) throws {
        var registration = try #require(
            browser.tenant.snapshot().application(appID: Fixture.app(app)))
        body(&registration)
        try browser.tenant.append([.applicationChanged(registration)], at: browser.now)
    }

    private func give(_ user: String, _ attributes: [String: JSONValue]) throws {
        let changes = attributes.sorted { $0.key < $1.key }.map { AttributeChange($0, $1) }
        try browser.tenant.append([.userChanged(Fixture.user(user), changes)], at: browser.now)
    }

    private func tokens(
        _ user: String = "ada", scope: String = "openid profile", v1Resource: String? = nil
    ) throws -> JSONObject {
        browser.forgetCookies()
        let isV1 = v1Resource != nil
        let answer = try browser.signIn(
            user,
            at: browser.authorizeTarget(
                v1: isV1,
                changing: isV1 ? ["scope": nil, "resource": v1Resource] : ["scope": scope]))
        return try browser.redeem(
            try #require(answer.redirected?["code"]),
            changing: isV1 ? ["resource": v1Resource] : [:], v1: isV1
        ).json
    }

    private func daemon(_ scope: String) throws -> JSONObject {
        try browser.post(
            browser.tokenTarget,
            [
                "grant_type": "client_credentials", "scope": scope,
                "client_id": Fixture.app("daemon").description, "client_secret": "daemon-secret",
            ]
        ).json
    }

    private func names(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    @Test("a v2 access token of a person has the reference's claims in its order — §11.5")
    func v2Access() throws {
        let claims = try tokens(scope: "openid profile api://orders/read").claims("access_token")
        #expect(
            claims.names
                == names(
                    "aud iss iat nbf exp aio azp azpacr name oid preferred_username rh scp sid "
                        + "sub tid uti ver xms_ftd"))
        #expect(claims["aud"]?.stringValue == Fixture.app("api").description)
        #expect(claims["azpacr"] == "1")
        #expect(claims["scp"] == "read")
    }

    @Test("a v2 ID token: sid and rh always, name and oid with profile, nonce when asked — §11.5")
    func v2Identity() throws {
        #expect(
            try tokens().claims("id_token").names
                == names(
                    "aud iss iat nbf exp aio name nonce oid preferred_username rh roles sid sub "
                        + "tid uti ver"))
        #expect(
            try tokens("ben", scope: "openid").claims("id_token").names
                == names("aud iss iat nbf exp aio nonce rh sid sub tid uti ver"))
    }

    @Test("v1 tokens name the person, how they signed in and from where — §11.5")
    func v1() throws {
        try browser.tenant.append(
            [
                .granted(
                    PermissionGrant(
                        id: GrantID(Fixture.id("grant v1")), client: Fixture.principal("web"),
                        resource: Browser.graph.servicePrincipal.id, consent: .allPrincipals,
                        scopes: ["User.Read"]))
            ], at: browser.now)
        let body = try tokens(v1Resource: "https://graph.microsoft.com")
        #expect(
            try body.claims("access_token").names
                == names(
                    "aud iss iat nbf exp acr aio amr app_displayname appid appidacr family_name "
                        + "given_name ipaddr name oid puid rh scp sid sub tid unique_name upn uti "
                        + "ver xms_act_fct xms_ftd xms_idrel xms_rd xms_st xms_sub_fct xms_tcdt "
                        + "xms_tnt_fct"))
        let access = try body.claims("access_token")
        #expect(access["xms_act_fct"] == "3 9" && access["xms_sub_fct"] == "9 3")
        #expect(access["xms_idrel"] == "1 30")
        #expect(
            try body.claims("id_token").names
                == names(
                    "aud iss iat nbf exp aio amr family_name given_name ipaddr name nonce oid rh "
                        + "roles sid sub tid unique_name upn uti ver"))
    }

    @Test("an app-only v2 token has no scp and no appid, and idtyp only when asked for — §4.2")
    func appOnly() throws {
        let claims = try daemon("api://orders/.default").claims("access_token")
        #expect(
            claims.names
                == names(
                    "aud iss iat nbf exp aio azp azpacr oid rh roles sub tid uti ver xms_ftd"))
        #expect(claims["sub"] == claims["oid"])
        let old = try daemon("api://gateway/.default").claims("access_token")
        #expect(
            old.names
                == names("aud iss iat nbf exp aio appid appidacr idp oid rh sub tid uti ver"))
        let graph = try daemon("https://graph.microsoft.com/.default").claims("access_token")
        #expect(graph["idtyp"] == "app")
        #expect(graph["xms_idrel"] == "7 4")
        #expect(graph["xms_act_fct"] == "3 9" && graph["xms_sub_fct"] == "9 3")
        try change("api") { $0.optionalClaims = ["accessToken": [["name": "idtyp"]]] }
        #expect(try daemon("api://orders/.default").claims("access_token")["idtyp"] == "app")
        let person = try tokens(scope: "openid api://orders/read").claims("access_token")
        #expect(person["idtyp"] == nil)
    }

    @Test("no claim is ever null or empty")
    func omitted() throws {
        try give("ben", ["mail": .null, "surname": .null, "givenName": .null])
        try change("web") {
            $0.groupMembershipClaims = "All"
            $0.optionalClaims = [
                "idToken": .array(
                    [
                        "email", "family_name", "given_name", "ctry", "xms_pl", "xms_edov",
                        "verified_primary_email", "verified_secondary_email", "onprem_sid",
                        "extension_ab603c56068041afb2f6832e2a17e237_shoe",
                    ].map { ["name": .string($0)] })
            ]
        }
        let claims = try tokens("ben", scope: "openid profile email").claims("id_token")
        for member in claims.members {
            #expect(member.value != .null && member.value != .string("") && member.value != [])
        }
        #expect(claims["xms_edov"] == nil)
        #expect(claims["wids"] == ["b79fbf4d-3ef9-4689-8143-76b194e85509"])
    }

    struct Optional: CustomTestStringConvertible {
        let name: String
        let value: JSONValue?
        var properties: [String] = []
        var claim: String?
        var testDescription: String { "\(name) \(properties)" }
    }

    static let optionals: [Optional] = [
        Optional(name: "upn", value: "ada@fabrikam.example"),
        Optional(name: "email", value: "ada@fabrikam.example"),
        Optional(name: "family_name", value: "Park"), Optional(name: "given_name", value: "Ada"),
        Optional(name: "acct", value: 0), Optional(name: "ctry", value: "SE"),
        Optional(name: "auth_time", value: .int(Fixture.start.seconds)),
        Optional(name: "ipaddr", value: "127.0.0.1"), Optional(name: "amr", value: ["pwd"]),
        Optional(name: "tenant_region_scope", value: "WW"),
        Optional(name: "xms_pl", value: "sv-SE"), Optional(name: "xms_edov", value: true),
        Optional(name: "verified_primary_email", value: ["ada@fabrikam.example"]),
        Optional(name: "verified_secondary_email", value: ["a.park@fabrikam.example"]),
        Optional(name: "onprem_sid", value: "S-1-5-21-1"),
        Optional(
            name: "login_hint",
            value: .string(LoginHint.claim(user: Fixture.user("ada"), tenant: Fixture.tenant))),
        Optional(name: "ztdid", value: nil), Optional(name: "nothing", value: nil),
    ]

    @Test("optional claims say what is known of the person", arguments: optionals)
    func optional(_ row: Optional) throws {
        try give(
            "ada",
            [
                "country": "SE", "preferredLanguage": "sv-SE",
                "onPremisesSecurityIdentifier": "S-1-5-21-1",
                "proxyAddresses": [
                    "SMTP:ada@fabrikam.example", "smtp:a.park@fabrikam.example",
                    "smtp:ada@elsewhere.example",
                ],
            ])
        let plain = try tokens().claims("id_token")
        #expect(plain[row.name] == nil)
        try change("web") {
            $0.optionalClaims = ["idToken": [["name": .string(row.name)]]]
        }
        #expect(try tokens().claims("id_token")[row.name] == row.value)
    }

    @Test("family_name and given_name of a v2 ID token need profile")
    func namesNeedProfile() throws {
        try change("web") {
            $0.optionalClaims = ["idToken": [["name": "family_name"], ["name": "upn"]]]
        }
        let claims = try tokens(scope: "openid").claims("id_token")
        #expect(claims["family_name"] == nil)
        #expect(claims["upn"] == "ada@fabrikam.example")
    }

    @Test("aud of a v1 token is what was asked for, or the app's id with use_guid")
    func audience() throws {
        let asked = try daemon("api://gateway/.default").claims("access_token")
        #expect(asked["aud"] == "api://gateway")
        try change("gateway") {
            $0.optionalClaims = [
                "accessToken": [["name": "aud", "additionalProperties": ["use_guid"]]]
            ]
        }
        let guid = try daemon("api://gateway/.default").claims("access_token")
        #expect(guid["aud"]?.stringValue == Fixture.app("gateway").description)
    }

    @Test(
        "wids lists the templates of a person's roles, with every kind that includes roles",
        arguments: [
            ("All", true), ("DirectoryRole", true), ("SecurityGroup", true),
            ("ApplicationGroup", false), ("None", false), ("SecurityGroup, DirectoryRole", true),
        ])
    func wids(kind: String, isThere: Bool) throws {
        try browser.promote("ada", .applicationAdministrator)
        try change("web") { $0.groupMembershipClaims = kind }
        let wids = try tokens().claims("id_token")["wids"]
        #expect(
            wids
                == (isThere
                    ? [
                        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
                        "b79fbf4d-3ef9-4689-8143-76b194e85509",
                    ] : nil))
    }

    struct Form: CustomTestStringConvertible {
        let properties: [String]
        var kind = "SecurityGroup"
        let groups: [String]?
        var roles: [String]? = ["reader"]
        var testDescription: String { "\(kind) \(properties)" }
    }

    static let everyone = GroupID(Fixture.id("group everyone")).description
    static let staff = GroupID(Fixture.id("group staff")).description
    static let forms: [Form] = [
        Form(properties: [], groups: [staff, everyone]),
        Form(properties: ["sam_account_name"], groups: ["staff"]),
        Form(properties: ["dns_domain_and_sam_account_name"], groups: ["fab.local\\staff"]),
        Form(properties: ["netbios_domain_and_sam_account_name"], groups: ["FAB\\staff"]),
        // Of several forms the first wins.
        Form(
            properties: ["netbios_domain_and_sam_account_name", "sam_account_name"],
            groups: ["FAB\\staff"]),
        // Display names are for assigned groups, and for those of the cloud.
        Form(properties: ["cloud_displayname"], groups: [staff, everyone]),
        Form(properties: ["cloud_displayname"], kind: "ApplicationGroup", groups: [staff]),
        Form(properties: ["emit_as_roles"], groups: nil, roles: [staff, everyone]),
        Form(
            properties: ["sam_account_name", "emit_as_roles"], groups: nil, roles: ["staff"]),
        Form(properties: [], kind: "ApplicationGroup", groups: [staff]),
        Form(properties: [], kind: "DirectoryRole", groups: nil),
    ]

    @Test("groups come in the form the app asks for — §4.5", arguments: forms)
    func groups(_ row: Form) throws {
        let id = GroupID(Fixture.id("group staff"))
        var staff = try #require(browser.tenant.snapshot().group(id))
        staff.onPremises = OnPremisesNames(
            samAccountName: "staff", domainName: "fab.local", netBIOSName: "FAB")
        try browser.tenant.append([.groupChanged(staff)], at: browser.now)
        try change("web") {
            $0.groupMembershipClaims = row.kind
            $0.optionalClaims = [
                "idToken": [
                    [
                        "name": "groups",
                        "additionalProperties": JSONValue(strings: row.properties),
                    ]
                ]
            ]
        }
        let claims = try tokens().claims("id_token")
        #expect(claims["groups"] == row.groups.map { JSONValue(strings: $0) })
        #expect(claims["roles"] == row.roles.map { JSONValue(strings: $0) })
    }

    @Test("a cloud group that is assigned goes by its name")
    func cloudName() throws {
        try change("web") {
            $0.groupMembershipClaims = "ApplicationGroup"
            $0.optionalClaims = [
                "idToken": [
                    ["name": "groups", "additionalProperties": ["cloud_displayname"]]
                ]
            ]
        }
        #expect(try tokens().claims("id_token")["groups"] == ["Staff"])
    }

    @Test("sub differs per app and stays per person; uti is the answer's own request id — §4.3")
    func opaque() throws {
        let first = try tokens(scope: "openid api://orders/read")
        let second = try tokens(scope: "openid api://orders/read")
        let identity = try first.claims("id_token")
        let access = try first.claims("access_token")
        #expect(identity["sub"] != access["sub"])
        #expect(try identity["sub"] == second.claims("id_token")["sub"])
        #expect(identity["sub"]?.stringValue?.count == 43)
        #expect(try identity["aio"] != second.claims("id_token")["aio"])
        #expect(identity["uti"] == access["uti"])
        let prefix = try #require(access["rh"]?.stringValue)
        let raw = try #require(
            Base64.urlDecode(prefix.split(separator: ".")[1]))
        #expect(prefix.hasPrefix("1.A") && raw.count == 40)
        #expect(Array(raw[3..<19]) == Fixture.tenant.guid.littleEndianBytes)
        #expect(Array(raw[19..<35]) == Fixture.app("api").guid.littleEndianBytes)
    }
}
