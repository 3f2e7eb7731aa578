import SimCore

/// What `serve` and `demo` start a simulator with.
package struct LaunchOptions: Hashable, Sendable {
    package enum Clock: Hashable, Sendable {
        case system
        case frozen(at: Timestamp)
    }

    /// What happens when a fixture differs from the one the data folder grew from.
    package enum FixtureChange: Hashable, Sendable {
        case stop, reseed, merge
    }

    /// nil: `tenants` if there is such a folder, else the tenant that is built in.
    package var tenantsFolder: String?
    package var keysFolder = "keys"
    /// nil: in memory.
    package var dataFolder: String?
    package var host = "127.0.0.1"
    /// 0 is any free port.
    package var port = 8443
    package var httpPort: Int?
    package var alsoPorts: [Int] = []
    /// nil: chance from the machine.
    package var seed: UInt64?
    package var clock: Clock = .system
    /// nil: none is written.
    package var readyFile: String?
    package var publicOrigin: String?
    package var syncInterval: Duration = .minutes(40)
    package var isDurable = false
    package var fixtureChange: FixtureChange = .stop
    /// Changed fixtures are taken in while it runs.
    package var watchesFixtures = false
    /// A further authority that provisioning targets may have their certificate from, PEM.
    package var targetCAFile: String?
    /// How long a target may take; nil for the usual time.
    package var targetTimeout: Duration?
    /// Settings of the provisioning service, by name.
    package var provisioningSettings: [String: String] = [:]

    package init() {}
}

/// A simulator in this process.
package protocol RunningSimulator: Sendable {
    /// The content of the ready-file.
    var ready: JSONValue { get }
    /// Returns when the process is asked to end (interrupt, terminate).
    func waitForInterrupt()
    /// Stops cleanly and removes the ready-file.
    func stop()
}

/// A mistake in a fixture file.
package struct FixtureFinding: Hashable, Sendable {
    package let file: String
    package let line: Int?
    /// Path to the key, `users[3].dispalyName`.
    package let key: String?
    package let message: String
    package let hint: String?

    package init(
        file: String, line: Int? = nil, key: String? = nil, message: String, hint: String? = nil
    ) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        self.hint = hint
    }
}

/// What `tenant check` found out about a folder.
package struct FixtureCheck: Hashable, Sendable {
    /// One line per sound tenant: name and counts.
    package struct Tenant: Hashable, Sendable {
        package let name: String
        package let users: Int
        package let groups: Int
        package let apps: Int

        package init(name: String, users: Int, groups: Int, apps: Int) {
            self.name = name
            self.users = users
            self.groups = groups
            self.apps = apps
        }
    }

    package let tenants: [Tenant]
    package let findings: [FixtureFinding]

    package init(tenants: [Tenant], findings: [FixtureFinding]) {
        self.tenants = tenants
        self.findings = findings
    }
}

/// The tenant `tenant generate` writes.
package struct GenerateOptions: Hashable, Sendable {
    package let name: String
    package let users: Int
    package let groups: Int
    package let seed: UInt64
    package let folder: String

    package init(name: String, users: Int, groups: Int, seed: UInt64, folder: String) {
        self.name = name
        self.users = users
        self.groups = groups
        self.seed = seed
        self.folder = folder
    }
}

/// The simulator's own abilities that need no running instance.
package protocol SimulatorLauncher: Sendable {
    /// Starts a simulator and returns once it listens.
    ///
    /// - Parameters:
    ///   - log: called with one line for people per answered request; nil for none.
    ///   - tell: called with what else there is to tell while it runs: fixtures taken in.
    func launch(
        _ options: LaunchOptions, log: (@Sendable (String) -> Void)?,
        tell: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> any RunningSimulator

    /// - Parameter folder: a folder of tenants, one tenant's folder or one fixture file.
    func check(_ folder: String) throws(CommandFailure) -> FixtureCheck

    /// - Returns: the path of the written fixture.
    func generate(_ options: GenerateOptions) throws(CommandFailure) -> String

    /// The drills there are, a row each: `name`, `description`, `tenant`, `app`, `steps`, `target`.
    func drills(_ options: DrillOptions) throws(CommandFailure) -> [JSONValue]

    /// Plays drills one after the other, each in a simulator of its own.
    ///
    /// - Parameter tell: called with each piece of the timeline as it comes about.
    func play(
        _ options: DrillOptions, tell: @escaping @Sendable (String) -> Void
    ) throws(CommandFailure) -> DrillResults
}
