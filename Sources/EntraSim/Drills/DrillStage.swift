import SimCore
import SimDirectory
import SimFaults
import SimHTTP
import SimPortal
import SimProvisioning

/// A drill under way: the simulator it is played in, and what has been seen so far. Used by one
/// task at a time.
final class DrillStage {
    /// Where the journal, the log and the job stood.
    struct Mark {
        var journal: UInt64 = 0
        var log = 0
        var notices = 0
        var activities = 0
        var cycles = 0
    }

    let drill: Drill
    let simulator: Simulator
    let services: SimulatorServices
    let host: TenantHost
    /// nil for a drill without provisioning.
    let runner: JobRunner?
    /// The token the target accepts.
    let rightToken: String?
    let scenery: SignInScenery
    private let start: Mark
    private var latest: Mark
    private var signIn: DrillSignInOutcome?
    private var connection: DrillObservation.Connection?

    init(
        _ drill: Drill, on simulator: Simulator, target: DrillTarget?
    ) throws(SimulatorFailure) {
        self.drill = drill
        self.simulator = simulator
        services = try simulator.opened()
        host = try simulator.host(nil)
        scenery = SignInScenery(services: services, host: host)
        do throws(ControlError) {
            runner = try services.jobs.runner(of: drill.app, in: host, at: services.clock.now)
        } catch {
            guard drill.target == .none else { throw SimulatorFailure(error) }
            runner = nil
        }
        let fixture = runner?.servicePrincipal?.provisioning
        rightToken = target?.token ?? (target == nil ? fixture?.secretToken : nil)
        (start, latest) = (Mark(), Mark())
        if let target {
            try simulator.directory.changeProvisioning(of: drill.app) {
                $0.tenantURL = target.url
                $0.secretToken = target.token
            }
        }
    }

    /// Lets the drill's own job run alone: those of other apps are paused, as an administrator
    /// would, so that the timeline is about one thing.
    func prepare() async throws(SimulatorFailure) {
        let tenant = host.snapshot.profile.name
        for other in services.jobs.runners(in: host, at: services.clock.now)
        where other !== runner || drill.target == .none {
            _ = try await simulator.perform(
                .provisioning(tenant: tenant, app: other.app, .pause))
        }
    }

    /// Carries one step out and holds what came of it against what was expected.
    func play(_ step: DrillStep, number: Int) async -> DrillReport.Entry {
        var entry = DrillReport.Entry(
            number: number, at: services.clock.now, title: step.title, remark: step.remark)
        do throws(SimulatorFailure) {
            if let action = step.action {
                latest = mark
                let before = state
                let told = try await perform(action)
                entry.events = (told + news(since: latest, before: before)).enumerated()
                    .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
                    .map(\.element)
            }
            if let expectation = step.expectation {
                entry.checks = expectation.checks(of: try await observation(expectation))
            }
        } catch {
            entry.failure = error.description
        }
        return entry
    }

    // MARK: Actions

    /// What a person is told of it at once; calls, mails and the like are added by `news`.
    private func perform(
        _ action: DrillAction
    ) async throws(SimulatorFailure) -> [DrillReport.Event] {
        switch action {
        case .edit(let edit):
            try await self.edit(edit)
            return []
        case .fault(let rule):
            _ = try await simulator.perform(.faults(.add(rule)))
            return []
        case .clear(let name):
            _ = try await simulator.perform(.faults(name.map { .remove($0) } ?? .clear))
            return []
        case .advance(let move): return try await advance(move)
        case .cycle(let app): return [try await cycle(app)]
        case .job(let order):
            _ = try await provision(order.command)
            return []
        case .onDemand(let user):
            let answer = try await provision(.onDemand(.user(user)))
            return [event(Self.onDemandText(answer))]
        case .testConnection(let token):
            return [try await testConnection(token)]
        case .signIn(let signIn):
            let (outcome, notes) = await scenery.play(
                signIn, app: signIn.app ?? drill.app, now: services.clock.now)
            self.signIn = outcome
            return (notes + [outcome.text]).map(event)
        }
    }

    private func advance(
        _ move: DrillAction.Move
    ) async throws(SimulatorFailure) -> [DrillReport.Event] {
        let ran: [DueWorkDone]
        switch move {
        case .by(let duration): ran = try await simulator.clock.advance(by: duration)
        case .to(let time):
            guard time >= services.clock.now else {
                throw SimulatorFailure(
                    "the clock is at \(services.clock.now.iso8601) already",
                    hint: "a drill's clock goes forward only")
            }
            ran = try await simulator.clock.set(to: time.iso8601)
        }
        return DueWorkText.events(ran, of: drill.app)
    }

    private func cycle(_ app: String?) async throws(SimulatorFailure) -> DrillReport.Event {
        let outcome = try await simulator.provisioning(of: app ?? drill.app).runCycle()
        let counts = outcome.counts
        let parts = [
            ("created", counts.created), ("updated", counts.updated),
            ("disabled", counts.disabled), ("deleted", counts.deleted),
            ("skipped", counts.skipped), ("failed", counts.failed),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let counted = parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
        let kind = outcome.isInitial ? "initial" : "incremental"
        return event(
            "\(kind) cycle \(outcome.state.rawValue): \(outcome.errorCode ?? counted)")
    }

    private func testConnection(
        _ token: String?
    ) async throws(SimulatorFailure) -> DrillReport.Event {
        let outcome = try await simulator.provisioning(of: drill.app).testConnection(token: token)
        connection = DrillObservation.Connection(
            isSuccess: outcome.isSuccess, status: outcome.status, text: outcome.text)
        let lines = outcome.text.split(whereSeparator: \.isNewline)
        let telling = lines.filter { $0.hasPrefix("Error code:") || $0.hasPrefix("HTTP ") }
        return event(
            outcome.isSuccess
                ? "success: \(lines.last ?? "")" : "failed: \(telling.joined(separator: ", "))")
    }

    private func provision(
        _ command: ProvisioningCommand
    ) async throws(SimulatorFailure) -> JSONValue {
        try await simulator.perform(
            .provisioning(tenant: host.snapshot.profile.name, app: drill.app, command))
    }

    private func event(_ text: String) -> DrillReport.Event {
        DrillReport.Event(at: services.clock.now, text)
    }

    private static func onDemandText(_ answer: JSONValue) -> String {
        let action = answer["value"]?["action"]?.stringValue ?? "no change"
        let result = answer["key"]?["result"]?.stringValue ?? "no result"
        let code = answer["key"]?["details"]?["errorCode"]?.stringValue
        return "\(result): \(action)" + (code.map { ", \($0)" } ?? "")
    }

    // MARK: Seeing

    var mark: Mark {
        guard let runner else { return Mark(journal: services.journal.latest) }
        let history = runner.history
        return Mark(
            journal: services.journal.latest, log: runner.log.count,
            notices: history.notices.count, activities: history.activities.count,
            cycles: runner.jobState.cycleCount)
    }

    private func observation(
        _ expectation: DrillExpectation
    ) async throws(SimulatorFailure) -> DrillObservation {
        var seen = DrillObservation()
        let since =
            switch expectation.since {
            case .action: latest
            case .start: start
            }
        seen.calls = calls(since: since)
        seen.forgottenCalls = services.journal.forgotten(after: since.journal)
        seen.signIn = signIn
        seen.connection = connection
        for entry in services.faults.book(at: services.clock.now).entries {
            seen.hits[entry.rule.name ?? entry.id] = entry.hits
        }
        for name in expectation.directoryUsers { seen.directory[name] = presence(of: name) }
        guard let runner else { return seen }
        let state = runner.jobState
        let history = runner.history
        seen.cycleCount = state.cycleCount - since.cycles
        seen.cycle = state.lastExecution.map { DrillObservation.Cycle($0) }
        seen.job = DrillObservation.Job(state)
        seen.log = runner.log.entries.dropFirst(since.log).map { DrillObservation.LogRow($0) }
        seen.mails = history.notices.dropFirst(since.notices).map(\.subject)
        for name in expectation.targetUsers {
            seen.target[name] = try await TargetLook(runner: runner, token: rightToken)
                .presence(of: name)
        }
        return seen
    }

    func calls(since mark: Mark) -> [ObservedCall] {
        services.journal.entries(after: mark.journal)
            .filter { $0.direction == .outbound }
            .map { ObservedCall($0.exchange) }
    }

    private func presence(of name: String) -> DrillObservation.Presence {
        let edits = DirectoryEdits(
            host.snapshot, now: services.clock.now, random: services.random)
        // Not there is an answer too.
        if let user = try? edits.user(name) { return user.accountEnabled ? .active : .disabled }
        return (try? edits.deletedUser(name)) == nil ? .absent : .deleted
    }
}

extension DrillAction.JobOrder {
    fileprivate var command: ProvisioningCommand {
        switch self {
        case .start: .start
        case .pause: .pause
        case .restart: .restart(.portalRestart)
        case .restartFull: .restart(SimPortal.ResetScope([.full]))
        case .allowDeletes: .restart(SimPortal.ResetScope([.forceDeletes]))
        }
    }
}

extension DrillObservation.Cycle {
    init(_ summary: CycleSummary) {
        let counters = summary.counters
        self.init(
            kind: summary.kind.rawValue, state: summary.result.rawValue,
            error: summary.error?.code,
            counts: [
                "created": counters.created, "updated": counters.updated,
                "disabled": counters.disabled, "deleted": counters.deleted,
                "skipped": counters.skipped, "failed": counters.failed,
            ])
    }
}

extension DrillObservation.Job {
    init(_ state: ProvisioningJobState) {
        self.init(
            status: state.statusCode.rawValue, schedule: state.schedule.rawValue,
            reason: state.quarantine?.reason.rawValue,
            retries: state.escrows.count + state.deferrals.count,
            staged: state.staged.count)
    }
}

extension DrillObservation.LogRow {
    init(_ entry: ProvisioningLogEntry) {
        self.init(
            who: entry.subject.kind == .user ? entry.reportableID : entry.displayName,
            action: entry.action.rawValue, status: entry.status.rawValue,
            code: entry.failure?.code.rawValue ?? entry.skipReason?.rawValue ?? "",
            reason: entry.failure?.reason ?? "")
    }
}
