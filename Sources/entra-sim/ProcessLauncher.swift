import EntraSim
import EntraSimCLI
import Glibc
import SimCore
import SimRuntime

/// Starts simulators in this process.
struct ProcessLauncher: SimulatorLauncher {
    func launch(
        _ options: LaunchOptions, log: (@Sendable (String) -> Void)?,
        tell: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> any RunningSimulator {
        var configuration = SimulatorConfiguration()
        configuration.tenantsFolder =
            options.tenantsFolder ?? Fixtures.defaultFolder
        configuration.keysFolder = options.keysFolder
        configuration.dataFolder = options.dataFolder
        configuration.host = options.host
        configuration.port = options.port
        configuration.httpPort = options.httpPort
        configuration.additionalPorts = options.alsoPorts
        configuration.seed = options.seed
        configuration.publicOrigin = options.publicOrigin
        configuration.syncInterval = options.syncInterval
        configuration.isDurable = options.isDurable
        configuration.targetCAFile = options.targetCAFile
        configuration.targetTimeout = options.targetTimeout ?? configuration.targetTimeout
        configuration.provisioningSettings = options.provisioningSettings
        configuration.identitySettings = options.identitySettings
        configuration.trustedIssuers = options.trustedIssuers.mapValues { keys in
            switch keys {
            case .discovery: .discovery
            case .address(let address): .address(address)
            case .file(let path): .file(path)
            }
        }
        configuration.watchesFixtures = options.watchesFixtures
        configuration.fixtureLog = { tell($0.text) }
        let lines = try Self.lines(log)
        if let lines { configuration.requestLog = { lines.add($0) } }
        switch options.clock {
        case .system: configuration.clock = .system
        case .frozen(let time): configuration.clock = .frozen(at: time.iso8601)
        }
        switch options.fixtureChange {
        case .stop: configuration.fixtureChange = .stop
        case .reseed: configuration.fixtureChange = .reseed
        case .merge: configuration.fixtureChange = .merge
        }
        configuration.readyFile = options.readyFile
        let simulator = Simulator(configuration)
        // The simulator's threads inherit the block, so that the main thread alone is asked to
        // end; until it waits, the signals keep their usual effect on it.
        EndSignals.setBlocked(true)
        defer { EndSignals.setBlocked(false) }
        do throws(SimulatorFailure) {
            try simulator.start()
        } catch {
            throw CommandFailure(.failure, error.message, hint: error.hint)
        }
        return ProcessSimulator(simulator: simulator, lines: lines)
    }

    private static func lines(
        _ log: (@Sendable (String) -> Void)?
    ) throws(CommandFailure) -> RequestLines? {
        do throws(SocketFailure) {
            return try log.map { log throws(SocketFailure) in try RequestLines(log) }
        } catch {
            throw CommandFailure(.failure, "the machine refused a thread: \(error)")
        }
    }

    func check(_ folder: String) throws(CommandFailure) -> FixtureCheck {
        do throws(SimulatorFailure) {
            let reports = try Fixtures.check(folder)
            return FixtureCheck(
                tenants: reports.filter(\.isSound).map {
                    FixtureCheck.Tenant(
                        name: $0.name, users: $0.users, groups: $0.groups, apps: $0.apps)
                },
                findings: reports.flatMap(\.mistakes).map {
                    FixtureFinding(
                        file: $0.file, line: $0.line > 0 ? $0.line : nil,
                        key: $0.key.isEmpty ? nil : $0.key, message: $0.message, hint: $0.hint)
                })
        } catch {
            throw CommandFailure(.failure, error.message, hint: error.hint)
        }
    }

    func generate(_ options: GenerateOptions) throws(CommandFailure) -> String {
        do throws(SimulatorFailure) {
            return try Fixtures.generate(
                name: options.name, users: options.users, groups: options.groups,
                seed: options.seed, folder: options.folder)
        } catch {
            throw CommandFailure(.failure, error.message, hint: error.hint)
        }
    }
}

extension ProcessLauncher {
    func drills(_ options: DrillOptions) throws(CommandFailure) -> [JSONValue] {
        do throws(SimulatorFailure) {
            return try DrillRun(options).list
        } catch {
            throw CommandFailure(.failure, error.message, hint: error.hint)
        }
    }

    func play(
        _ options: DrillOptions, tell: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> DrillResults {
        do throws(SimulatorFailure) {
            return try DrillRun(options).play(tell: tell)
        } catch {
            throw CommandFailure(.refused, error.message, hint: error.hint)
        }
    }
}

extension FixtureReload {
    /// For standard error: what was taken in, what waits, or the mistake and what to do about it.
    fileprivate var text: String {
        if let failure {
            return "error: \(failure.message)\n" + (failure.hint.map { "hint: \($0)\n" } ?? "")
        }
        let shown = changes.prefix(8).joined(separator: ", ")
        let more = changes.count > 8 ? ", and \(changes.count - 8) more" : ""
        let restart =
            waiting.isEmpty
            ? ""
            : "fixture of '\(tenant)': restart to serve what changed in "
                + waiting.joined(separator: ", ") + "\n"
        if changes.isEmpty, !waiting.isEmpty { return restart }
        return "fixture of '\(tenant)' taken in: "
            + "\(changes.isEmpty ? "nothing new" : shown + more)\n" + restart
    }
}

/// A simulator of this process, and the signals that end it.
private struct ProcessSimulator: RunningSimulator {
    let simulator: Simulator
    /// nil where no line per request is wanted.
    let lines: RequestLines?

    var ready: JSONValue { simulator.ready }

    func waitForInterrupt() {
        EndSignals.setBlocked(true)
        EndSignals.wait()
    }

    func stop() {
        simulator.stop()
        lines?.finish()
    }
}

/// The signals that ask a process to end: interrupt and terminate.
private enum EndSignals {
    private static var set: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        return signals
    }

    /// Blocks or unblocks them for the calling thread and those it starts from now on.
    static func setBlocked(_ isBlocked: Bool) {
        var signals = set
        pthread_sigmask(isBlocked ? SIG_BLOCK : SIG_UNBLOCK, &signals, nil)
    }

    /// Returns when one of them arrives; they must be blocked.
    static func wait() {
        var signals = set
        var received: Int32 = 0
        sigwait(&signals, &received)
    }
}
