import EntraSimCLI
import SimCore
import Testing

@Suite("provision logs: follow, filter, export")
struct LogCommandTests {
    private static let logs = "/sim/v1/tenants/fabrikam/apps/Orders/provisioning/logs"

    private static func row(
        _ name: String, status: String = "success", display: String = "Ada"
    ) -> String {
        """
        {"id":"i-\(name)","activityDateTime":"2026-01-05T08:00:00Z","changeId":"h-\(name)",
         "provisioningAction":"create","durationInMilliseconds":3,
         "sourceIdentity":{"id":"o","displayName":"\(display)","identityType":"User",
           "details":{"UserPrincipalName":"\(name)@x.test"}},
         "provisioningStatusInfo":{"status":"\(status)","errorInformation":null},
         "provisioningSteps":[{"name":"EntryExportAdd","provisioningStepType":"export",
           "status":"success","description":"said \\"hi\\", twice","details":{"a":"b"}}],
         "modifiedProperties":[{"displayName":"title","oldValue":null,"newValue":"=1+1"}]}
        """
    }

    private static func page(
        _ rows: [String], next: Int, isEnd: Bool = true, ended: Int = 0, isIdle: Bool = true
    ) -> String {
        """
        {"value":[\(rows.joined(separator: ","))],"next":\(next),"isEnd":\(isEnd),
         "endedCycles":\(ended),"isIdle":\(isIdle)}
        """
    }

    @Test("follow prints the last rows, then each page as it comes, and ends after its cycles")
    func follow() {
        let wait = "limit=1000&from="
        let result = run(
            "provision logs Orders --follow --cycles 2 --status success",
            simulator: ScriptedSimulator([
                "GET \(Self.logs)?status=success&limit=10": Self.page(
                    [Self.row("bob"), Self.row("ada")], next: 2, ended: 4),
                "GET \(Self.logs)?status=success&\(wait)2&wait=30s&seenCycles=4": Self.page(
                    [Self.row("cyd")], next: 3, ended: 5),
                "GET \(Self.logs)?status=success&\(wait)3&wait=30s&seenCycles=5": Self.page(
                    [], next: 3, isEnd: false, ended: 6),
                "GET \(Self.logs)?status=success&\(wait)3&wait=30s&seenCycles=6": Self.page(
                    [Self.row("dan")], next: 4, ended: 6),
            ]))
        #expect(result.exitCode == .success)
        #expect(
            result.output == """
                2026-01-05T08:00:00Z  success  create        ada@x.test
                2026-01-05T08:00:00Z  success  create        bob@x.test
                2026-01-05T08:00:00Z  success  create        cyd@x.test
                2026-01-05T08:00:00Z  success  create        dan@x.test

                """)
    }

    @Test(
        "follow until idle ends at once when nothing is under way; rows are JSON lines with --json")
    func untilIdle() throws {
        let result = run(
            "provision logs Orders --follow --until-idle --json",
            simulator: ScriptedSimulator([
                "GET \(Self.logs)?limit=10": Self.page([Self.row("ada")], next: 1)
            ]))
        #expect(result.exitCode == .success)
        #expect(result.asked.count == 1)
        #expect(try JSONValue(parsing: Array(result.output.utf8))["id"] == "i-ada")
        #expect(result.output.split(separator: "\n").count == 1)
    }

    @Test("follow ends when nobody reads it any more")
    func closedPipe() {
        let wait = "limit=1000&from=1&wait=30s&seenCycles=0"
        let result = run(
            "provision logs Orders --follow",
            simulator: ScriptedSimulator([
                "GET \(Self.logs)?limit=10": Self.page([Self.row("ada")], next: 1),
                "GET \(Self.logs)?\(wait)": Self.page([Self.row("bob")], next: 1),
            ]),
            shell: MemoryShell(files: [".entra-sim/ready.json": demoReady.text], patience: 3))
        #expect(result.exitCode == .success)
        #expect(result.asked.count == 3)
    }

    @Test("follow from an instant begins with the first row of it")
    func since() {
        let query = "since=2026-01-05T08%3A00%3A00Z"
        let result = run(
            "provision logs Orders --follow --until-idle --since 2026-01-05T08:00:00Z",
            simulator: ScriptedSimulator([
                "GET \(Self.logs)?\(query)&limit=1000&from=0": Self.page(
                    [Self.row("ada")], next: 9, isEnd: false),
                "GET \(Self.logs)?\(query)&limit=1000&from=9&wait=30s&seenCycles=0": Self.page(
                    [], next: 10),
            ]))
        #expect(result.output.contains("ada@x.test"))
        #expect(result.asked.count == 2)
    }

    @Test("an export reads every page, oldest first")
    func pages() {
        let simulator = ScriptedSimulator([
            "GET \(Self.logs)?limit=1000&from=0": Self.page(
                [Self.row("ada")], next: 1_000, isEnd: false),
            "GET \(Self.logs)?limit=1000&from=1000": Self.page([Self.row("bob")], next: 1_001),
        ])
        let result = run("provision logs Orders --format jsonl", simulator: simulator)
        let ids = result.output.split(separator: "\n").map {
            try? JSONValue(parsing: Array($0.utf8))["id"]?.stringValue
        }
        #expect(ids == ["i-ada", "i-bob"])
    }

    @Test("CSV quotes as RFC 4180 asks, and a formula cannot run")
    func csv() {
        let simulator = ScriptedSimulator([
            "GET \(Self.logs)?limit=1000&from=0": Self.page(
                [Self.row("ada", display: "Moss, \\\"Ada\\\"\\nII")], next: 1)
        ])
        let logs = run("provision logs Orders --format csv", simulator: simulator).output
        #expect(logs.hasPrefix("id,activityDateTime,tenantId,jobId,cycleId,changeId,"))
        #expect(logs.contains("\"Moss, \"\"Ada\"\"\nII\""))
        #expect(logs.hasSuffix("\r\n"))
        let steps = run(
            "provision logs Orders --format csv --table steps", simulator: simulator
        ).output
        #expect(
            steps == "changeId,step,name,provisioningStepType,status,description,details\r\n"
                + "h-ada,1,EntryExportAdd,export,success,\"said \"\"hi\"\", twice\","
                + "\"{\"\"a\"\":\"\"b\"\"}\"\r\n")
        let properties = run(
            "provision logs Orders --format csv --table properties", simulator: simulator
        ).output
        #expect(
            properties == "changeId,displayName,oldValue,newValue\r\nh-ada,title,,'=1+1\r\n")
    }

    @Test("a CSV file is three, joined by the change id, as the portal downloads them")
    func files() throws {
        let shell = MemoryShell(files: [".entra-sim/ready.json": demoReady.text])
        let result = run(
            "provision logs Orders --format csv --out ProvisioningLogs.csv",
            simulator: ScriptedSimulator([
                "GET \(Self.logs)?limit=1000&from=0": Self.page([Self.row("ada")], next: 1)
            ]), shell: shell)
        #expect(result.exitCode == .success)
        let files = shell.state.withLock { $0.files }
        #expect(
            Set(files.keys).subtracting([".entra-sim/ready.json"]) == [
                "ProvisioningLogs.csv", "ProvisioningLogs_ProvisioningSteps.csv",
                "ProvisioningLogs_ModifiedProperties.csv",
            ])
    }

    @Test("an empty log has a header, or an empty list")
    func empty() {
        let simulator = ScriptedSimulator([
            "GET \(Self.logs)?limit=1000&from=0": Self.page([], next: 0)
        ])
        let csv = run("provision logs Orders --format csv", simulator: simulator).output
        #expect(csv.split(separator: "\r\n").count == 1)
        let json = run("provision logs Orders --format json", simulator: simulator).output
        #expect(json == "{\n  \"value\": []\n}\n")
    }

    @Test(
        "what means nothing is refused before anything is asked",
        arguments: [
            ("--action crate", "did you mean 'create'?"),
            ("--error-code RedundantExprt", "did you mean 'RedundantExport'?"),
            ("--cycle lst", "did you mean 'last'?"), ("--cycles 2", "add --follow"),
            ("--follow --format json", "use --format jsonl: one row a line"),
            ("--user a --group b", "a row is about one of them"),
            ("--out f", "add --format csv, json or jsonl"),
        ])
    func refused(options: String, hint: String) {
        let result = run("provision logs Orders \(options)")
        #expect(result.exitCode == .usage)
        #expect(result.talk.contains("hint: \(hint)"))
    }
}
