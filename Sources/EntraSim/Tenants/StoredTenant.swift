import SimCore
import SimDirectory
import SimRuntime

/// A tenant with what its log holds for the provisioning jobs.
struct StoredTenant {
    let tenant: Tenant
    /// nil in memory.
    let journal: JournalFile?
    /// Oldest first.
    let provisioningRecords: [LogRecord]

    /// A tenant that is forgotten with the process.
    init(inMemory fixture: TenantFixture, at now: Timestamp) {
        tenant = Tenant(snapshot: fixture.snapshot(at: now))
        journal = nil
        provisioningRecords = []
    }

    /// A tenant that is kept in a folder.
    init(
        _ fixture: TenantFixture, digest: String, folder: String,
        configuration: SimulatorConfiguration, at now: Timestamp
    ) throws(SimulatorFailure) {
        let found = Collected()
        let policy: FixtureChangePolicy =
            switch configuration.fixtureChange {
            case .stop: .refuse
            case .reseed: .reseed
            case .merge: .merge
            }
        do throws(TenantOpenError) {
            let store = try TenantStore.open(
                fixture, digest: digest, dataFolder: folder, at: now,
                durability: configuration.isDurable ? .durable : .process, onChange: policy,
                replay: { found.records.append($0) })
            tenant = store.tenant
            journal = store.journal
            provisioningRecords = found.records
            if let journal = store.journal { Self.compactWhenLarge(store.tenant, journal) }
        } catch {
            throw SimulatorFailure(error.message, hint: error.hint)
        }
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
