import SimCore
import SimDirectory
import SimHTTP
import SimRuntime
import Synchronization

/// Microsoft Entra for tests: a directory, a login endpoint that signs real tokens, and a
/// provisioning service, in this process.
///
///     let simulator = Simulator()
///     try simulator.start()
///     defer { simulator.stop() }
///
/// A test double: never put it in front of real people.
public final class Simulator: Sendable {
    private enum State {
        case stopped
        case running(RunningState)
    }

    public let configuration: SimulatorConfiguration
    private let state = Mutex<State>(.stopped)

    /// - Parameter configuration: in memory, on a free port, with the built-in tenant unless said
    ///   otherwise.
    public init(_ configuration: SimulatorConfiguration = SimulatorConfiguration()) {
        self.configuration = configuration
    }

    deinit { stop() }

    /// Loads everything and listens. Returns when requests are answered.
    public func start() throws(SimulatorFailure) {
        guard !isRunning else { throw SimulatorFailure("this simulator is running already") }
        let running = try SimulatorStart(configuration).run()
        state.withLock { $0 = .running(running) }
    }

    /// Finishes requests under way, stops listening and removes the ready-file. A cycle or an
    /// advance that somebody still awaits ends with a failure. Stopping twice is fine.
    public func stop() {
        let running = state.withLock { state -> RunningState? in
            guard case .running(let running) = state else { return nil }
            state = .stopped
            return running
        }
        running?.stop()
    }

    /// `https://localhost:50123`: base of every address, and of the issuers.
    public var baseURL: String { services.origin }

    /// The local CA's certificate, PEM: what a client has to trust.
    public var authorityCertificate: String { running.keys.authority.pem }

    /// Path of that certificate as a file; nil when keys live in memory only.
    public var authorityFile: String? { running.authorityFile }

    /// The bearer token of the control API.
    public var controlToken: String { running.controlToken }

    /// What the ready-file holds: addresses, tenants, users and apps, as JSON text.
    public var readyText: String { running.ready.json.prettyText }

    package var ready: JSONValue { running.ready.json }

    var watch: FixtureWatch? { running.watch }

    var services: SimulatorServices { running.services }

    /// Between start and stop.
    var isRunning: Bool {
        state.withLock { state in
            if case .running = state { true } else { false }
        }
    }

    private var running: RunningState {
        state.withLock { state in
            guard case .running(let running) = state else {
                preconditionFailure("the simulator has not been started")
            }
            return running
        }
    }
}

/// What a running simulator owns and lets go of when it stops.
struct RunningState: Sendable {
    let services: SimulatorServices
    let servers: [HTTPServer]
    let client: HTTPClient
    let loop: WorkLoop
    let keys: KeySet
    let controlToken: String
    let authorityFile: String?
    /// The same where it was written for this run only, because the keys are kept in memory.
    let temporaryAuthorityFile: String?
    let ready: ReadyFile
    let readyPath: String?
    /// The ready-file's folder, when it was made for it.
    let readyFolder: String?
    /// nil unless fixtures are watched.
    let watch: FixtureWatch?

    func stop() {
        watch?.stop()
        if let readyPath { FileAccess.remove(readyPath) }
        if let temporaryAuthorityFile { FileAccess.remove(temporaryAuthorityFile) }
        services.timeline.stop()
        services.drills.stop()
        // Cycles under way end first, because people who asked for one wait for an answer.
        client.stop()
        for server in servers { server.stop() }
        loop.stop()
        services.pendingCalls.close()
        if let readyFolder { FileAccess.removeEmptyFolder(readyFolder) }
    }
}
