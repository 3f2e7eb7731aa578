import SimCore
import SimDirectory
import SimHTTP

/// One cycle of a job: probe, users, groups, references, watermark. provisioning.md §1.3 to §1.5.
///
/// A machine: the shell sends what `.send` asks for, several at once, and reports each answer;
/// it appends what `.record` says to the tenant's log. Calls overlap up to the job's parallelism,
/// but their effects appear in object order, so the records are the same from run to run.
/// Cost of an incremental cycle: the number of changes, whatever the size of the directory.
package struct ProvisioningCycle: Sendable {
    package enum Event: Sendable {
        case started(at: Timestamp)
        case responded(ExchangeID, HTTPResponse, at: Timestamp)
        case failed(ExchangeID, ConnectionFailure, at: Timestamp)
        /// The call could not be made for want of an access token: the cycle cannot go on.
        case unauthenticated(ExchangeID, AccessTokenFailure, at: Timestamp)

        var at: Timestamp {
            switch self {
            case .started(let time), .responded(_, _, let time), .failed(_, _, let time),
                .unauthenticated(_, _, let time):
                time
            }
        }
    }

    package enum Action: Hashable, Sendable {
        case send(ExchangeID, HTTPRequest)
        case record([ProvisioningRecord])
        case finish(CycleSummary)
    }

    /// What the cycle is run for.
    enum Purpose: Sendable {
        case schedule
        /// Writes are answered by the preview itself, and nothing is recorded.
        case preview
        /// One object, without touching the watermark, the schedule or the quarantine.
        case onDemand(OnDemandRequest)
    }

    enum Phase: Sendable {
        case ready, probing, users, groups, references, finished
    }

    /// Tasks that may wait for an earlier one, as a multiple of the parallelism.
    private static let windowFactor = 4

    package let id: GUID
    package let job: ProvisioningJob
    package let kind: CycleKind
    let purpose: Purpose
    var context: TaskContext
    var counters = CycleCounters()
    /// Calls a preview would have sent, and the rows it would have logged since last asked.
    var planned: [PlannedCall] = []
    var previewedEntries: [ProvisioningLogEntry] = []
    let random: any RandomSource

    var phase = Phase.ready
    private(set) var beganAt = Timestamp.epoch
    private(set) var lastEventAt = Timestamp.epoch
    private var probe: CredentialProbe?
    private var probeExchange: ExchangeID?
    private var lastExchange = 0
    private(set) var work = WorkList()
    private(set) var next = 0
    private var window = CycleWindow()
    var pendingReferences: [ReferenceTask.Subject] = []
    private(set) var abandoned: ConnectionTestResult.Failure?
    var actions: [Action] = []
    var records: [ProvisioningRecord] = []

    var isPreview: Bool {
        if case .preview = purpose { true } else { false }
    }

    /// - Parameters:
    ///   - state: the job's state before this cycle.
    ///   - snapshot: the tenant as of now; its sequence number becomes the watermark.
    package init(
        job: ProvisioningJob, state: ProvisioningJobState, snapshot: DirectorySnapshot,
        random: any RandomSource
    ) {
        self.init(
            job: job, state: state, snapshot: snapshot, random: random, purpose: .schedule)
    }

    init(
        job: ProvisioningJob, state: ProvisioningJobState, snapshot: DirectorySnapshot,
        random: any RandomSource, purpose: Purpose
    ) {
        self.job = job
        self.random = random
        self.purpose = purpose
        id = random.guid(for: RandomPurpose("provisioning.cycle"))
        // A watermark older than the change log's memory cannot be continued.
        let isContinuous =
            state.watermark.map { $0 >= snapshot.changesAreCompleteAfter } ?? false
            && (state.mappings ?? job.mappings) == job.mappings
        if case .onDemand = purpose {
            kind = .incremental
        } else {
            kind = isContinuous ? .incremental : .initial
        }
        context = TaskContext(
            environment: CycleEnvironment(
                job: job, snapshot: snapshot, calls: SCIMCalls(job: job, activity: id, at: .epoch),
                isInitial: kind == .initial),
            state: state)
        if case .onDemand = purpose { context.isOnDemand = true }
        if let sequence = state.unfinishedSince { context.recover(since: sequence) }
    }

    package mutating func handle(_ event: Event) -> [Action] {
        lastEventAt = event.at
        switch event {
        case .started(let time): start(at: time)
        case .responded(let exchange, let response, let time):
            answered(exchange, .success(response), at: time)
        case .failed(let exchange, let failure, let time):
            answered(exchange, .failure(failure), at: time)
        case .unauthenticated(let exchange, let failure, let time):
            abandon(exchange, failure.connectionFailure, at: time)
        }
        if isPreview {
            for case .logged(let entry) in records { previewedEntries.append(entry) }
        } else if !records.isEmpty {
            // The records go before the finish that follows from them.
            let place = actions.firstIndex { if case .finish = $0 { true } else { false } }
            actions.insert(.record(records), at: place ?? actions.count)
        }
        records = []
        defer { actions = [] }
        return actions
    }

    /// Whom a call in flight is about; nil for a probe.
    package func call(_ exchange: ExchangeID) -> CycleCall? { window.call(exchange) }

    private mutating func start(at time: Timestamp) {
        guard phase == .ready else { return }
        phase = .probing
        beganAt = time
        let calls = SCIMCalls(job: job, activity: id, at: time)
        context.environment = CycleEnvironment(
            job: job, snapshot: context.snapshot, calls: calls, isInitial: context.isInitial)
        if !context.isOnDemand { recordBeginning(at: time) }
        probe = CredentialProbe(job: job, calls: calls, random: random)
        askProbe(at: time)
    }

    private mutating func recordBeginning(at time: Timestamp) {
        // A changed mapping starts over, as the portal's restart does. provisioning.md §1.9.
        if let known = context.state.mappings, known != job.mappings,
            context.state.watermark != nil
        {
            add(.restarted(.portal), at: time)
        }
        records.append(
            .cycleBegan(
                CycleStart(
                    id: id, kind: kind, at: time, mappings: job.mappings,
                    directory: context.snapshot.sequence, scope: job.configuration.scope)))
    }

    private mutating func askProbe(at time: Timestamp) {
        if let question = probe?.question() {
            probeExchange = send(question)
        } else {
            probeExchange = nil
            collectWork(at: time)
            phase = .users
            advance(at: time)
        }
    }

    private mutating func collectWork(at time: Timestamp) {
        if case .onDemand(let request) = purpose {
            work = .onDemand(request)
            return
        }
        let hasGroups = job.groups != nil
        if let watermark = context.state.watermark, kind == .incremental {
            work = .incremental(
                scope: context.scope, state: context.state, after: watermark,
                hasGroups: hasGroups, at: time)
        } else {
            work = .initial(
                scope: context.scope, state: context.state, hasGroups: hasGroups,
                // A watermark that cannot be continued is no restart: nobody may be lost.
                evaluatesLinks: !job.settings.losesDisablesOnRestart || isScopeNew
                    || context.state.watermark != nil,
                at: time)
        }
        context.stagesRemovals = tripsDeletionGuard(work)
    }

    /// A scope that was saved since the last full look takes effect now: whoever is no longer in
    /// it is switched off. provisioning.md §1.6.
    private var isScopeNew: Bool {
        context.state.scope.map { $0 != job.configuration.scope } ?? false
    }

    mutating func send(_ request: HTTPRequest) -> ExchangeID {
        lastExchange += 1
        counters.calls += 1
        let exchange = ExchangeID(lastExchange)
        actions.append(.send(exchange, request))
        return exchange
    }

    private mutating func answered(
        _ exchange: ExchangeID, _ answer: Result<HTTPResponse, ConnectionFailure>,
        at time: Timestamp
    ) {
        if exchange == probeExchange, let probe {
            let failure: ConnectionTestResult.Failure? =
                switch answer {
                case .success(let response): probe.failure(response)
                case .failure(let reason): probe.failure(reason)
                }
            if let failure {
                abandoned = failure
                finish(at: time)
            } else {
                askProbe(at: time)
            }
            return
        }
        guard let number = window.answered(exchange), let task = window.take(number) else {
            return
        }
        switch consume task {
        case .object(var object):
            let progress = object.receive(answer, context: context)
            follow(object, progress, number, at: time)
        case .reference(var reference):
            let progress = reference.receive(answer, context: context)
            follow(reference, progress, number, at: time)
        }
        advance(at: time)
    }
}

// MARK: - Tasks

extension ProvisioningCycle {
    /// Ends the task a call was for, and with it, in its turn, the cycle.
    private mutating func abandon(
        _ exchange: ExchangeID, _ failure: ConnectionTestResult.Failure, at time: Timestamp
    ) {
        if exchange == probeExchange {
            abandoned = failure
            return finish(at: time)
        }
        guard let number = window.answered(exchange), let task = window.take(number) else {
            return
        }
        switch consume task {
        case .object(var object):
            let progress = object.finish(.abandoned(failure))
            follow(object, progress, number, at: time)
        case .reference(var reference):
            let progress = reference.abandon(failure)
            follow(reference, progress, number, at: time)
        }
        advance(at: time)
    }

    /// Sends what the task asks for, or keeps its result. A preview answers writes itself.
    private mutating func follow(
        _ task: consuming ObjectTask, _ first: consuming ObjectTask.Progress, _ number: Int,
        at time: Timestamp
    ) {
        var progress = first
        while true {
            switch progress {
            case .send(let request):
                if isPreview, let answer = plan(request, for: task.work.key) {
                    progress = task.receive(.success(answer), context: context)
                    continue
                }
                window.put(.object(task), at: number)
                window.sent(send(request), for: number)
                return
            case .finished:
                window.put(.object(task), at: number)
                window.finish(number, at: time)
                return
            }
        }
    }

    private mutating func follow(
        _ task: consuming ReferenceTask, _ first: consuming ReferenceTask.Progress, _ number: Int,
        at time: Timestamp
    ) {
        var progress = first
        while true {
            switch progress {
            case .send(let request):
                if isPreview, let answer = plan(request, for: task.subject.key) {
                    progress = task.receive(.success(answer), context: context)
                    continue
                }
                window.put(.reference(task), at: number)
                window.sent(send(request), for: number)
                return
            case .finished:
                window.put(.reference(task), at: number)
                window.finish(number, at: time)
                return
            }
        }
    }

    /// Commits what is ready, starts what may start, and goes on to the next phase.
    private mutating func advance(at time: Timestamp) {
        while phase != .finished {
            while let (task, endedAt) = window.removeFinished() {
                commit(task, endedAt: endedAt)
            }
            if abandoned != nil {
                if window.isEmpty || window.inFlight == 0 { finish(at: time) }
                return
            }
            if dispatch(at: time) { continue }
            guard window.isEmpty else { return }
            nextPhase(at: time)
        }
    }

    /// - Returns: whether a result is ready to be committed.
    private mutating func dispatch(at time: Timestamp) -> Bool {
        let limit = max(1, job.settings.parallelism)
        while window.inFlight < limit, window.count < limit * Self.windowFactor {
            let before = window.inFlight
            switch phase {
            case .users, .groups:
                let list = phase == .users ? work.users : work.groups
                guard next < list.count else { return false }
                guard var task = ObjectTask(list[next], context: context, at: time) else {
                    next += 1
                    continue
                }
                let key = task.matchKey
                if let key, window.isBusy(key) { return false }
                next += 1
                counters.imported += 1
                let number = window.append(nil, matchKey: key, at: time)
                let progress = task.begin(context)
                follow(task, progress, number, at: time)
            case .references:
                guard next < pendingReferences.count else { return false }
                var task = ReferenceTask(pendingReferences[next], context: context, at: time)
                next += 1
                let number = window.append(nil, matchKey: nil, at: time)
                let progress = task.begin(context)
                follow(task, progress, number, at: time)
            case .ready, .probing, .finished: return false
            }
            // A task that needed no call may be first in line.
            if window.inFlight == before { return true }
        }
        return false
    }

    private mutating func nextPhase(at time: Timestamp) {
        next = 0
        switch phase {
        case .users: phase = .groups
        case .groups:
            collectReferences()
            phase = .references
        case .references: finish(at: time)
        case .ready, .probing, .finished: break
        }
    }

    /// Managers seen on the way come first, then members; groups in the order they were handled.
    private mutating func collectReferences() {
        counters.importedDeltas = work.users.count + work.groups.count
        var managers: Set<UserID> = []
        var wholeGroups: Set<GroupID> = []
        for subject in pendingReferences {
            switch subject {
            case .manager(let user, _, _): managers.insert(user)
            case .members(let group, _): wholeGroups.insert(group)
            }
        }
        let users = pendingReferences.filter { if case .manager = $0 { true } else { false } }
        let groups = pendingReferences.filter { if case .members = $0 { true } else { false } }
        let deferred = work.managers.filter { !managers.contains($0) }.map {
            ReferenceTask.Subject.manager($0, observed: nil, wasObserved: false)
        }
        let changes = work.memberChanges.filter { !wholeGroups.contains($0.group) }.map {
            ReferenceTask.Subject.members($0.group, $0.users)
        }
        pendingReferences = users + deferred + groups + changes
        if context.isRecovering, !context.isOnDemand {
            managers.formUnion(deferred.compactMap(\.manager))
            recoverReferences(beside: managers, wholeGroups)
        }
        counters.importedReferenceDeltas = pendingReferences.count
    }

    private mutating func commit(_ task: CycleWindow.Task, endedAt: Timestamp) {
        switch task {
        case .object(let task):
            if case .abandoned(let failure) = task.result.outcome {
                abandoned = abandoned ?? failure
            } else {
                commit(task.result, of: task, at: endedAt)
            }
        case .reference(let task):
            commit(task.result, startedAt: task.startedAt, at: endedAt)
            abandoned = abandoned ?? task.result.abandoned
        }
    }
}
