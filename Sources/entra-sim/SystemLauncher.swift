import EntraSim
import EntraSimCLI
import SimCore

/// Starts simulators in this process and does what needs none.
struct SystemLauncher: SimulatorLauncher {
    func launch(
        _ options: LaunchOptions, log: (@Sendable (String) -> Void)?
    ) throws(CommandFailure) -> any RunningSimulator {
        var configuration = SimulatorConfiguration()
        configuration.tenantsFolder = options.tenantsFolder ?? Fixtures.defaultFolder
        configuration.keysFolder = options.keysFolder
        configuration.dataFolder = options.dataFolder
        configuration.host = options.host
        configuration.port = options.port
        configuration.additionalPorts = options.alsoPorts
        configuration.httpPort = options.httpPort
        configuration.seed = options.seed
        configuration.clock =
            switch options.clock {
            case .system: .system
            case .frozen(let time): .frozen(at: time.iso8601)
            }
        configuration.readyFile = options.readyFile
        configuration.publicOrigin = options.publicOrigin
        configuration.syncInterval = options.syncInterval
        configuration.isDurable = options.isDurable
        configuration.fixtureChange =
            switch options.fixtureChange {
            case .stop: .stop
            case .reseed: .reseed
            case .merge: .merge
            }
        configuration.targetCAFile = options.targetCAFile
        if let log { configuration.requestLog = { log($0.line) } }
        do throws(SimulatorFailure) {
            let signals = try EndOfProcess()
            let simulator = Simulator(configuration)
            try simulator.start()
            return LaunchedSimulator(simulator: simulator, signals: signals)
        } catch {
            throw CommandFailure(error)
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
                        file: $0.file, line: $0.line, key: $0.key, message: $0.message,
                        hint: $0.hint)
                })
        } catch {
            throw CommandFailure(error)
        }
    }

    func generate(_ options: GenerateOptions) throws(CommandFailure) -> String {
        do throws(SimulatorFailure) {
            return try Fixtures.generate(
                name: options.name, users: options.users, groups: options.groups,
                seed: options.seed, folder: options.folder)
        } catch {
            throw CommandFailure(error)
        }
    }
}

private struct LaunchedSimulator: RunningSimulator {
    let simulator: Simulator
    let signals: EndOfProcess

    var ready: JSONValue { simulator.ready }
    func waitForInterrupt() { signals.wait() }
    func stop() { simulator.stop() }
}

extension CommandFailure {
    fileprivate init(_ failure: SimulatorFailure) {
        self.init(.failure, failure.message, hint: failure.hint)
    }
}
