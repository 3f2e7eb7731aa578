import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import Testing

struct Route: Sendable, CustomTestStringConvertible {
    let method: HTTPMethod
    let target: String
    let body: String
    let command: ControlCommand

    init(
        _ method: HTTPMethod, _ target: String, _ body: String = "", is command: ControlCommand
    ) {
        self.method = method
        self.target = "/sim/v1" + target
        self.body = body
        self.command = command
    }

    var testDescription: String { "\(method.rawValue) \(target) \(body)" }
}

@Suite("The control API understands")
struct RoutingTests {
    @Test(
        "questions about the simulator",
        arguments: [
            Route(.get, "/health", is: .health), Route(.get, "/metrics", is: .metrics),
            Route(.get, "", is: .routes), Route(.get, "/", is: .routes),
            Route(.get, "/journal", is: .journal(JournalQuery())),
            Route(
                .get, "/journal?after=12&limit=1000",
                is: .journal(JournalQuery(after: 12, limit: 1_000))),
            Route(
                .post, "/tenants/t/keys/rotate", #"{"mode":"planned","in":"1h","keep":"6h"}"#,
                is: .keys(
                    tenant: "t",
                    .rotate(KeyRotation(delay: .hours(1), keptAfter: .hours(6))))),
            Route(
                .post, "/tenants/t/keys/rotate",
                is: .keys(tenant: "t", .rotate(KeyRotation()))),
            Route(
                .patch, "/tenants/t/keys", #"{"rolloverInterval":null}"#,
                is: .keys(
                    tenant: "t",
                    .schedule(interval: .clear, publishedAhead: nil, keptAfter: nil))),
            Route(
                .post, "/tenants/t/apps/Shop/keys/rotate",
                is: .keys(tenant: "t", .rotateApplication("Shop"))),
            Route(
                .delete, "/tenants/t/roles?role=Global%20Reader&principal=ann",
                is: .roles(
                    tenant: "t", .unassign(role: "Global Reader", principal: "ann"))),
            Route(
                .patch, "/tenants/t/policies", #"{"userConsent":"lowRisk"}"#,
                is: .policies(tenant: "t", .consent(.lowRisk, adminConsentRequests: nil))),
            Route(
                .post, "/tenants/t/policies/token-lifetime", #"{"accessTokenLifetime":"10m"}"#,
                is: .policies(tenant: "t", .tokenLifetime(.set(.minutes(10)), app: nil))),
            Route(
                .post, "/tenants/t/users/ann/revoke-sessions",
                is: .user(tenant: "t", .revokeSessions("ann"))),
            Route(.get, "/keys", is: .listKeys), Route(.get, "/errors", is: .listErrors),
            Route(.get, "/errors/50076", is: .showError(50_076)),
            Route(.get, "/tenants", is: .listTenants),
            Route(.get, "/tenants/contoso", is: .showTenant("contoso")),
            Route(.get, "/tenants/contoso/export", is: .exportTenant("contoso")),
            Route(.get, "/clock", is: .clock(.show)),
            Route(.post, "/clock/freeze", is: .clock(.freeze(at: nil))),
            Route(
                .post, "/clock/freeze", #"{"at":"1970-01-01T00:00:10Z"}"#,
                is: .clock(.freeze(at: Timestamp(seconds: 10)))),
            Route(
                .post, "/clock/advance", #"{"by":"PT40M"}"#, is: .clock(.advance(by: .minutes(40)))),
            Route(.post, "/clock/advance", #"{"by":"2d"}"#, is: .clock(.advance(by: .days(2)))),
            Route(
                .post, "/clock/set", #"{"at":"1970-01-01T00:00:10Z"}"#,
                is: .clock(.set(Timestamp(seconds: 10)))),
            Route(.post, "/clock/resume", is: .clock(.resume)),
            Route(
                .post, "/tenants/t/tokens", #"{"app":"Orders"}"#,
                is: .mintToken(tenant: "t", TokenMint(app: "Orders"))),
            Route(
                .post, "/tenants/t/tokens",
                #"{"app":"Orders","user":"ada@x.test","scope":"openid profile","lifetime":"5m"}"#,
                is: .mintToken(
                    tenant: "t",
                    TokenMint(
                        app: "Orders", user: "ada@x.test", scopes: ["openid", "profile"],
                        lifetime: .minutes(5)))),
        ])
    func simulator(_ row: Route) { check(row) }

    @Test(
        "edits of people and groups",
        arguments: [
            user(.get, "", .list(UserListing())),
            user(
                .get, "?deleted=true&text=ad", .list(UserListing(population: .deleted, text: "ad"))),
            user(.get, "/ada%40x.test", .show("ada@x.test")),
            user(.get, "/a%2Fb", .show("a/b")),
            user(.delete, "/ada", .delete("ada")), user(.post, "/ada/enable", .enable("ada")),
            user(.post, "/ada/disable", .disable("ada")),
            user(.post, "/ada/restore", .restore("ada")), user(.post, "/ada/purge", .purge("ada")),
            user(
                .post, "", body: #"{"userPrincipalName":"ada@x.test"}"#,
                .add(NewUser(userPrincipalName: "ada@x.test"))),
            user(
                .patch, "/ada",
                body: #"{"manager":null,"officeLocation":"B2","businessPhones":["+1"]}"#,
                .set(
                    "ada",
                    UserSettings(
                        attributes: [
                            AttributeChange("physicalDeliveryOfficeName", "B2"),
                            AttributeChange("telephoneNumber", "+1"),
                        ], manager: .clear))),
            group(.get, "", .list(GroupListing())), group(.get, "/eng", .show("eng")),
            group(
                .post, "", body: #"{"displayName":"eng","users":["ada"],"groups":["all"]}"#,
                .add(NewGroup(displayName: "eng", members: [.user("ada"), .group("all")]))),
            group(.patch, "/eng", body: #"{"displayName":"x"}"#, .rename("eng", displayName: "x")),
            group(.delete, "/eng", .delete("eng")),
            group(.post, "/eng/members", body: #"{"user":"ada"}"#, .addMember("eng", .user("ada"))),
            group(.delete, "/eng/members?group=all", .removeMember("eng", .group("all"))),
        ])
    func directory(_ row: Route) { check(row) }

    @Test(
        "edits of apps, assignments and jobs",
        arguments: [
            Route(.get, "/tenants/t/apps", is: .application(tenant: "t", .list)),
            Route(.get, "/tenants/t/apps/A%20B", is: .application(tenant: "t", .show("A B"))),
            Route(
                .post, "/tenants/t/apps/A/secrets", #"{"displayName":"ci"}"#,
                is: .application(
                    tenant: "t", .addSecret("A", displayName: "ci", endsAt: nil))),
            Route(
                .get, "/tenants/t/apps/A/config?for=msal-python",
                is: .application(tenant: "t", .config("A", for: .msalPython))),
            Route(
                .post, "/tenants/t/apps/A/assignments", #"{"group":"eng","appRole":"User"}"#,
                is: .assignment(
                    tenant: "t", .assign(app: "A", .group("eng"), appRole: "User"))),
            Route(
                .delete, "/tenants/t/apps/A/assignments?user=ada",
                is: .assignment(tenant: "t", .unassign(app: "A", .user("ada")))),
            Route(.get, "/tenants/t/provisioning", is: .listProvisioning(tenant: "t")),
            job(.get, "", .status), job(.post, "/start", .start), job(.post, "/pause", .pause),
            job(.post, "/run", .run(recordsWire: false)),
            job(.post, "/run", body: #"{"wire":true}"#, .run(recordsWire: true)),
            job(.post, "/preview", .preview), job(.post, "/restart", .restart(.portalRestart)),
            job(.post, "/restart", body: #"{"resetScope":""}"#, .restart(.portalRestart)),
            job(
                .post, "/restart", body: #"{"resetScope":"Watermark, Escrows"}"#,
                .restart(ResetScope([.watermark, .escrows]))),
            job(.get, "/logs", .logs(ProvisioningLogQuery())),
            job(.get, "/report", .report(.last)), job(.get, "/report?cycle=3", .report(.number(3))),
            job(.get, "/cassette?from=7", .cassette(from: 7)), job(.delete, "", .delete),
            job(
                .post, "/run", body: #"{"record":true}"#,
                .run(recordsWire: false, recordsCassette: true)),
            job(
                .post, "/test-connection", body: #"{"secretToken":"x"}"#,
                .testConnection(TestCredentials(secretToken: "x"))),
            job(.get, "/schema", .schema), job(.delete, "/schema", .replaceSchema(nil)),
            job(
                .put, "/schema", body: #"{"id":"x","directories":[],"objectMappings":[]}"#,
                .replaceSchema(["objectMappings": []])),
            job(.get, "/object-connections/a%2Fb", .connection("a/b")),
            job(.delete, "/object-connections/7", .disconnect("7")),
        ])
    func apps(_ row: Route) { check(row) }

    @Test("how a job proves itself, whole and in part")
    func authentication() {
        func setting(_ change: (inout AuthenticationSettings) -> Void) -> ControlCommand {
            var authentication = AuthenticationSettings()
            change(&authentication)
            var provisioning = ProvisioningSettings()
            provisioning.authentication = authentication
            var settings = ApplicationSettings()
            settings.provisioning = provisioning
            return .application(tenant: "t", .set("A", settings))
        }
        func route(_ block: String, _ command: ControlCommand) {
            check(
                Route(
                    .patch, "/tenants/t/apps/A", #"{"provisioning":{"authentication":\#(block)}}"#,
                    is: command))
        }
        route(
            #"{"type":"OAuth2ClientCredentialsGrant","tokenEndpoint":"https://a.test/t","#
                + #""clientId":"c","clientSecret":"s","credentialLocation":"header","scope":"x"}"#,
            setting {
                $0.method = .clientCredentials
                $0.tokenEndpoint = "https://a.test/t"
                $0.clientID = "c"
                $0.clientSecret = "s"
                $0.location = .supported(.header)
                $0.scope = .set("x")
            })
        route(
            #"{"type":"WorkloadIdentity","application":"A B","exchange":"tokenExchange","#
                + #""audience":null}"#,
            setting {
                $0.method = .workloadIdentity
                $0.application = .set("A B")
                $0.exchange = .tokenExchange
                $0.audience = .clear
            })
        route("null", setting { $0.method = .bearer })
        route(#"{"credentialLocation":""}"#, setting { $0.location = .unsupported("") })
        var secret = AuthenticationSettings()
        secret.clientSecret = "s"
        check(
            Route(
                .post, "/tenants/t/apps/A/provisioning/test-connection",
                #"{"authentication":{"clientSecret":"s"}}"#,
                is: .provisioning(
                    tenant: "t", app: "A",
                    .testConnection(TestCredentials(authentication: secret)))))
    }

    @Test("an app's settings in Graph's own shape")
    func applicationSettings() {
        var settings = ApplicationSettings()
        settings.redirectURIs = [.web: ["https://a.test/cb"], .spa: []]
        settings.logoutURL = .clear
        settings.enablesIDTokenIssuance = true
        settings.requestedAccessTokenVersion = .set(2)
        settings.requiresAssignment = true
        var provisioning = ProvisioningSettings()
        provisioning.tenantURL = "https://b.test/scim"
        provisioning.scope = .all
        provisioning.notifies = true
        provisioning.recipients = "ops@b.test"
        provisioning.deleteThreshold = .clear
        provisioning.expressions = [
            .iifNullCondition: .set("documented"), .splitTrimsItems: .set("false"),
            .severalRoles: .clear,
        ]
        settings.provisioning = provisioning
        let body = """
            {"web":{"redirectUris":["https://a.test/cb"],"logoutUrl":null,
              "implicitGrantSettings":{"enableIdTokenIssuance":true}},
             "spa":{"redirectUris":[]},"api":{"requestedAccessTokenVersion":2},
             "appRoleAssignmentRequired":true,
             "provisioning":{"tenantUrl":"https://b.test/scim","scope":"all",
              "notifications":{"enabled":true,"recipients":"ops@b.test","deleteThreshold":null},
              "expressionSettings":{"iifNullCondition":"documented","splitTrimsItems":false,
                "severalRoles":null}}}
            """
        check(
            Route(
                .patch, "/tenants/t/apps/A", body,
                is: .application(tenant: "t", .set("A", settings)))
        )
    }

    @Test("health and metrics without a token and from any host name")
    func open() {
        for path in ["/sim/v1/health", "/sim/v1/metrics"] {
            #expect(refusal(request(.get, path, host: "sim.lab", authorization: nil)) == nil)
            #expect(refusal(request(.post, path, authorization: nil))?.status == 401)
        }
    }

    private func check(_ row: Route) {
        #expect(routes.route(request(row.method, row.target, row.body)) == .success(row.command))
    }
}

private func user(
    _ method: HTTPMethod, _ path: String, body: String = "", _ command: UserCommand
) -> Route {
    Route(method, "/tenants/t/users" + path, body, is: .user(tenant: "t", command))
}

private func group(
    _ method: HTTPMethod, _ path: String, body: String = "", _ command: GroupCommand
) -> Route {
    Route(method, "/tenants/t/groups" + path, body, is: .group(tenant: "t", command))
}

private func job(
    _ method: HTTPMethod, _ path: String, body: String = "", _ command: ProvisioningCommand
) -> Route {
    Route(
        method, "/tenants/t/apps/A/provisioning" + path, body,
        is: .provisioning(tenant: "t", app: "A", command))
}
