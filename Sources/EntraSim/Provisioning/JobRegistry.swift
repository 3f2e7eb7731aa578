import SimCore
import SimDirectory
import SimPortal
import SimProvisioning
import Synchronization

/// The runners of all provisioning jobs, made when an enterprise app first has a configuration.
final class JobRegistry: Sendable {
    private struct Key: Hashable {
        let tenant: TenantID
        let job: String
    }

    let environment: ProvisioningEnvironment
    private let runners = Mutex<[Key: JobRunner]>([:])

    init(environment: ProvisioningEnvironment) {
        self.environment = environment
    }

    /// The runner of an app's job; the app by display name, client id or object id.
    func runner(
        of app: String, in host: TenantHost, at now: Timestamp
    ) throws(ControlError) -> JobRunner {
        let edits = DirectoryEdits(host.snapshot, now: now, random: environment.random)
        do throws(DirectoryEditError) {
            let principal = try edits.servicePrincipal(app)
            guard let runner = runner(of: principal, in: host) else {
                throw DirectoryEditError.notProvisioned(app: principal.displayName)
            }
            return runner
        } catch {
            throw ControlError(error)
        }
    }

    /// The runners of one tenant by app name.
    func runners(in host: TenantHost, at now: Timestamp) -> [JobRunner] {
        host.snapshot.servicePrincipals
            .sorted { ($0.displayName, $0.id) < ($1.displayName, $1.id) }
            .compactMap { runner(of: $0, in: host) }
    }

    /// The runners of all tenants, tenant by tenant.
    func all(in hosts: [TenantHost], at now: Timestamp) -> [JobRunner] {
        hosts.flatMap { runners(in: $0, at: now) }
    }

    /// Begins jobs again whose mapping or scoping filter differs from what it was in `old`. New
    /// credentials begin nothing again, and neither does the scope "all" or "assigned only", which
    /// waits for somebody to restart the job. provisioning.md §1.6, §1.9.
    func configurationsChanged(
        since old: DirectorySnapshot, in host: TenantHost
    ) throws(ControlError) {
        try discardJobs(since: old, in: host)
        for principal in host.snapshot.servicePrincipals {
            guard let new = principal.provisioning,
                let before = old.servicePrincipal(principal.id)?.provisioning,
                new.jobID == before.jobID, let runner = runner(of: principal, in: host)
            else { continue }
            try runner.record(new.changes(since: before).map { .configured($0) })
            if !new.maps(as: before) { try runner.restartAfterChange() }
        }
    }

    /// A deleted job takes everything it remembers along. provisioning.md §1.2.
    private func discardJobs(
        since old: DirectorySnapshot, in host: TenantHost
    ) throws(ControlError) {
        let snapshot = host.snapshot
        for principal in old.servicePrincipals {
            guard let job = principal.provisioning?.jobID,
                snapshot.servicePrincipal(principal.id)?.provisioning?.jobID != job
            else { continue }
            let key = Key(tenant: snapshot.profile.id, job: job)
            try runners.withLock { $0.removeValue(forKey: key) }?.record([.deleted])
        }
    }

    /// Takes a record of a log that is being replayed into the job's state.
    func replay(_ record: LogRecord, in host: TenantHost) {
        guard case .provisioning(let job, _, _) = record.event else { return }
        let snapshot = host.snapshot
        guard
            let principal = snapshot.servicePrincipals.first(where: {
                $0.provisioning?.jobID == job
            })
        else { return }
        runner(of: principal, in: host)?.replay(record)
    }

    /// Runs `work` while no cycle of the tenant is under way; none begins before it calls `done`.
    func whenIdle(
        _ host: TenantHost, at now: Timestamp,
        _ work: @escaping @Sendable (_ done: @escaping @Sendable () -> Void) -> Void
    ) {
        let held = runners(in: host, at: now)
        @Sendable func hold(_ index: Int) {
            guard index < held.count else {
                return work { for runner in held { runner.release() } }
            }
            held[index].hold { hold(index + 1) }
        }
        hold(0)
    }

    /// Makes the jobs of a tenant what they were; jobs that came since are gone.
    func recall(_ memories: [JobMemory], in host: TenantHost) {
        let kept = Set(memories.map(\.principal))
        let tenant = host.snapshot.profile.id
        runners.withLock { runners in
            runners = runners.filter {
                $0.key.tenant != tenant || kept.contains($0.value.principal)
            }
        }
        for memory in memories {
            guard let principal = host.snapshot.servicePrincipal(memory.principal) else { continue }
            runner(of: principal, in: host)?.recall(memory)
        }
    }

    /// Forgets what the jobs of a tenant did; each begins an interval from now.
    func startOver(in host: TenantHost, at now: Timestamp) {
        forget(host)
        for runner in runners(in: host, at: now) {
            runner.begin(at: now + environment.settings.interval)
        }
    }

    /// Lets go of a tenant's jobs.
    func forget(_ host: TenantHost) {
        let tenant = host.snapshot.profile.id
        runners.withLock { $0 = $0.filter { $0.key.tenant != tenant } }
    }

    private func runner(of principal: ServicePrincipal, in host: TenantHost) -> JobRunner? {
        guard let configuration = principal.provisioning else { return nil }
        let key = Key(tenant: host.snapshot.profile.id, job: configuration.jobID)
        return runners.withLock { runners in
            if let runner = runners[key] { return runner }
            let runner = JobRunner(
                host: host, principal: principal.id, configuration: configuration,
                environment: environment.calling(
                    for: OutboundCaller(host: host, principal: principal.id)))
            runners[key] = runner
            return runner
        }
    }
}

extension ProvisioningConfiguration {
    /// Whether objects are sent in the same words.
    fileprivate func maps(as other: ProvisioningConfiguration) -> Bool {
        provisionsGroups == other.provisionsGroups && schema == other.schema
            && expressions == other.expressions
    }

    /// What of the job's page differs, for the audit log.
    fileprivate func changes(since old: Self) -> [ProvisioningRecord.Configured] {
        var settings = old
        settings.scope = scope
        settings.provisionsGroups = provisionsGroups
        settings.schema = schema
        settings.expressions = expressions
        var changes: [ProvisioningRecord.Configured] = settings == self ? [] : [.settings]
        if !maps(as: old) || scope != old.scope { changes.append(.mappings) }
        return changes
    }
}
