/// How a simulator is set up. Everything has a default that suits a test: in memory, port 0,
/// the shipped tenant.
public struct SimulatorConfiguration: Sendable {
    /// Where the clock starts.
    public enum ClockStart: Hashable, Sendable {
        /// The machine's time, running.
        case system
        /// Standing still at an ISO 8601 instant, for example `2026-01-05T08:00:00Z`.
        case frozen(at: String)
    }

    /// What to do when a fixture differs from the one a data folder was started from.
    public enum FixtureChange: String, CaseIterable, Sendable {
        /// Refuse to start and name the difference.
        case stop
        /// Throw the folder's history away and start from the fixture.
        case reseed
        /// Keep the history and apply what is new in the fixture.
        case merge
    }

    /// Folder with one folder per tenant; nil uses the tenant that is built in (`contoso`).
    public var tenantsFolder: String?
    /// Folder of the local CA, the server certificate and the signing keys; nil makes a set that
    /// lives as long as the process.
    public var keysFolder: String?
    /// Folder of logs and snapshots; nil keeps everything in memory.
    public var dataFolder: String?
    public var host = "127.0.0.1"
    /// HTTPS port; 0 takes any free one.
    public var port = 0
    /// Further HTTPS ports, for example 443.
    public var additionalPorts: [Int] = []
    /// Plain HTTP port; nil for none, 0 for any free one.
    public var httpPort: Int?
    /// Seed of every identifier and token; nil draws from the machine. With a seed the
    /// provisioning service sends one call at a time, so that the same commands give the same
    /// bytes.
    public var seed: UInt64?
    public var clock = ClockStart.system
    /// Written once the listener accepts, removed on a clean stop.
    public var readyFile: String?
    /// Issuer base, such as `https://login.contoso.test`; nil is the listener's own address.
    public var publicOrigin: String?
    /// Time between two provisioning cycles of a job.
    public var syncInterval: Duration = .seconds(40 * 60)
    /// Waits for the disk before a change is acknowledged.
    public var isDurable = false
    public var fixtureChange = FixtureChange.stop
    /// Whether jobs run by themselves when due. Off, only `run` starts a cycle.
    public var runsJobsOnSchedule = true
    /// Whether sign-in pages offer to say where a sign-in comes from, and tell an authenticator
    /// app's code.
    public var showsDeveloperPanel = true
    /// PEM file of a CA that targets outside may be signed by, besides the system's.
    public var targetCAFile: String?
    /// Of the tenants in the folder, the one that is loaded; nil for all of them.
    package var onlyTenant: String?
    /// How long a target may take to answer, in the machine's time; for the connection and the TLS
    /// handshake at most ten seconds each.
    public var targetTimeout: Duration = .seconds(30)
    /// Settings of the provisioning service by name, for all jobs: what its documentation leaves
    /// open (`staleAnchor`, `loseDeleteOnFastPurge`) and numbers a test wants smaller
    /// (`quarantineMinimumFailures`). A name or value that is none is refused at start.
    public var provisioningSettings: [String: String] = [:]
    /// Whether changes of the fixtures in `tenantsFolder` are taken in while it runs.
    public var watchesFixtures = false
    /// Called when a changed fixture was taken in, or refused.
    public var fixtureLog: (@Sendable (FixtureReload) -> Void)?
    /// Called for every request answered.
    public var requestLog: (@Sendable (AnsweredRequest) -> Void)?

    public init() {}
}
