import EntraSimCLI
import SimCore
import Testing

@Suite("drill, journal and wait on the command line")
struct DrillCommandTests {
    @Test("drill list is a table; with --json it is the rows")
    func list() {
        let result = run("drill list")
        #expect(
            result.output == """
                drill        steps  target  story
                night-shift      3  any     Nobody looks before Monday.

                """)
        #expect(run("drill list --json").output.contains("\"name\": \"night-shift\""))
        #expect(result.asked.isEmpty)
    }

    @Test("drill run plays one by name, or all, against the target that is named")
    func options() {
        let launcher = PaperLauncher()
        let line = "drill run night-shift --target http://localhost:9/scim --token T --tenants x"
        #expect(run(line, launcher: launcher).exitCode == .success)
        var expected = DrillOptions()
        expected.names = ["night-shift"]
        (expected.target, expected.token) = ("http://localhost:9/scim", "T")
        expected.tenantsFolder = "x"
        #expect(launcher.state.withLock { $0.drilled } == [expected])
        let all = run("drill run --all", launcher: launcher)
        #expect(launcher.state.withLock { $0.drilled.last?.names } == [])
        #expect(all.output == "drill night-shift\n1 passed, 0 failed\n")
        #expect(run("drill run --all --json").output.contains("\"value\": []"))
    }

    @Test("drill run exits by its result and writes JUnit")
    func result() {
        let failing = PaperLauncher(
            results: DrillResults(
                reports: [], passed: 1, failed: 2, skipped: 3, junit: "<testsuites>2</testsuites>"))
        let shell = MemoryShell()
        let result = run("drill run --all --junit out.xml", launcher: failing, shell: shell)
        #expect(result.exitCode == .foundFailing)
        #expect(result.output.hasSuffix("1 passed, 2 failed, 3 skipped\n"))
        #expect(
            shell.state.withLock { $0.files["out.xml"] } == Array("<testsuites>2</testsuites>".utf8)
        )
        let readOnly = run(
            "drill run --all --junit out.xml", shell: MemoryShell(isRoot: false))
        #expect(readOnly.exitCode == .failure)
        #expect(readOnly.talk.contains("cannot write 'out.xml': Permission denied"))
    }

    @Test(
        "what makes no sense is refused before anything is played",
        arguments: [
            ("drill run", "'drill run' lacks NAME or --all"),
            ("drill run a --all", "a name and --all contradict each other"),
            ("drill run a --token T", "--token means nothing without --target"),
            ("drill lst", "unknown command 'drill lst'"),
            ("expect", "'expect' needs --call, --count or --no-writes"),
            ("expect --count 'POST *'", "'POST *' for --count is not a call with its number"),
            ("expect --no-writes --in-order", "--in-order means nothing without --call"),
            ("journal --direction sideways", "'sideways' for --direction"),
        ])
    func usage(line: String, message: String) {
        let result = run(line)
        #expect(result.exitCode == .usage)
        #expect(result.talk.contains(message), "\(result.talk)")
        #expect(result.asked.isEmpty)
    }

    @Test(
        "become one request",
        arguments: [
            (
                "journal --method PATCH --status 4xx --contains 'a b' --limit 5",
                "GET /sim/v1/journal?limit=5&method=PATCH&status=4xx&contains=a%20b"
            ),
            (
                "journal --since 2026-01-05T08:00:00Z --direction outbound",
                "GET /sim/v1/journal?direction=outbound&since=2026-01-05T08%3A00%3A00Z"
            ),
            ("wait --timeout 1m", "GET /sim/v1/idle?timeout=1m"),
            ("wait", "GET /sim/v1/idle"),
            (
                "expect --path '/apps/claras/*' --no-writes",
                #"POST /sim/v1/expect {"path":"/apps/claras/*","writes":false}"#
            ),
            (
                "expect --count 'POST */Users=3' --count '* *=1-' --count 'GET *=1-2'",
                #"POST /sim/v1/expect {"counts":{"POST */Users":3,"* *":{"min":1},"GET *":{"min":1,"max":2}}}"#
            ),
            (
                "expect --call 'POST *' --any-order --junit x.xml --name 'one post'",
                #"POST /sim/v1/expect {"calls":["POST *"],"order":"contains","junit":"one post"}"#
            ),
        ])
    func requests(line: String, request: String) {
        #expect(run(line).asked == [request])
    }

    @Test("journal is a table, and with --wire what went over the wire")
    func journal() {
        let simulator = ScriptedSimulator([
            "GET /sim/v1/journal": #"""
            {"latest":7,"found":1,"value":[{"sequence":7,"direction":"outbound",
            "at":"2026-01-05T08:00:00.000Z","method":"POST","url":"https://t.test/Users",
            "requestHeaders":[{"name":"Authorization","value":"Bearer ‹redacted›"}],
            "requestBody":"{}","status":201,"responseHeaders":[],"responseBody":"{\"id\":1}"}]}
            """#
        ])
        #expect(
            run("journal", simulator: simulator).output == """
                number  at                   way  status  call
                     7  2026-01-05T08:00:00  out  201     POST https://t.test/Users

                """)
        #expect(
            run("journal --wire", simulator: simulator).output == """
                # 7  2026-01-05T08:00:00.000Z  outbound
                > POST https://t.test/Users
                > Authorization: Bearer ‹redacted›
                > {}
                < 201
                < {"id":1}

                """)
        #expect(run("journal").output == "nothing found\n")
    }

    @Test("wait prints the journal's number, or what is still under way and exits with 5")
    func idle() {
        let idle = ScriptedSimulator(["GET /sim/v1/idle": #"{"idle":true,"busy":[],"latest":42}"#])
        #expect(run("wait", simulator: idle).output == "42\n")
        let busy = ScriptedSimulator([
            "GET /sim/v1/idle":
                #"{"idle":false,"busy":["Claresia: a cycle is under way"],"latest":1}"#
        ])
        let result = run("wait", simulator: busy)
        #expect(result.exitCode == .foundFailing)
        #expect(result.output == "Claresia: a cycle is under way\n")
    }

    @Test("expect prints the difference, writes JUnit and exits with 5")
    func expect() {
        let simulator = ScriptedSimulator([
            "POST /sim/v1/expect":
                #"{"met":false,"problems":["- POST */Users","+ GET /Users 200"],"junit":"<x/>"}"#
        ])
        let shell = MemoryShell(files: [".entra-sim/ready.json": demoReady.text])
        let result = run(
            "expect --call 'POST */Users' --junit e.xml", simulator: simulator, shell: shell)
        #expect(result.exitCode == .foundFailing)
        #expect(result.output == "- POST */Users\n+ GET /Users 200\n")
        #expect(shell.state.withLock { $0.files["e.xml"] } == Array("<x/>".utf8))
    }
}
