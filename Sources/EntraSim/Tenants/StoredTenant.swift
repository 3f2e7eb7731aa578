import SimCore
import SimDirectory
import SimRuntime

/// A tenant with what its log holds for the provisioning jobs.
struct StoredTenant {
    let tenant: Tenant
    /// Oldest first.
    let provisioningRecords: [LogRecord]

    init(tenant: Tenant, provisioningRecords: [LogRecord]) {
        self.tenant = tenant
        self.provisioningRecords = provisioningRecords
    }

    /// Opens a tenant's data folder, and begins its log from the fixture where there is none.
    ///
    /// - Parameter change: what to do when the fixture is not the one the log began with.
    init(
        opening folder: String, fixture: TenantFixture, digest: String,
        durability: JournalFile.Durability, change: SimulatorConfiguration.FixtureChange,
        now: Timestamp
    ) throws(SimulatorFailure) {
        do throws(JournalError) {
            let found = Collected()
            let opening = try JournalOpening.open(
                folder: folder, tenant: fixture.profile.name, fixtureDigest: digest,
                durability: durability, replay: { found.records.append($0) })
            let stored = opening.snapshot
            let isChanged: Bool
            switch opening.fixture {
            case .fresh, .unchanged: isChanged = false
            case .changed: isChanged = true
            }
            if isChanged, change == .stop {
                throw .failed(JournalFailure(path: folder, reason: Self.changedReason))
            }
            guard let stored, change != .reseed else {
                let journal = try opening.begin(fixture.records(at: now))
                tenant = Tenant(snapshot: fixture.snapshot(at: now), journal: journal)
                provisioningRecords = []
                Self.compactWhenLarge(tenant, journal)
                return
            }
            guard let journal = opening.resume() else {
                preconditionFailure("a snapshot without a log")
            }
            tenant = Tenant(snapshot: stored, journal: journal)
            provisioningRecords = found.records
            if isChanged { try Self.merge(fixture, digest, into: tenant, journal, at: now) }
            Self.compactWhenLarge(tenant, journal)
        } catch {
            throw SimulatorFailure(error)
        }
    }

    static let changedReason = "its log began from another fixture than the present one"

    /// Applies what the fixture adds, and notes that the log is now of this fixture.
    private static func merge(
        _ fixture: TenantFixture, _ digest: String, into tenant: Tenant, _ journal: JournalFile,
        at now: Timestamp
    ) throws(JournalError) {
        do throws(TenantError) {
            try tenant.append(FixtureMerge(fixture, into: tenant.snapshot()).events, at: now)
        } catch {
            throw .failed(
                JournalFailure(
                    path: journal.folder, reason: "the fixture cannot be merged: \(error)"))
        }
        try journal.compact(tenant.snapshot(), fixture: digest)
    }

    /// Writes a snapshot when the log has grown long. It happens on the thread of the append that
    /// made it so: every 200,000 records, for a moment.
    private static func compactWhenLarge(_ tenant: Tenant, _ journal: JournalFile) {
        tenant.observe { [weak tenant] _ in
            guard journal.needsCompaction, let tenant else { return }
            // A snapshot that fails costs only the time of the next start.
            try? journal.compact(tenant.snapshot())
        }
    }

    /// Records seen while a log is replayed, on one thread.
    private final class Collected {
        var records: [LogRecord] = []
    }
}

extension SimulatorFailure {
    init(_ error: JournalError) {
        switch error {
        case .failed(let failure) where failure.reason == StoredTenant.changedReason:
            self.init(
                "\(failure)",
                hint: "--reseed starts over from the fixture, --merge applies what it adds")
        case .inUse, .failed, .damaged, .newerVersion, .missingSnapshot, .otherTenant:
            self.init(error.message, hint: error.hint)
        }
    }
}
