import SimCore
import SimDirectory
import SimPortal
import SimTarget

/// All that is true of a tenant at one moment: its directory, what its provisioning jobs remember,
/// and the people in its sample apps. Taking one costs a few pointers, whatever its size.
struct TenantWorld: Sendable {
    let takenAt: Timestamp
    let directory: TenantCheckpoint
    let jobs: [JobMemory]
    let apps: [String: SampleAppCheckpoint]

    init(of host: TenantHost, jobs: [JobRunner], apps: [SampleAppHost], at now: Timestamp) {
        takenAt = now
        self.jobs = jobs.map(\.memory)
        directory = host.tenant.checkpoint()
        self.apps = Dictionary(uniqueKeysWithValues: apps.map { ($0.name, $0.app.checkpoint()) })
    }

    /// Puts it back in place.
    func restore(
        to host: TenantHost, jobs: JobRegistry, apps: [SampleAppHost]
    ) throws(ControlError) {
        do throws(TenantError) {
            try host.tenant.rewind(to: directory)
        } catch {
            throw ControlError(error)
        }
        for app in apps {
            guard let checkpoint = self.apps[app.name] else { continue }
            do throws(SampleAppJournalError) {
                try app.app.rewind(to: checkpoint)
            } catch {
                throw .conflict("the data of '\(app.name)' could not be restored: \(error.reason)")
            }
        }
        jobs.recall(self.jobs, in: host)
    }
}
