import EntraSimCLI
import Testing

@Suite("A command becomes one request")
struct RequestTests {
    @Test(
        "about people and groups",
        arguments: [
            ("user list ada --deleted", "GET /users?text=ada&deleted=true"),
            ("access list", "GET /conditionalAccess/policies"),
            (
                "access add P --app Shop --require mfa --exclude-location Office",
                #"POST /conditionalAccess/policies {"displayName":"P","state":"enabled","conditions":{"users":{"includeUsers":["All"],"excludeUsers":[],"includeGroups":[],"excludeGroups":[]},"applications":{"includeApplications":["Shop"],"excludeApplications":[]},"locations":{"includeLocations":["All"],"excludeLocations":["Office"]}},"grantControls":{"operator":"AND","builtInControls":["mfa"]}}"#
            ),
            ("access enable P", #"PATCH /conditionalAccess/policies/P {"state":"enabled"}"#),
            (
                "access report P",
                #"PATCH /conditionalAccess/policies/P {"state":"enabledForReportingButNotEnforced"}"#
            ),
            ("access remove P", "DELETE /conditionalAccess/policies/P"),
            (
                "location add HQ --range 203.0.113.0/24 --trusted",
                #"POST /conditionalAccess/namedLocations {"displayName":"HQ","ipRanges":["203.0.113.0/24"],"isTrusted":true}"#
            ),
            (
                "signins --user ada --status failure --code 50126",
                "GET /signIns?user=ada&status=failure&errorCode=50126"
            ),
            (
                "user set ada --at device=compliant --at address= --second-factor none",
                #"PATCH /users/ada {"secondFactor":"none","signIn":{"device":"compliant","address":null}}"#
            ),
            ("user show ada@fabrikam.test", "GET /users/ada%40fabrikam.test"),
            (
                "user add ada@x.test --display-name 'Ada L' --guest --disabled --password P-1",
                #"POST /users {"userPrincipalName":"ada@x.test","displayName":"Ada L","accountEnabled":false,"userType":"Guest","passwordProfile":{"password":"P-1"}}"#
            ),
            (
                "user set ada --upn b@x.test --manager bob --set otherMails=a --set otherMails=b",
                #"PATCH /users/ada {"manager":"bob","otherMails":["a","b"],"userPrincipalName":"b@x.test"}"#
            ),
            (
                "user set ada --clear manager --clear password --require-mfa on",
                #"PATCH /users/ada {"requiresMfa":true,"manager":null,"passwordProfile":{"password":null}}"#
            ),
            (
                "user set ada --set accountEnabled=false --set jobTitle=true",
                #"PATCH /users/ada {"accountEnabled":false,"jobTitle":"true"}"#
            ),
            (
                "user set ada --locked-until 2026-01-05T09:00:00+01:00",
                #"PATCH /users/ada {"lockedUntil":"2026-01-05T08:00:00Z"}"#
            ),
            ("user enable ada", "POST /users/ada/enable"),
            ("user disable ada", "POST /users/ada/disable"),
            ("user delete ada", "DELETE /users/ada"),
            ("user restore ada", "POST /users/ada/restore"),
            ("user purge ada", "POST /users/ada/purge"),
            ("group list", "GET /groups"), ("group show 'R&D'", "GET /groups/R%26D"),
            (
                "group add eng --member ada --member bob",
                #"POST /groups {"displayName":"eng","users":["ada","bob"]}"#
            ),
            ("group rename eng eng2", #"PATCH /groups/eng {"displayName":"eng2"}"#),
            ("group delete eng", "DELETE /groups/eng"),
            ("group add-member eng --group all", #"POST /groups/eng/members {"group":"all"}"#),
            ("group remove-member eng --user a+b", "DELETE /groups/eng/members?user=a%2Bb"),
            (
                "assign Orders --group eng --role User",
                #"POST /apps/Orders/assignments {"group":"eng","appRole":"User"}"#
            ),
            ("unassign Orders --user ada", "DELETE /apps/Orders/assignments?user=ada"),
        ])
    func directory(_ line: String, _ request: String) { check(line, request) }

    @Test(
        "about apps and jobs",
        arguments: [
            ("app list", "GET /apps"),
            (
                "app add Orders --web-redirect https://a --web-redirect https://b --id-tokens on",
                #"POST /apps {"displayName":"Orders","web":{"redirectUris":["https://a","https://b"],"implicitGrantSettings":{"enableIdTokenIssuance":true}}}"#
            ),
            (
                "app set Orders --tenant-url https://s.test/scim --secret-token t --scope all --groups off",
                #"PATCH /apps/Orders {"provisioning":{"tenantUrl":"https://s.test/scim","secretToken":"t","scope":"all","provisionsGroups":false}}"#
            ),
            (
                "app set Orders --token-endpoint '{origin}/t' --client-id c --client-secret s --credential-location header --oauth-scope scim",
                #"PATCH /apps/Orders {"provisioning":{"authentication":{"tokenEndpoint":"{origin}/t","clientId":"c","clientSecret":"s","credentialLocation":"header","scope":"scim"}}}"#
            ),
            (
                "app set Orders --federated --token-endpoint https://s.test/t --client-id c --workload-app Pipes --exchange tokenExchange --oauth-audience a",
                #"PATCH /apps/Orders {"provisioning":{"authentication":{"type":"WorkloadIdentity","tokenEndpoint":"https://s.test/t","clientId":"c","application":"Pipes","exchange":"tokenExchange","audience":"a"}}}"#
            ),
            (
                "provision test-connection Orders --client-secret s",
                #"POST /apps/Orders/provisioning/test-connection {"authentication":{"clientSecret":"s"}}"#
            ),
            (
                "app add-secret Orders --name ci --until 2027-01-01T00:00:00Z",
                #"POST /apps/Orders/secrets {"displayName":"ci","endDateTime":"2027-01-01T00:00:00Z"}"#
            ),
            ("app config Orders --for dotnet", "GET /apps/Orders/config?for=dotnet"),
            ("provision status", "GET /provisioning"),
            ("provision status Orders", "GET /apps/Orders/provisioning"),
            ("provision start Orders", "POST /apps/Orders/provisioning/start"),
            ("provision pause Orders", "POST /apps/Orders/provisioning/pause"),
            ("provision restart Orders", "POST /apps/Orders/provisioning/restart {}"),
            (
                "provision restart Orders --reset-scope Watermark,Escrows",
                #"POST /apps/Orders/provisioning/restart {"resetScope":"Watermark,Escrows"}"#
            ),
            ("provision schema Orders", "GET /apps/Orders/provisioning/schema"),
            (
                "provision schema Orders --restore-defaults",
                "DELETE /apps/Orders/provisioning/schema"
            ),
            (
                "provision connection Orders a1",
                "GET /apps/Orders/provisioning/object-connections/a1"
            ),
            (
                "provision connection Orders a1 --remove",
                "DELETE /apps/Orders/provisioning/object-connections/a1"
            ),
            ("provision run Orders", #"POST /apps/Orders/provisioning/run {"wire":false}"#),
            ("provision run Orders --wire", #"POST /apps/Orders/provisioning/run {"wire":true}"#),
            ("provision preview Orders", "POST /apps/Orders/provisioning/preview"),
            (
                "provision logs Orders --status failure --identity ada --cycle last --limit 5",
                "GET /apps/Orders/provisioning/logs?status=failure&identity=ada&cycleId=last&limit=5"
            ),
            (
                "provision logs Orders --action disable --error-code RedundantExport --user ada@x --since 2026-01-05T08:00:00Z --until 2026-01-05T09:00:00Z",
                "GET /apps/Orders/provisioning/logs?action=disable&errorCode=RedundantExport&user=ada%40x&since=2026-01-05T08%3A00%3A00Z&until=2026-01-05T09%3A00%3A00Z"
            ),
            ("provision report Orders --cycle 3", "GET /apps/Orders/provisioning/report?cycle=3"),
            ("provision delete Orders", "DELETE /apps/Orders/provisioning"),
            (
                "app set Orders --notify on --notify-to a@b.test,c@d.test --delete-threshold 3 --skip-out-of-scope-deletions on",
                #"PATCH /apps/Orders {"provisioning":{"skipOutOfScopeDeletions":true,"notifications":{"enabled":true,"recipients":"a@b.test,c@d.test","deleteThreshold":3}}}"#
            ),
            (
                "app set Orders --delete-threshold off --expression-setting iifNullCondition=documented --expression-setting splitTrimsItems=false",
                #"PATCH /apps/Orders {"provisioning":{"notifications":{"deleteThreshold":null},"expressionSettings":{"iifNullCondition":"documented","splitTrimsItems":false}}}"#
            ),
            (
                "provision test-connection Orders --secret-token t",
                #"POST /apps/Orders/provisioning/test-connection {"secretToken":"t"}"#
            ),
            (
                "token mint --app Orders --user ada --scope 'openid profile' --lifetime 5m",
                #"POST /tokens {"app":"Orders","user":"ada","scope":"openid profile","lifetime":"PT5M"}"#
            ),
            ("tenant export", "GET /export"),
        ])
    func apps(_ line: String, _ request: String) { check(line, request) }

    @Test(
        "about a tenant's keys, policies and branches",
        arguments: [
            ("keys rotate", "POST /keys/rotate {}"),
            ("keys rotate --in 2h --keep 6h", #"POST /keys/rotate {"in":"2h","keep":"6h"}"#),
            ("keys rotate --emergency", #"POST /keys/rotate {"mode":"emergency"}"#),
            ("keys rotate --app Orders", "POST /apps/Orders/keys/rotate"),
            ("keys publish", "POST /keys/publish"),
            ("keys drop Orders", "DELETE /apps/Orders/keys"),
            (
                "keys schedule --every 42d --keep 2d",
                #"PATCH /keys {"rolloverInterval":"42d","keptAfter":"2d"}"#
            ),
            ("keys schedule --off", #"PATCH /keys {"rolloverInterval":null}"#),
            ("role list", "GET /roles"),
            (
                "role assign 'Global Administrator' ada",
                #"POST /roles {"role":"Global Administrator","principal":"ada"}"#
            ),
            (
                "role unassign 'Global Administrator' ada",
                "DELETE /roles?role=Global%20Administrator&principal=ada"
            ),
            (
                "app require Orders --scope User.Read --scope Group.Read.All",
                #"POST /apps/Orders/permissions {"scopes":["User.Read","Group.Read.All"]}"#
            ),
            ("app consent Orders", "POST /apps/Orders/consent"),
            (
                "tenant set --user-consent lowRisk --admin-consent-requests on",
                #"PATCH /policies {"userConsent":"lowRisk","adminConsentRequests":true}"#
            ),
            (
                "token lifetime 30m --app Orders",
                #"POST /policies/token-lifetime {"accessTokenLifetime":"30m","app":"Orders"}"#
            ),
            (
                "token lifetime default",
                #"POST /policies/token-lifetime {"accessTokenLifetime":null}"#
            ),
            ("tenant snapshot before", #"POST /snapshots {"name":"before"}"#),
            ("tenant snapshots", "GET /snapshots"),
            ("tenant restore before", "POST /snapshots/before/restore"),
            ("tenant fork test-17", #"POST /fork {"name":"test-17"}"#),
            ("tenant reset", "POST /reset"),
        ])
    func tenant(_ line: String, _ request: String) { check(line, request) }

    @Test(
        "and a command that is refused calls nobody",
        arguments: ["keys schedule", "tenant set", "token lifetime soon", "keys drop"])
    func refused(line: String) { #expect(run(line).asked == []) }

    @Test(
        "about the simulator",
        arguments: [
            ("clock show", "GET /sim/v1/clock"),
            ("clock freeze", "POST /sim/v1/clock/freeze {}"),
            (
                "clock freeze 2026-01-05T08:00:00Z",
                #"POST /sim/v1/clock/freeze {"at":"2026-01-05T08:00:00Z"}"#
            ),
            ("clock advance 1d12h", #"POST /sim/v1/clock/advance {"by":"P1DT12H"}"#),
            (
                "clock set 2026-01-05T08:00:00Z",
                #"POST /sim/v1/clock/set {"at":"2026-01-05T08:00:00Z"}"#
            ),
            (
                "fault add token aadsts=50076 --app Claresia --for 10m --times 3",
                #"POST /sim/v1/faults {"where":"token","whom":{"app":"Claresia"},"when":{"times":3,"expiresIn":"10m"},"what":{"aadsts":50076}}"#
            ),
            (
                "fault add scim 'status=429;retryAfter=5s' --operation update --every 3 --name t",
                #"POST /sim/v1/faults {"name":"t","where":{"site":"scim","operation":"update"},"when":{"every":3},"what":{"status":429,"retryAfter":"5s"}}"#
            ),
            (
                #"fault add jwks '{"hang":true}' --probability 0.5"#,
                #"POST /sim/v1/faults {"where":"jwks","when":{"probability":0.5},"what":{"hang":true}}"#
            ),
            (
                "expect --call 'POST */Users 201' --call 'PATCH *' --in-order --after 7",
                #"POST /sim/v1/expect {"after":7,"calls":["POST */Users 201","PATCH *"],"order":"inOrder"}"#
            ),
            ("expect --no-writes", #"POST /sim/v1/expect {"writes":false}"#),
            ("fault hits", "GET /sim/v1/faults"),
            (
                "fault add token status=503 --header User-Agent=msal* --call 2 --address ::1",
                #"POST /sim/v1/faults {"where":"token","whom":{"address":"::1","header":{"User-Agent":"msal*"},"call":2},"what":{"status":503}}"#
            ),
            (
                "fault add token status=503 --probability 0.5 --seed 7",
                #"POST /sim/v1/faults {"where":"token","when":{"probability":0.5,"seed":7},"what":{"status":503}}"#
            ),
            ("fault list", "GET /sim/v1/faults"), ("fault clear", "DELETE /sim/v1/faults"),
            ("fault clear f1", "DELETE /sim/v1/faults/f1"),
            (
                "defect on claresia slow-writes --rate 0.5 --operation create --delay 5s --for 1h",
                #"PUT /sim/v1/targets/claresia/defects/slow-writes {"rate":0.5,"operation":"create","delay":"5s","expiresIn":"1h"}"#
            ),
            (
                "defect on claras throttled --retry-after 9s --as-date --times 2",
                #"PUT /sim/v1/targets/claras/defects/throttled {"retryAfter":"9s","times":2,"retryAfterForm":"date"}"#
            ),
            ("defect list claras", "GET /sim/v1/targets/claras/defects"),
            ("defect off claras", "DELETE /sim/v1/targets/claras/defects"),
            ("defect off claras garbage", "DELETE /sim/v1/targets/claras/defects/garbage"),
            ("clock resume", "POST /sim/v1/clock/resume"), ("keys show", "GET /sim/v1/keys"),
            ("tenant show contoso", "GET /sim/v1/tenants/contoso"),
        ])
    func simulator(_ line: String, _ request: String) {
        #expect(run(line).asked == [request])
    }

    private func check(_ line: String, _ request: String) {
        let parts = request.split(separator: " ", maxSplits: 1)
        #expect(run(line).asked == ["\(parts[0]) /sim/v1/tenants/fabrikam\(parts[1])"])
    }
}
