import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import SimProvisioning
import Synchronization

/// One provisioning job at work: starts cycles, performs their calls, appends their records to the
/// tenant's log and folds them into the job's state. One cycle at a time; further requests wait.
final class JobRunner: Sendable {
    typealias Outcome = Result<SimPortal.CycleReport, ControlError>

    struct State {
        var job: ProvisioningJobState
        var log: ProvisioningLog
        var history = ProvisioningHistory()
        var onDemandRate = OnDemandRate()
        var progress: CycleProgress?
        /// The next cycle is due now, whatever the interval says.
        var isDueNow = false
        /// A cycle that was due could not even begin: not tried again before this.
        var notBefore: Timestamp?
        var isRunning = false
        var waiting: [@Sendable () -> Void] = []
        var watchers = LogWatchers()
        /// The last recording.
        var cassette: Cassette?
    }

    let host: TenantHost
    let environment: ProvisioningEnvironment
    let principal: ServicePrincipalID
    private let jobID: String
    private let state: Mutex<State>
    /// The access tokens of all runs, made with the first run that needs one.
    private let heldTokens = Mutex<TargetTokens?>(nil)

    init(
        host: TenantHost, principal: ServicePrincipalID,
        configuration: ProvisioningConfiguration, environment: ProvisioningEnvironment
    ) {
        self.host = host
        self.principal = principal
        self.environment = environment
        jobID = configuration.jobID
        state = Mutex(
            State(
                job: ProvisioningJobState(configuration: configuration),
                log: ProvisioningLog(limit: environment.settings.logEntryLimit)))
    }

    // MARK: What it is

    /// The enterprise app's name, for lists and reports.
    var app: String { servicePrincipal?.displayName ?? jobID }

    /// The enterprise app as it is now; nil once it was removed.
    var servicePrincipal: ServicePrincipal? { host.snapshot.servicePrincipal(principal) }

    var jobState: ProvisioningJobState { state.withLock { $0.job } }

    var log: ProvisioningLog { state.withLock { $0.log } }

    var history: ProvisioningHistory { state.withLock { $0.history } }

    /// How far the cycle under way has come; nil between cycles.
    var progress: CycleProgress? { state.withLock { $0.isRunning ? $0.progress : nil } }

    /// A cycle or an on-demand call is under way.
    var isRunning: Bool { state.withLock { $0.isRunning } }

    /// Idle: nothing is under way, waits for its turn or is due at once.
    var logStanding: LogStanding {
        state.withLock { state in
            let isDue = state.isDueNow && state.job.isScheduled
            return LogStanding(
                log: state.log, endedCycles: state.history.endedCycles,
                isIdle: !state.isRunning && state.waiting.isEmpty && !isDue)
        }
    }

    /// Calls `wake` once, with the next row or the end of a cycle; nil when too many wait.
    func watch(_ wake: @escaping @Sendable () -> Void) -> Int? {
        state.withLock { $0.watchers.add(wake) }
    }

    /// Whether the one with this ticket was still waiting.
    func stopWatching(_ ticket: Int) -> Bool {
        state.withLock { $0.watchers.remove(ticket) != nil }
    }

    /// The last recording; nil before the first.
    var cassette: Cassette? { state.withLock { $0.cassette } }

    func keep(_ cassette: Cassette) {
        state.withLock { $0.cassette = cassette }
    }

    func note(_ progress: CycleProgress) {
        state.withLock { $0.progress = progress }
    }

    /// Whether another on-demand request may go ahead now; it is counted.
    func admitsOnDemand() -> Bool {
        let now = environment.clock.now
        return state.withLock { $0.onDemandRate.admits(at: now) }
    }

    var tokens: TargetTokens {
        heldTokens.withLock { held in
            if let held { return held }
            let made = TargetTokens(environment: environment) { [weak self] in
                // A job that cannot run any more goes on with what it had.
                (try? self?.configured())?.tokenGrant
            }
            held = made
            return made
        }
    }

    /// When the next cycle is due by itself; nil while the job is paused or switched off.
    var nextRunAt: Timestamp? {
        let (job, isDueNow, isRunning, notBefore) = state.withLock {
            ($0.job, $0.isDueNow, $0.isRunning, $0.notBefore)
        }
        guard job.isScheduled, !isRunning else { return nil }
        if isDueNow { return environment.clock.now }
        if let notBefore { return notBefore }
        guard job.lastExecution != nil else { return environment.firstCycleAt }
        return job.nextCycle(interval: environment.settings.interval)
    }

    /// The job compiled from the directory's newest configuration.
    ///
    /// - Parameters:
    ///   - credentials: tried in place of the saved ones.
    ///   - schema: mappings tried in place of the saved ones; nil for those.
    func configured(
        with credentials: TestCredentials = TestCredentials(), schema: JSONValue? = nil
    ) throws(ControlError) -> ProvisioningJob {
        let snapshot = host.snapshot
        guard var principal = snapshot.servicePrincipal(principal) else {
            throw .conflict("the app was removed meanwhile")
        }
        if let address = credentials.baseAddress { principal.provisioning?.tenantURL = address }
        if let token = credentials.secretToken { principal.provisioning?.secretToken = token }
        if let settings = credentials.authentication, let old = principal.provisioning {
            principal.provisioning?.authentication = try settings.applied(
                to: old.authentication,
                in: DirectoryEdits(
                    snapshot, now: environment.clock.now, random: environment.random))
        }
        if let schema { principal.provisioning?.schema = schema }
        do {
            return try ProvisioningJob(
                tenant: snapshot.profile.id, servicePrincipal: principal,
                origin: environment.origin, settings: environment.settings,
                blankSecretToken: principal.provisioning?.hasBlankSecret == true
                    ? environment.blankSecretToken(of: snapshot.profile.id) : nil)
        } catch {
            throw .badRequest(
                "the provisioning job of '\(principal.displayName)' cannot run: "
                    + error.explanation, hint: "change it with 'app set'")
        }
    }

    // MARK: Branches

    /// What the job remembers, to come back to.
    var memory: JobMemory {
        state.withLock { JobMemory(principal: principal, state: $0) }
    }

    /// Makes the job what it was; a cycle under way stays under way.
    func recall(_ memory: JobMemory) {
        state.withLock { memory.restore(to: &$0) }
    }

    /// Lets a job without a past begin at `time`.
    func begin(at time: Timestamp) {
        state.withLock { $0.notBefore = time }
    }

    // MARK: Records

    /// Appends records to the tenant's log, then folds them in.
    func record(_ records: [ProvisioningRecord]) throws(ControlError) {
        guard !records.isEmpty else { return }
        let events = records.map { $0.event(job: jobID) }
        let now = environment.clock.now
        let appended: [LogRecord]
        do {
            appended = try host.tenant.append(events, at: now)
        } catch {
            throw ControlError(error)
        }
        let watchers = state.withLock { state in
            for (record, entry) in zip(records, appended) {
                state.job.apply(record, sequence: entry.sequence, at: entry.at)
                state.log.apply(record)
                state.history.apply(record, at: entry.at)
            }
            return records.contains(where: \.isNews) ? state.watchers.removeAll() : []
        }
        for wake in watchers { wake() }
        for case .notified(let notice) in records { environment.mailbox?.deliver(notice, jobID) }
    }

    /// Folds in a record of a log that is being replayed.
    func replay(_ entry: LogRecord) {
        guard let record = ProvisioningRecord(entry.event) else { return }
        state.withLock { state in
            state.job.apply(record, sequence: entry.sequence, at: entry.at)
            state.log.apply(record)
            state.history.apply(record, at: entry.at)
        }
    }

    // MARK: Cycles

    /// Runs a cycle that fell due and says in a line what came of it.
    func runScheduled(completion: @escaping @Sendable (String) -> Void) {
        let app = app
        run(recordsWire: false) { outcome in
            switch outcome {
            case .success(let report): completion(report.line)
            case .failure(let error):
                let later = self.environment.clock.now + self.environment.settings.interval
                self.state.withLock { $0.notBefore = later }
                completion("\(app): \(error.message)")
            }
        }
    }

    /// Runs a cycle, after the one under way where there is one.
    ///
    /// - Parameter reset: cleared before it begins, as by a restart.
    func run(
        recordsWire: Bool, reset: SimProvisioning.ResetScope? = nil,
        recordsCassette: Bool = false,
        completion: @escaping @Sendable (Outcome) -> Void
    ) {
        claim {
            let run: CycleRun
            do throws(ControlError) {
                if let reset { try self.record([.restarted(reset)]) }
                run = try CycleRun(
                    runner: self, job: self.configured(), recordsWire: recordsWire,
                    recordsCassette: recordsCassette
                ) { outcome in
                    self.release()
                    completion(outcome)
                }
            } catch {
                self.release()
                return completion(.failure(error))
            }
            run.start()
        }
    }

    /// Runs `work` on the loop once no cycle of this job is under way; it stands for the cycle
    /// that is due.
    func claim(_ work: @escaping @Sendable () -> Void) {
        hold(
            {
                $0.isDueNow = false
                $0.notBefore = nil
            }, work)
    }

    /// The same without any cycle: nothing of the job changes, until `release`.
    func hold(
        _ begin: @Sendable (inout State) -> Void = { _ in }, _ work: @escaping @Sendable () -> Void
    ) {
        let mayRun = state.withLock { state in
            guard !state.isRunning else {
                state.waiting.append(work)
                return false
            }
            state.isRunning = true
            begin(&state)
            return true
        }
        if mayRun { environment.loop.execute(work) }
    }

    func release() {
        let next = state.withLock { state -> (@Sendable () -> Void)? in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        if let next { environment.loop.execute(next) }
    }

    /// Makes the next cycle due at once: after start and restart.
    func makeDue() {
        state.withLock { $0.isDueNow = true }
    }
}

extension ProvisioningRecord {
    /// Whether those who follow the log want to know.
    fileprivate var isNews: Bool {
        switch self {
        case .logged, .cycleEnded, .deleted: true
        case .started, .paused, .restarted, .configured, .cycleBegan, .linked, .unlinked,
            .membersExported, .escrowed, .escrowCleared, .deferred, .deferralEnded, .staged,
            .unstaged, .quarantined, .escrowsPruned, .disabled, .notified:
            false
        }
    }
}
