import EntraSimCLI
import SimCore
import Synchronization

/// A process that exists in memory only.
final class MemoryShell: Shell {
    struct State {
        var output = ""
        var talk = ""
        var writes = 0
        var files: [String: [UInt8]] = [:]
        var programs: [[String]] = []
    }

    let environment: [String: String]
    /// Writes after which nobody reads any more; nil for a reader who stays.
    let patience: Int?
    let state: Mutex<State>
    let isRoot: Bool

    init(
        files: [String: String] = [:], environment: [String: String] = [:], isRoot: Bool = true,
        patience: Int? = nil
    ) {
        self.patience = patience
        self.environment = environment
        self.isRoot = isRoot
        state = Mutex(State(files: files.mapValues { Array($0.utf8) }))
    }

    var isRead: Bool { patience.map { limit in state.withLock { $0.writes < limit } } ?? true }

    func write(_ text: String) {
        state.withLock { state in
            state.output += text
            state.writes += 1
        }
    }
    func tell(_ text: String) { state.withLock { $0.talk += text } }

    func read(_ path: String) throws(ShellFailure) -> [UInt8] {
        guard let bytes = state.withLock({ $0.files[path] }) else { throw missing(path) }
        return bytes
    }

    func save(_ bytes: [UInt8], to path: String) throws(ShellFailure) {
        guard isRoot else { throw ShellFailure(path: path, reason: "Permission denied") }
        state.withLock { $0.files[path] = bytes }
    }

    func remove(_ path: String) throws(ShellFailure) {
        guard state.withLock({ $0.files.removeValue(forKey: path) }) != nil else {
            throw missing(path)
        }
    }

    func run(_ program: String, _ arguments: [String]) throws(ShellFailure) -> Int32 {
        state.withLock { $0.programs.append([program] + arguments) }
        return 0
    }

    private func missing(_ path: String) -> ShellFailure {
        ShellFailure(path: path, reason: "No such file or directory", isMissing: true)
    }
}

/// A simulator that answers from a script and remembers what it was asked.
final class ScriptedSimulator: ControlTransport {
    struct Exchange: Hashable {
        let request: String
        let body: String?
        let address: ControlAddress
    }

    private let replies: [String: ControlReply]
    private let failure: TransportFailure?
    private let log = Mutex<[Exchange]>([])

    /// - Parameter replies: `GET /sim/v1/clock` to JSON text; status 200.
    init(_ replies: [String: String] = [:], failure: TransportFailure? = nil) {
        self.replies = replies.mapValues { ControlReply(status: 200, body: Array($0.utf8)) }
        self.failure = failure
    }

    init(refusing request: String, status: Int, _ body: String) {
        replies = [request: ControlReply(status: status, body: Array(body.utf8))]
        failure = nil
    }

    /// `METHOD path body`, without the look-up of the tenant.
    var asked: [String] {
        log.withLock { log in
            log.map { $0.request + ($0.body.map { " " + $0 } ?? "") }
                .filter { $0 != "GET /sim/v1/tenants" }
        }
    }

    var addresses: [ControlAddress] { log.withLock { $0.map(\.address) } }

    func send(
        _ method: String, _ path: String, _ body: JSONValue?, to address: ControlAddress
    ) throws(TransportFailure) -> ControlReply {
        let request = "\(method) \(path)"
        log.withLock { $0.append(Exchange(request: request, body: body?.text, address: address)) }
        if let failure { throw failure }
        if let reply = replies[request] { return reply }
        if request == "GET /sim/v1/tenants" {
            return ControlReply(status: 200, body: Array(#"{"value":[{"name":"fabrikam"}]}"#.utf8))
        }
        return ControlReply(status: 200, body: Array("{}".utf8))
    }
}

/// A launcher that starts nothing and remembers with what.
final class PaperLauncher: SimulatorLauncher {
    struct Paper: RunningSimulator {
        let ready: JSONValue
        let ended: @Sendable (String) -> Void

        func waitForInterrupt() { ended("wait") }
        func stop() { ended("stop") }
    }

    struct State {
        var launched: [LaunchOptions] = []
        var generated: [GenerateOptions] = []
        var events: [String] = []
        var drilled: [DrillOptions] = []
    }

    let state = Mutex(State())
    let ready: JSONValue
    let checked: FixtureCheck
    let failure: CommandFailure?
    let results: DrillResults

    init(
        ready: JSONValue = .object(demoReady),
        checked: FixtureCheck = FixtureCheck(tenants: [], findings: []),
        failure: CommandFailure? = nil,
        results: DrillResults = DrillResults(
            reports: [], passed: 1, failed: 0, skipped: 0, junit: "<testsuites/>")
    ) {
        self.ready = ready
        self.checked = checked
        self.failure = failure
        self.results = results
    }

    func launch(
        _ options: LaunchOptions, log: (@Sendable (String) -> Void)?,
        tell: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> any RunningSimulator {
        state.withLock { $0.launched.append(options) }
        if let failure { throw failure }
        log?("08:00:00  200  GET  /fabrikam.test/v2.0/.well-known/openid-configuration")
        return Paper(ready: ready) { [self] event in state.withLock { $0.events.append(event) } }
    }

    func check(_ folder: String) throws(CommandFailure) -> FixtureCheck { checked }

    func generate(_ options: GenerateOptions) throws(CommandFailure) -> String {
        state.withLock { $0.generated.append(options) }
        return "\(options.folder)/\(options.name)/tenant.json"
    }

    func drills(_ options: DrillOptions) throws(CommandFailure) -> [JSONValue] {
        state.withLock { $0.drilled.append(options) }
        return [
            [
                "name": "night-shift", "steps": 3, "target": "any",
                "description": "Nobody looks before Monday.",
            ]
        ]
    }

    func play(
        _ options: DrillOptions, tell: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> DrillResults {
        state.withLock { $0.drilled.append(options) }
        if let failure { throw failure }
        tell("drill night-shift\n")
        return results
    }
}

let demoReady: JSONObject = [
    "baseURL": "https://localhost:8443", "httpBaseURL": nil, "caFile": "keys/ca.pem",
    "controlToken": "opensesame",
    "tenants": [
        [
            "domain": "fabrikam.test", "name": "fabrikam",
            "users": [["userPrincipalName": "ada@fabrikam.test", "password": "Analytical-1"]],
        ]
    ],
    "targets": [["name": "Orders", "baseURL": "https://localhost:8443/apps/orders/scim/v2"]],
]

/// What one command line did.
struct Result {
    let exitCode: ExitCode
    let output: String
    let talk: String
    let asked: [String]
}

/// Runs one command line beside a ready-file.
func run(
    _ line: String, simulator: ScriptedSimulator = ScriptedSimulator(),
    launcher: PaperLauncher = PaperLauncher(), shell: MemoryShell? = nil
) -> Result {
    let shell =
        shell ?? MemoryShell(files: [".entra-sim/ready.json": demoReady.text])
    let tool = CommandLineTool(shell: shell, transport: simulator, launcher: launcher)
    let exitCode = tool.run(words(line))
    let (output, talk) = shell.state.withLock { ($0.output, $0.talk) }
    return Result(exitCode: exitCode, output: output, talk: talk, asked: simulator.asked)
}

/// Splits at spaces; single quotes keep a value together.
func words(_ line: String) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
        if index % 2 == 1 {
            words.append(String(part))
        } else {
            words += part.split(separator: " ").map(String.init)
        }
    }
    return words
}
