import EntraSimCLI
import SimCore
import Testing

@Suite("What a person sees")
struct OutputTests {
    private let job = "/sim/v1/tenants/fabrikam/apps/Orders/provisioning"

    @Test("users in aligned columns, by name, with what keeps them from signing in")
    func users() {
        let answer = """
            {"value":[
             {"userPrincipalName":"zoe@fabrikam.test","displayName":"Zoe","accountEnabled":false,
              "userType":"Guest"},
             {"userPrincipalName":"ada@fabrikam.test","displayName":"Ada Long-Name",
              "department":"Sales","accountEnabled":true,"userType":"Member","requiresMfa":true}]}
            """
        let result = run(
            "user list",
            simulator: ScriptedSimulator(["GET /sim/v1/tenants/fabrikam/users": answer]))
        #expect(
            result.output == """
                user principal name  name           department  state
                ada@fabrikam.test    Ada Long-Name  Sales       MFA
                zoe@fabrikam.test    Zoe            -           disabled, guest

                """)
        #expect(result.talk.isEmpty)
    }

    @Test("a value cannot draw on the terminal")
    func controlCharacters() {
        let answer = #"{"value":[{"userPrincipalName":"a\u001b[31m@x","displayName":"b\nc"}]}"#
        let output = run(
            "user list",
            simulator: ScriptedSimulator(["GET /sim/v1/tenants/fabrikam/users": answer])
        ).output
        #expect(!output.contains("\u{1B}"))
        #expect(output.split(separator: "\n").count == 2)
    }

    @Test("a clean cycle in one line, exit 0")
    func cleanCycle() {
        let answer = """
            {"app":"Orders","cycle":"initial","state":"Succeeded","durationInMilliseconds":1234,
             "counts":{"created":12,"updated":0,"disabled":0,"deleted":0,"skipped":3,"failed":0,
             "escrowed":0},"error":null,"quarantine":null,"failures":[]}
            """
        let result = run(
            "provision run Orders", simulator: ScriptedSimulator(["POST \(job)/run": answer]))
        #expect(result.exitCode == .success)
        #expect(
            result.output
                == "Orders       initial cycle succeeded  12 created  0 updated  3 skipped"
                + "  0 failed  1.2 s\n")
    }

    @Test("a failing object says what, why and what to try, exit 5")
    func failingObject() {
        let answer = """
            {"app":"Orders","cycle":"incremental","state":"EntryLevelErrors",
             "durationInMilliseconds":40,"counts":{"created":1,"failed":1,"escrowed":1},
             "failures":[{"provisioningAction":"create",
               "sourceIdentity":{"displayName":"Ada","identityType":"User",
                 "details":{"UserPrincipalName":"ada@fabrikam.test"}},
               "provisioningStatusInfo":{"status":"failure","errorInformation":{
                 "errorCode":"Conflict","reason":"StatusCode: Conflict\\r\\nMessage: taken"}}}]}
            """
        let result = run(
            "provision run Orders", simulator: ScriptedSimulator(["POST \(job)/run": answer]))
        #expect(result.exitCode == .foundFailing)
        #expect(
            result.output == """
                Orders       incremental cycle had failing objects  1 created  0 updated  1 failed  1 escrowed  40 ms
                  create  ada@fabrikam.test
                  because  Conflict
                    StatusCode: Conflict
                    Message: taken
                    try: another object of the endpoint has that unique value

                """)
    }

    @Test("the report of the simulator as it is, then what to do and when it tries by itself")
    func report() {
        let answer = """
            {"app":"Orders","state":"Failed","text":"Orders: initial cycle failed in 2 ms\\n",
             "error":{"code":"SystemForCrossDomainIdentityManagementCredentialValidationFailure",
               "message":"Response Status Code: Unauthorized"},
             "quarantine":{"nextAttempt":"2026-01-05T14:00:00Z"}}
            """
        let result = run(
            "provision run Orders", simulator: ScriptedSimulator(["POST \(job)/run": answer]))
        #expect(
            result.output == """
                Orders: initial cycle failed in 2 ms
                  try: HTTP 401: the endpoint does not know the token; set the right one with app set APP --secret-token …
                  next attempt by itself: 2026-01-05T14:00:00Z

                """)
    }

    @Test(
        "no access token: what to do about it, not about the secret token",
        arguments: [
            (
                "The token endpoint returned: Response Status Code: Unauthorized invalid_client",
                "set the right ones with app set APP --client-id … --client-secret …"
            ),
            ("Unable to connect to the remote server", "app set APP --token-endpoint …"),
            ("Microsoft Entra ID issued no token to present: no", "app set APP --workload-app …"),
        ])
    func tokenAdvice(_ cause: String, _ advice: String) {
        let answer = """
            {"app":"Orders","state":"Failed","text":"Orders: initial cycle failed\\n",
             "error":{"code":"SystemForCrossDomainIdentityManagementCredentialValidationFailure",
               "message":"We were not able to acquire an access token for your application. \
            \(cause)"}}
            """
        let result = run(
            "provision run Orders", simulator: ScriptedSimulator(["POST \(job)/run": answer]))
        #expect(result.output.contains(advice), "\(result.output)")
        #expect(!result.output.contains("--secret-token"))
    }

    @Test("an advance tells a stretch of idle cycles in one line a job, and all else")
    func advance() {
        func row(_ time: String, _ what: String) -> String {
            #"{"at":"\#(time)","what":"\#(what)"}"#
        }
        let idle = "A: incremental cycle, nothing to send"
        let rows = [
            row("01", idle), row("01", "B: incremental cycle, nothing to send"), row("02", idle),
            row("03", "A: incremental cycle, 1 created"), row("04", idle),
        ].joined(separator: ",")
        let result = run(
            "clock advance 1d",
            simulator: ScriptedSimulator([
                "POST /sim/v1/clock/advance": #"{"now":"05","state":"frozen","ran":[\#(rows)]}"#
            ]))
        #expect(
            result.output == """
                01 … 02  A: incremental cycle, nothing to send  (2 times)
                01  B: incremental cycle, nothing to send
                03  A: incremental cycle, 1 created
                04  A: incremental cycle, nothing to send
                05  frozen

                """)
    }

    @Test("a job under way: progress, counters, steady state, and its cycles by number")
    func status() {
        func cycle(_ number: Int, _ kind: String, _ exported: Int) -> String {
            """
            {"number":\(number),"kind":"\(kind)","state":"Succeeded",
             "timeEnded":"2026-01-05T08:0\(number):00Z","countExported":\(exported),
             "countEscrowed":1,"counts":{"calls":9,"failed":0}}
            """
        }
        let answer = """
            {"app":"Orders","id":"scim.1","schedule":{"state":"Active","interval":"PT40M"},
             "status":{"code":"Active","countSuccessiveCompleteFailures":2,
              "steadyStateFirstAchievedTime":"2026-01-05T08:01:00Z",
              "steadyStateLastAchievedTime":"0001-01-01T00:00:00Z",
              "progress":[{"completedUnits":2,"totalUnits":7,"units":"pages"}],
              "lastExecution":{"state":"Succeeded","countImported":14,"countEntitled":12,
               "countImportedReferenceDeltas":1,"countExported":2,"countExports":3,
               "countEscrowed":1}},
             "history":{"cycles":[\(cycle(2, "incremental", 2)),\(cycle(1, "initial", 12))]}}
            """
        let result = run(
            "provision status Orders", simulator: ScriptedSimulator(["GET \(job)": answer]))
        #expect(
            result.output == """
                app          Orders
                job          scim.1
                status       Active
                schedule     Active, every PT40M
                under way    2 of 7 pages
                last cycle   Succeeded
                imported     14 objects, 1 with references
                entitled     12
                exported     2 of 3
                waiting      1
                failures     2 in a row
                steady since 2026-01-05T08:01:00Z

                cycle  kind         state      ended                 calls  exported  failed  waiting
                    2  incremental  Succeeded  2026-01-05T08:02:00Z      9         2       0        1
                    1  initial      Succeeded  2026-01-05T08:01:00Z      9        12       0        1

                """)
    }

    @Test("a quarantined job says since when, until when and why")
    func quarantine() {
        let answer = """
            {"app":"Orders","id":"scim.1","schedule":{"state":"Active","interval":"PT40M"},
             "status":{"code":"Quarantine","lastExecution":{"state":"Failed",
               "timeEnded":"0001-01-01T00:00:00Z"},
             "quarantine":{"reason":"EncounteredQuarantineException",
               "currentBegan":"2026-01-05T08:00:00Z","nextAttempt":"2026-01-05T14:00:00Z",
               "error":{"code":"SystemForCrossDomainIdentityManagementCredentialValidationFailure",
                 "message":"Response Status Code: Unauthorized"}}}}
            """
        let result = run(
            "provision status Orders", simulator: ScriptedSimulator(["GET \(job)": answer]))
        #expect(
            result.output == """
                app        Orders
                job        scim.1
                status     Quarantine
                schedule   Active, every PT40M
                last cycle Failed
                quarantine EncounteredQuarantineException since 2026-01-05T08:00:00Z, next attempt 2026-01-05T14:00:00Z
                  because  SystemForCrossDomainIdentityManagementCredentialValidationFailure
                    Response Status Code: Unauthorized
                    try: HTTP 401: the endpoint does not know the token; set the right one with app set APP --secret-token …

                """)
    }

    @Test("the wire, request and answer in the order sent")
    func wire() {
        let answer = """
            {"app":"Orders","cycle":"initial","state":"Succeeded","counts":{},
             "wire":[{"method":"POST","url":"https://s.test/Users",
               "requestHeaders":[{"name":"Authorization","value":"Bearer ‹redacted›"}],
               "requestBody":"{}","status":201,"responseHeaders":[],"responseBody":"{\\"id\\":1}"},
              {"method":"GET","url":"https://s.test/Users","requestHeaders":[],
               "failure":"connection refused"}]}
            """
        let output = run(
            "provision run Orders --wire",
            simulator: ScriptedSimulator(["POST \(job)/run": answer])
        ).output
        #expect(
            output.hasPrefix(
                """
                > POST https://s.test/Users
                > Authorization: Bearer ‹redacted›
                > {}
                < 201
                < {"id":1}

                > GET https://s.test/Users
                < no answer: connection refused

                Orders 
                """))
    }

    @Test("a connection test shows the status beside the text, and exits 5 when it fails")
    func connection() {
        let answer = """
            {"success":false,"httpStatus":"403 Forbidden",
             "code":"SystemForCrossDomainIdentityManagementCredentialValidationUnavailable",
             "message":"We are not able to connect"}
            """
        let path = "POST \(job)/test-connection"
        let failed = run(
            "provision test-connection Orders", simulator: ScriptedSimulator([path: answer]))
        #expect(failed.exitCode == .foundFailing)
        #expect(failed.output.hasPrefix("failed  HTTP 403 Forbidden\n"))
        let passed = run(
            "provision test-connection Orders",
            simulator: ScriptedSimulator([path: #"{"success":true}"#]))
        #expect(passed.exitCode == .success)
        #expect(
            passed.output == "The supplied credentials are authorized to enable provisioning\n")
    }

    @Test("log rows tell a skip's reason and a failure's cure")
    func logs() {
        let answer = """
            {"value":[{"activityDateTime":"2026-01-05T08:00:00Z","provisioningAction":"other",
              "sourceIdentity":{"displayName":"Eng","identityType":"Group"},
              "provisioningStatusInfo":{"status":"skipped","errorInformation":null},
              "provisioningSteps":[{"details":{"SkipReason":"RedundantExport"}}]}]}
            """
        let output = run(
            "provision logs Orders", simulator: ScriptedSimulator(["GET \(job)/logs": answer])
        ).output
        #expect(
            output == """
                time                  status   action  object
                2026-01-05T08:00:00Z  skipped  other   Eng (group)
                  because  RedundantExport

                """)
    }

    @Test("with --json the simulator's answer, unchanged, and no talk")
    func json() throws {
        let answer = #"{"now":"2026-01-05T08:00:00Z","state":"frozen"}"#
        let result = run(
            "clock show --json", simulator: ScriptedSimulator(["GET /sim/v1/clock": answer]))
        #expect(try JSONValue(parsing: result.output) == JSONValue(parsing: answer))
        #expect(result.talk.isEmpty)
    }

    @Test("a new secret once, with the warning on standard error")
    func secret() {
        let path = "POST /sim/v1/tenants/fabrikam/apps/Orders/secrets"
        let answer = #"{"appId":"1","secretText":"Xy7~","keyId":"2","endDateTime":"3"}"#
        let result = run(
            "app add-secret Orders", simulator: ScriptedSimulator([path: answer]))
        #expect(
            result.output == "client id  1\nsecret     Xy7~\nkey id     2\nuntil      3\n")
        #expect(result.talk == "the value is not shown again\n")
    }

    @Test("an error of the catalogue by number or label, and the nearest one")
    func errors() {
        for text in ["50076", "AADSTS50076"] {
            let result = run("errors \(text)")
            #expect(result.output.hasPrefix("error       AADSTS50076  "))
        }
        let unknown = run("errors 50077999")
        #expect(unknown.exitCode == .refused)
        #expect(unknown.talk.hasPrefix("error: there is no error 50077999 in the catalogue\n"))
        #expect(run("errors").output.hasPrefix("code "))
    }
}
