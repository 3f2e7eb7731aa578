import EntraSimCLI
import SimCore
import Testing

@Suite("Starting a simulator")
struct LaunchTests {
    private let runPath = "POST /sim/v1/tenants/fabrikam/apps/Orders/provisioning/run"
    private let jobs = "GET /sim/v1/tenants/fabrikam/provisioning"
    private let report = """
        {"app":"Orders","cycle":"initial","state":"Succeeded","durationInMilliseconds":900,
         "counts":{"created":12}}
        """

    private func options(_ line: String) -> LaunchOptions? {
        let launcher = PaperLauncher()
        _ = run(line, launcher: launcher)
        return launcher.state.withLock { $0.launched.first }
    }

    @Test("serve without options: port 8443, the default folders, the system's clock")
    func defaults() {
        var expected = LaunchOptions()
        expected.dataFolder = ".entra-sim"
        expected.readyFile = ".entra-sim/ready.json"
        #expect(options("serve") == expected)
    }

    @Test("serve with every option")
    func all() {
        var expected = LaunchOptions()
        expected.tenantsFolder = "t"
        expected.keysFolder = "k"
        expected.dataFolder = "d"
        expected.host = "0.0.0.0"
        expected.port = 0
        expected.httpPort = 0
        expected.alsoPorts = [443, 444]
        expected.seed = 42
        expected.clock = .frozen(at: Timestamp(seconds: 0))
        expected.readyFile = "r.json"
        expected.publicOrigin = "https://login.fabrikam.test"
        expected.syncInterval = .minutes(5)
        expected.targetTimeout = .seconds(5)
        expected.provisioningSettings = ["parallelism": "2", "staleAnchor": "invalidAnchor"]
        expected.identitySettings = ["sealsGraphTokens": "true"]
        expected.trustedIssuers = [
            "https://ci.test": .discovery, "https://a.test": .file("a.json"),
            "https://b.test": .address("https://b.test/keys?v=1"),
        ]
        expected.isDurable = true
        expected.fixtureChange = .merge
        let line = """
            serve --tenants t --keys k --data d --host 0.0.0.0 --port 0 --http-port 0 \
            --also-port 443 --also-port=444 --seed 42 --clock frozen@1970-01-01T00:00:00Z \
            --ready-file r.json --public-origin https://login.fabrikam.test --sync-interval 5m \
            --durable --merge --target-timeout 5s --provisioning-setting parallelism=2 \
            --provisioning-setting staleAnchor=invalidAnchor \
            --identity-setting sealsGraphTokens=true --trust-issuer https://ci.test \
            --trust-issuer https://a.test=a.json \
            --trust-issuer https://b.test=https://b.test/keys?v=1
            """
        #expect(options(line) == expected)
    }

    @Test("in memory there is no data folder, but a ready-file to be found by")
    func inMemory() {
        let options = options("serve --in-memory")
        #expect(options?.dataFolder == nil)
        #expect(options?.readyFile == ".entra-sim/ready.json")
    }

    @Test("serve tells where it listens, never its token, then waits and stops")
    func serve() {
        let launcher = PaperLauncher()
        let result = run("serve", launcher: launcher)
        #expect(result.exitCode == .success)
        #expect(
            result.output == """
                listening  https://localhost:8443
                authority  https://localhost:8443/fabrikam.test/v2.0
                app        https://localhost:8443/apps/orders/scim/v2
                portal     https://localhost:8443/portal

                """)
        #expect(result.talk.contains("openid-configuration"))
        #expect(launcher.state.withLock { $0.events } == ["wait", "stop"])
        let json = run("serve --json")
        #expect(!json.output.contains("opensesame"))
        #expect(run("serve --quiet").talk.isEmpty)
    }

    @Test("a start that fails keeps its words and hint, exit 1")
    func failure() {
        let launcher = PaperLauncher(
            failure: CommandFailure(.failure, "port 8443 is in use", hint: "--port 0"))
        let result = run("serve", launcher: launcher)
        #expect(result.exitCode == .failure)
        #expect(result.talk == "error: port 8443 is in use\nhint: --port 0\n")
        #expect(result.output.isEmpty)
    }

    @Test("demo --once runs the cycle, prints it and exits 0, keeping nothing")
    func demoOnce() {
        let launcher = PaperLauncher()
        let tenants = """
            {"value":[{"name":"fabrikam","domains":["fabrikam.test"],"userCount":25,
             "groupCount":9,"appCount":5}]}
            """
        let simulator = ScriptedSimulator([
            "GET /sim/v1/tenants": tenants, jobs: #"{"value":[{"app":"Orders"}]}"#,
            runPath: report,
        ])
        let result = run("demo --once", simulator: simulator, launcher: launcher)
        #expect(result.exitCode == .success)
        #expect(
            result.output == """
                tenant       fabrikam.test  25 users  9 groups  5 apps
                authority    https://localhost:8443/fabrikam.test/v2.0
                Orders       initial cycle succeeded  12 created  0 updated  0 failed  900 ms
                portal       https://localhost:8443/portal
                team page    https://localhost:8443/apps/orders/
                sign in as   ada@fabrikam.test  password Analytical-1
                trust the CA entra-sim trust

                """)
        let (options, events) = launcher.state.withLock { ($0.launched.first, $0.events) }
        #expect(options?.dataFolder == nil)
        #expect(options?.port == 0)
        #expect(options?.readyFile == nil)
        #expect(events == ["stop"])
    }

    @Test("demo --once exits 5 when the cycle failed")
    func demoFails() {
        let simulator = ScriptedSimulator([
            jobs: #"{"value":[{"app":"Orders"}]}"#,
            runPath: #"{"app":"Orders","cycle":"initial","state":"Failed","counts":{}}"#,
        ])
        #expect(run("demo --once", simulator: simulator).exitCode == .foundFailing)
    }

    @Test("demo --target aims the first job at your endpoint, afresh, and notes plain http")
    func target() {
        let launcher = PaperLauncher()
        let simulator = ScriptedSimulator([
            jobs: #"{"value":[{"app":"Orders"},{"app":"Other"}]}"#, runPath: report,
        ])
        let result = run(
            "demo --once --target http://localhost:9000/scim --token t --target-ca ca.pem",
            simulator: simulator, launcher: launcher)
        #expect(
            result.asked.dropFirst() == [
                "GET /sim/v1/tenants/fabrikam/apps/Orders",
                #"PATCH /sim/v1/tenants/fabrikam/apps/Orders "#
                    + #"{"provisioning":{"tenantUrl":"http://localhost:9000/scim","secretToken":"t"}}"#,
                runPath + #" {"resetScope":"Full"}"#,
            ])
        #expect(
            result.talk == "note: Entra refuses plain http targets; the simulator accepts them\n")
        #expect(!result.output.contains("team page"))
        #expect(launcher.state.withLock { $0.launched.first?.targetCAFile } == "ca.pem")
    }

    @Test("a demo that breaks off stops what it started")
    func demoStops() {
        let launcher = PaperLauncher()
        let simulator = ScriptedSimulator(failure: .unreachable(reason: "refused"))
        #expect(run("demo", simulator: simulator, launcher: launcher).exitCode == .unreachable)
        #expect(launcher.state.withLock { $0.events } == ["stop"])
    }
}

@Suite("Fixtures and trust, without a simulator")
struct LocalToolTests {
    @Test("a mistake in a fixture with file, line, key and hint, exit 5")
    func check() {
        let launcher = PaperLauncher(
            checked: FixtureCheck(
                tenants: [.init(name: "fabrikam", users: 2, groups: 1, apps: 0)],
                findings: [
                    FixtureFinding(
                        file: "tenants/x/tenant.json", line: 7, key: "users[0].dispalyName",
                        message: "unknown key 'dispalyName'", hint: "did you mean 'displayName'?")
                ]))
        let result = run("tenant check", launcher: launcher)
        #expect(result.exitCode == .foundFailing)
        #expect(
            result.output == """
                tenants/x/tenant.json:7: users[0].dispalyName: unknown key 'dispalyName'
                  hint: did you mean 'displayName'?
                fabrikam: 2 users, 1 groups, 0 apps
                1 mistake

                """)
        #expect(run("tenant check").exitCode == .success)
    }

    @Test("generate passes on name, numbers and seed")
    func generate() {
        let launcher = PaperLauncher()
        let result = run("tenant generate big --users 10 --groups 0 --seed 9", launcher: launcher)
        #expect(result.output == "tenants/big/tenant.json\n")
        #expect(
            launcher.state.withLock { $0.generated }
                == [GenerateOptions(name: "big", users: 10, groups: 0, seed: 9, folder: "tenants")])
    }

    @Test("trust prints the steps and changes nothing")
    func trust() {
        let shell = MemoryShell(files: ["keys/ca.pem": "PEM"])
        let result = run("trust", shell: shell)
        #expect(result.exitCode == .success)
        #expect(result.output.contains("node       export NODE_EXTRA_CA_CERTS=keys/ca.pem\n"))
        #expect(shell.state.withLock { $0.programs.isEmpty && $0.files.count == 1 })
    }

    @Test("trust --install writes the system store, --uninstall reverts it, also twice")
    func install() {
        let path = "/usr/local/share/ca-certificates/entra-sim-local-ca.crt"
        let shell = MemoryShell(files: ["keys/ca.pem": "PEM"])
        #expect(run("trust --install", shell: shell).exitCode == .success)
        #expect(shell.state.withLock { $0.files[path] } == Array("PEM".utf8))
        #expect(run("trust --uninstall", shell: shell).exitCode == .success)
        #expect(run("trust --uninstall", shell: shell).exitCode == .success)
        #expect(shell.state.withLock { $0.files[path] } == nil)
        #expect(
            shell.state.withLock { $0.programs.first } == ["update-ca-certificates"])
    }

    @Test(
        "without the right to write: exit 1 and sudo; without a CA: exit 1 and where it comes from")
    func refused() {
        let shell = MemoryShell(files: ["keys/ca.pem": "PEM"], isRoot: false)
        let result = run("trust --install", shell: shell)
        #expect(result.exitCode == .failure)
        #expect(result.talk.contains("Permission denied\nhint: run it as root: sudo "))
        let missing = run("trust", shell: MemoryShell())
        #expect(missing.exitCode == .failure)
        #expect(missing.talk.contains("the first 'entra-sim serve' makes it"))
    }
}
