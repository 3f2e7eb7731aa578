import EntraSimCLI
import SimCore
import Testing

@Suite("Finding the running simulator")
struct ClientTests {
    private let ready = demoReady.text

    @Test("by the ready-file of the default data folder")
    func readyFile() {
        let simulator = ScriptedSimulator()
        _ = run("clock show", simulator: simulator)
        #expect(
            simulator.addresses == [
                ControlAddress(
                    url: "https://localhost:8443", token: "opensesame", caFile: "keys/ca.pem")
            ])
    }

    @Test(
        "by --data and --ready-file",
        arguments: ["clock show --data lab", "clock show --ready-file lab/ready.json"])
    func otherReadyFile(_ line: String) {
        let shell = MemoryShell(files: ["lab/ready.json": ready])
        #expect(run(line, shell: shell).exitCode == .success)
    }

    @Test("where it listens, when the public origin leads elsewhere")
    func publicOrigin() {
        let ready = """
            {"baseURL":"https://login.fabrikam.test","listenerURL":"https://localhost:8443",
             "controlToken":"t"}
            """
        let simulator = ScriptedSimulator(["GET /sim/v1/clock": #"{"now":"n","state":"s"}"#])
        let shell = MemoryShell(files: [".entra-sim/ready.json": ready])
        let result = run("clock show", simulator: simulator, shell: shell)
        #expect(result.exitCode == .success)
        #expect(simulator.addresses.map(\.url) == ["https://localhost:8443"])
    }

    @Test("by --url before ENTRA_SIM_URL before the ready-file")
    func precedence() {
        let simulator = ScriptedSimulator()
        let shell = MemoryShell(
            files: [".entra-sim/ready.json": ready],
            environment: ["ENTRA_SIM_URL": "https://b.test/", "ENTRA_SIM_TOKEN": "t"])
        _ = run("clock show", simulator: simulator, shell: shell)
        _ = run("clock show --url https://c.test", simulator: simulator, shell: shell)
        #expect(simulator.addresses.map(\.url) == ["https://b.test", "https://c.test"])
        #expect(simulator.addresses.map(\.token) == ["t", "t"])
        #expect(simulator.addresses.map(\.caFile) == [nil, nil])
    }

    @Test("a token goes only to the address it was made for")
    func tokenStaysHome() {
        let simulator = ScriptedSimulator()
        _ = run("clock show --url https://elsewhere.test", simulator: simulator)
        _ = run("clock show --url https://localhost:8443/", simulator: simulator)
        #expect(simulator.addresses.map(\.token) == [nil, "opensesame"])
    }

    @Test("no ready-file: exit 3, and how to start one")
    func missing() {
        let result = run("clock show", shell: MemoryShell())
        #expect(result.exitCode == .unreachable)
        #expect(
            result.talk == """
                error: no simulator is running here: there is no '.entra-sim/ready.json'
                hint: start one with 'entra-sim serve', or name it with --url

                """)
    }

    @Test("a ready-file that is none: exit 3")
    func notReady() {
        let shell = MemoryShell(files: [".entra-sim/ready.json": "{}"])
        let result = run("clock show", shell: shell)
        #expect(result.exitCode == .unreachable)
        #expect(result.talk.hasPrefix("error: '.entra-sim/ready.json' is not a ready-file\n"))
    }

    @Test(
        "nobody there, nobody trusted, or somebody else",
        arguments: [
            (TransportFailure.unreachable(reason: "refused"), "no simulator answers at"),
            (.untrusted(reason: "self-signed"), "is not trusted: self-signed"),
            (.broken(reason: "reset"), "broke off: reset"),
        ])
    func failures(_ failure: TransportFailure, _ text: String) {
        let result = run("clock show", simulator: ScriptedSimulator(failure: failure))
        #expect(result.exitCode == .unreachable)
        #expect(result.talk.contains(text))
        #expect(result.talk.contains("\nhint: "))
    }

    @Test("an answer that is not JSON is somebody else's")
    func html() {
        let result = run(
            "clock show", simulator: ScriptedSimulator(["GET /sim/v1/clock": "<html>"]))
        #expect(result.exitCode == .unreachable)
        #expect(result.talk.contains("not as entra-sim"))
    }

    @Test(
        "a refusal keeps the simulator's words and decides the exit code",
        arguments: [
            (404, "notFound", ExitCode.refused), (409, "conflict", .refused),
            (401, "unauthorized", .refused), (502, "failed", .failure), (418, "teapot", .refused),
        ])
    func refusals(_ status: Int, _ code: String, _ exitCode: ExitCode) {
        let simulator = ScriptedSimulator(
            refusing: "GET /sim/v1/clock", status: status,
            #"{"error":{"code":"\#(code)","message":"so it is","hint":"do this"}}"#)
        let result = run("clock show", simulator: simulator)
        #expect(result.exitCode == exitCode)
        #expect(result.talk.hasPrefix("error: so it is\nhint: "))
    }

    @Test("the tenant is the only one there is")
    func onlyTenant() {
        #expect(run("user list").asked == ["GET /sim/v1/tenants/fabrikam/users"])
    }

    @Test("with two tenants one must be named, by option or environment")
    func twoTenants() {
        let two = ["GET /sim/v1/tenants": #"{"value":[{"name":"b"},{"name":"a"}]}"#]
        let result = run("user list", simulator: ScriptedSimulator(two))
        #expect(result.exitCode == .usage)
        #expect(result.talk == "error: there are 2 tenants: a, b\nhint: --tenant a\n")
        #expect(
            run("user list --tenant b", simulator: ScriptedSimulator(two)).asked
                == ["GET /sim/v1/tenants/b/users"])
        let shell = MemoryShell(
            files: [".entra-sim/ready.json": ready], environment: ["ENTRA_SIM_TENANT": "a"])
        #expect(
            run("user list", simulator: ScriptedSimulator(two), shell: shell).asked
                == ["GET /sim/v1/tenants/a/users"])
    }
}
