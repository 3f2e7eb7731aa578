import SimCore
import SimDirectory
import SimRuntime

/// A tenant whose fixture is watched: what was last taken in, and what is served of the rest.
struct WatchedFixture {
    /// What is read at the start only.
    struct Served {
        let identitySettings: [String: String]
        /// Fixtures of the sample apps, by name.
        let apps: [String: [UInt8]]
    }

    let source: FixtureSource
    let host: TenantHost
    let served: Served
    var directory: DirectorySnapshot
    var extras: FixtureExtras
    /// The log is to be told that it stands for this fixture now.
    var unnotedDigest: String?
}

extension WatchedFixture {
    /// - Parameter extras: what the fixture said besides the directory when it was loaded.
    init(
        _ source: FixtureSource, _ host: TenantHost, _ extras: FixtureExtras, at now: Timestamp
    ) throws(SimulatorFailure) {
        self.source = source
        self.host = host
        self.extras = extras
        served = Served(
            identitySettings: extras.identitySettings,
            apps: Dictionary(
                try source.targetFiles().map { ($0.name, $0.bytes) },
                uniquingKeysWith: { first, _ in first }))
        // In memory it began with just this; a stored tenant has moved on from it.
        directory = host.isStored ? try source.fixture().snapshot(at: now) : host.snapshot
    }

    /// Tells the log of a stored tenant which fixture it stands for, so that the next start goes
    /// on with it. Waits while somebody may come back to a snapshot.
    mutating func note() {
        guard let digest = unnotedDigest else { return }
        guard let journal = host.journal else {
            unnotedDigest = nil
            return
        }
        guard !journal.hasMarks else { return }
        do throws(JournalError) {
            try journal.compact(host.snapshot, fixture: digest)
            unnotedDigest = nil
        } catch {
            // The next look tries again; what was taken in is in the log already.
        }
    }
}
