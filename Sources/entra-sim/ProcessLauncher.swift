import EntraSim
import EntraSimCLI
import Glibc
import SimCore
import SimDirectory
import SimRuntime

/// Starts simulators in this process.
struct ProcessLauncher: SimulatorLauncher {
    func launch(
        _ options: LaunchOptions, log: (@Sendable (String) -> Void)?
    ) throws(CommandFailure) -> any RunningSimulator {
        var configuration = SimulatorConfiguration()
        configuration.tenantsFolder =
            options.tenantsFolder ?? (FileAccess.exists("tenants") ? "tenants" : nil)
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
        if let log {
            configuration.requestLog = { request in
                log(
                    RequestLine.text(
                        at: request.at, method: request.method, target: request.target,
                        status: request.status, errorCode: request.errorCode, hint: request.hint))
            }
        }
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
        return ProcessSimulator(simulator: simulator)
    }

    func check(_ folder: String) throws(CommandFailure) -> EntraSimCLI.FixtureCheck {
        var tenants: [EntraSimCLI.FixtureCheck.Tenant] = []
        var findings: [FixtureFinding] = []
        for tenant in try Self.tenantFolders(folder) {
            let check = tenant.check()
            findings += check.problems.map { problem in
                FixtureFinding(
                    file: problem.file, line: problem.line > 0 ? problem.line : nil,
                    key: problem.keyPath.isEmpty ? nil : problem.keyPath,
                    message: problem.message, hint: problem.hint)
            }
            guard check.isSound else { continue }
            tenants.append(
                EntraSimCLI.FixtureCheck.Tenant(
                    name: check.name, users: check.counts.users, groups: check.counts.groups,
                    apps: check.counts.applications))
        }
        return EntraSimCLI.FixtureCheck(tenants: tenants, findings: findings)
    }

    func generate(_ options: GenerateOptions) throws(CommandFailure) -> String {
        throw CommandFailure(.failure, "this build cannot generate tenants")
    }

    /// The tenants of a folder of tenants, or the one whose folder or `tenant.json` is named.
    private static func tenantFolders(_ path: String) throws(CommandFailure) -> [TenantFolder] {
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        if folder == "tenant.json" { return [TenantFolder(path: ".")] }
        if folder.hasSuffix("/tenant.json") {
            return [TenantFolder(path: String(folder.dropLast("/tenant.json".count)))]
        }
        if FileAccess.exists(folder + "/tenant.json") { return [TenantFolder(path: folder)] }
        let hint = "a tenant is a folder with a tenant.json"
        do throws(JournalFailure) {
            let all = try TenantFolder.all(in: folder)
            guard all.isEmpty else { return all }
        } catch {
            throw CommandFailure(.failure, "cannot read '\(path)': \(error.reason)", hint: hint)
        }
        throw CommandFailure(.failure, "there is no tenant in '\(path)'", hint: hint)
    }
}

/// A simulator of this process, and the signals that end it.
private struct ProcessSimulator: RunningSimulator {
    let simulator: Simulator

    var ready: JSONValue { simulator.ready }

    func waitForInterrupt() {
        EndSignals.setBlocked(true)
        EndSignals.wait()
    }

    func stop() { simulator.stop() }
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
