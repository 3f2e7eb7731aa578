import EntraSimCLI
import Testing

@Suite("A wrong command line starts nothing and says what was meant")
struct UsageTests {
    @Test(
        "the error and the hint",
        arguments: [
            ("serv", "unknown command 'serv'", "did you mean 'entra-sim serve'?"),
            ("frobnicate", "unknown command 'frobnicate'", "entra-sim --help lists the commands"),
            ("user ad ada@x", "unknown command 'user ad'", "did you mean 'entra-sim user add'?"),
            (
                "clock", "'clock' needs a command",
                "clock show, clock freeze, clock advance, clock set, clock resume"
            ),
            ("--port 1", "unknown option '--port'", "entra-sim --help lists the commands"),
            ("serve --prot 1", "unknown option '--prot' for 'serve'", "did you mean '--port'?"),
            ("serve --port", "--port needs a value", "--port N"),
            ("serve --port --durable", "--port needs a value", "--port N"),
            ("serve --port 65536", "'65536' for --port is not a number from 0 to 65535", nil),
            ("serve --port=x", "'x' for --port is not a number from 0 to 65535", nil),
            ("serve --also-port 0", "'0' for --also-port is not a number from 1 to 65535", nil),
            ("serve --port 1 --port 2", "--port is given twice", nil),
            ("serve --durable=yes", "--durable takes no value", nil),
            (
                "serve --clock frozen", "'frozen' for --clock is not a clock",
                "write it as system or frozen@2026-01-05T08:00:00Z"
            ),
            (
                "serve --clock frozen@noon", "'frozen@noon' for --clock is not a clock",
                "write it as system or frozen@2026-01-05T08:00:00Z"
            ),
            (
                "serve --sync-interval 40", "'40' for --sync-interval is not a duration",
                "write it as 40m, 6h or 2d"
            ),
            (
                "serve --sync-interval 0s", "'0s' for --sync-interval is not a duration",
                "write it as 40m, 6h or 2d"
            ),
            (
                "serve --public-origin localhost",
                "'localhost' for --public-origin is not an address",
                "write it as https://localhost:8443"
            ),
            ("serve here", "'serve' does not expect 'here'", "entra-sim serve [options]"),
            (
                "serve --port 8443 --also-port 8443",
                "--also-port 8443 is the port of --port already", nil
            ),
            (
                "user add", "'user add' lacks UPN",
                "entra-sim user add mira@contoso.example --display-name 'Mira Holt' --department Sales"
            ),
            (
                "group rename a", "'group rename' lacks NEW-NAME",
                "entra-sim group rename claresia-pilots claresia-eng-pilot"
            ),
            ("user set ada@x", "nothing to change", "entra-sim user set --help"),
            (
                "user set a --set departmnt=x", "'departmnt=x' for --set names no attribute",
                "did you mean 'department'?"
            ),
            (
                "user set a --set department", "'department' for --set has no '='",
                "--set department=Sales"
            ),
            ("user set a --department x --set department=y", "'department' is given twice", nil),
            (
                "user set a --department x --clear department",
                "'department' is both set and cleared", nil
            ),
            ("user set a --require-mfa yes", "'yes' for --require-mfa is not one of on, off", nil),
            (
                "assign Orders", "'assign' needs --user or --group",
                "entra-sim assign Claresia --group claresia-users"
            ),
            (
                "assign Orders --user a --group b", "--user and --group contradict each other",
                "run the command once for each"
            ),
            (
                "app config A --for msal-pyton",
                "'msal-pyton' for --for is not one of msal-python, msal-node, dotnet, spring, env",
                "did you mean 'msal-python'?"
            ),
            (
                "provision restart A --reset-scope Escrow",
                "'Escrow' for --reset-scope contains 'Escrow'", "did you mean 'Escrows'?"
            ),
            (
                "provision logs A --limit 1001",
                "'1001' for --limit is not a number from 1 to 1000", nil
            ),
            (
                "provision logs A --status failures",
                "'failures' for --status is not one of success, warning, failure, skipped",
                "did you mean 'failure'?"
            ),
            (
                "clock advance 40", "'40' is neither a duration nor an instant",
                "write it as 40m, 6h, 2d or 2026-01-05T08:00:00Z"
            ),
            (
                "clock advance 0m", "'0m' is neither a duration nor an instant",
                "write it as 40m, 6h, 2d or 2026-01-05T08:00:00Z"
            ),
            (
                "clock set tomorrow", "'tomorrow' is not an instant",
                "write it as 2026-01-05T08:00:00Z"
            ),
            (
                "token mint", "'token mint' needs --app",
                "entra-sim token mint --app Claresia --user adele@contoso.example --scope openid"
            ),
            ("errors many", "'many' is not an error number", "write it as 50076"),
            (
                "tenant generate Fabrikam", "'Fabrikam' cannot name a tenant",
                "use lower-case letters, digits and dashes"
            ),
            (
                "tenant generate f --users 0", "'0' for --users is not a number from 1 to 2000000",
                nil
            ),
            ("help sevre", "unknown command 'sevre'", "did you mean 'entra-sim serve'?"),
        ] as [(String, String, String?)])
    func refusals(_ line: String, _ error: String, _ hint: String?) {
        let launcher = PaperLauncher()
        let result = run(line, launcher: launcher)
        #expect(result.exitCode == .usage)
        #expect(result.output.isEmpty)
        #expect(result.talk == "error: \(error)\n" + (hint.map { "hint: \($0)\n" } ?? ""))
        #expect(result.asked.isEmpty)
        #expect(launcher.state.withLock { $0.launched.isEmpty })
    }

    @Test(
        "options that contradict each other",
        arguments: [
            ("serve --in-memory --data d", "--in-memory", "--data"),
            ("serve --in-memory --durable", "--in-memory", "--durable"),
            ("serve --in-memory --reseed", "--in-memory", "--reseed"),
            ("serve --in-memory --merge", "--in-memory", "--merge"),
            ("serve --merge --reseed", "--reseed", "--merge"),
            ("demo --once --data d", "--once", "--data"),
            ("demo --once --reset", "--once", "--reset"),
            ("trust --install --uninstall", "--install", "--uninstall"),
            ("user list --data d --ready-file f", "--data", "--ready-file"),
        ])
    func conflicts(_ line: String, _ first: String, _ second: String) {
        let result = run(line)
        #expect(result.exitCode == .usage)
        #expect(
            result.talk.hasPrefix("error: \(first) and \(second) contradict each other\nhint: "))
    }

    @Test(
        "options that mean nothing alone",
        arguments: ["demo --token t", "demo --target-ca f", "demo --app a"])
    func requirements(_ line: String) {
        let result = run(line)
        #expect(result.exitCode == .usage)
        #expect(result.talk.contains("means nothing without --target\nhint: --target "))
    }

    @Test("two faults at once: the unknown option is named before the contradiction")
    func order() {
        #expect(run("serve --in-memory --data d --prot 1").talk.contains("unknown option '--prot'"))
    }

    @Test("with --json the error is one line of JSON on standard error")
    func json() {
        let result = run("--json user add")
        #expect(result.output.isEmpty)
        #expect(
            result.talk.hasPrefix(
                #"{"error":{"exitCode":2,"message":"'user add' lacks UPN","hint":"#))
    }

    @Test("words after -- are values, however they look")
    func endOfOptions() {
        let result = run("group add -- --json")
        #expect(result.asked == [#"POST /sim/v1/tenants/fabrikam/groups {"displayName":"--json"}"#])
        #expect(result.output.hasPrefix("added"))
    }
}
