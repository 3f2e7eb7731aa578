import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import SimProvisioning
import Synchronization

/// One cycle under way: carries the machine's actions out and feeds the answers back, on the
/// provisioning loop.
final class CycleRun: Sendable {
    private struct State {
        var machine: ProvisioningCycle
        var wire: [WireExchange] = []
        var recorder: CassetteRecorder?
        var isFinished = false
    }

    /// Exchanges kept for `--wire`; a cycle of 200,000 users does not belong in one answer.
    static let wireLimit = 2_000

    private let runner: JobRunner
    private let job: ProvisioningJob
    private let connection: TargetConnection
    private let recordsWire: Bool
    private let recordsCassette: Bool
    /// The job's state before the cycle: it names the objects a cassette is about.
    private let before: ProvisioningJobState
    private let completion: @Sendable (JobRunner.Outcome) -> Void
    private let machineStart: Timestamp
    private let state: Mutex<State>

    init(
        runner: JobRunner, job: ProvisioningJob, recordsWire: Bool, recordsCassette: Bool,
        completion: @escaping @Sendable (JobRunner.Outcome) -> Void
    ) throws(ControlError) {
        self.runner = runner
        self.job = job
        connection = try runner.connection(for: job)
        self.recordsWire = recordsWire
        self.recordsCassette = recordsCassette
        self.completion = completion
        machineStart = runner.environment.clock.machineTime
        before = runner.jobState
        state = Mutex(
            State(
                machine: ProvisioningCycle(
                    job: job, state: before, snapshot: runner.host.snapshot,
                    random: runner.environment.random),
                recorder: recordsCassette ? CassetteRecorder() : nil))
    }

    func start() {
        feed(.started(at: runner.environment.clock.now))
    }

    private func feed(_ event: ProvisioningCycle.Event) {
        let (actions, progress) = state.withLock { state in
            (state.isFinished ? [] : state.machine.handle(event), state.machine.progress)
        }
        if !actions.isEmpty { runner.note(progress) }
        for action in actions {
            switch action {
            case .send(let exchange, let request): send(exchange, request)
            case .record(let records):
                do throws(ControlError) {
                    try runner.record(records)
                } catch {
                    return end(.failure(error))
                }
            case .finish(let summary):
                runner.environment.metrics.countCycle()
                end(.success(report(summary)))
            }
        }
    }

    private func send(_ exchange: ExchangeID, _ request: HTTPRequest) {
        if recordsCassette {
            state.withLock { state in
                state.recorder?.sent(exchange, request, for: state.machine.call(exchange))
            }
        }
        connection.send(request) { result, calls in
            if self.recordsCassette { self.note(result, of: exchange) }
            if self.recordsWire {
                self.state.withLock { state in
                    let room = max(0, Self.wireLimit - state.wire.count)
                    state.wire += calls.wire.prefix(room)
                }
            }
            let now = self.runner.environment.clock.now
            switch result {
            case .success(let response): self.feed(.responded(exchange, response, at: now))
            case .failure(.connection(.cancelled)): self.abandon()
            case .failure(.connection(let failure)):
                self.feed(.failed(exchange, failure, at: now))
            case .failure(.accessToken(let failure)):
                self.feed(.unauthenticated(exchange, failure, at: now))
            }
        }
    }

    private func note(
        _ result: Result<HTTPResponse, TargetCallFailure>, of exchange: ExchangeID
    ) {
        state.withLock { state in
            switch result {
            case .success(let response): state.recorder?.ended(exchange, .success(response))
            case .failure(.connection(let failure)):
                state.recorder?.ended(exchange, .failure(failure))
            case .failure(.accessToken): state.recorder?.neverSent(exchange)
            }
        }
    }

    /// The simulator is stopping: that is no fault of the target, so nothing of it is recorded. The
    /// cycle is repeated after the next start, as after a crash.
    private func abandon() {
        end(.failure(.conflict("the simulator is stopping", hint: "the cycle is repeated later")))
    }

    private func end(_ outcome: JobRunner.Outcome) {
        let isFirst = state.withLock { state in
            defer { state.isFinished = true }
            return !state.isFinished
        }
        if isFirst { completion(outcome) }
    }

    private func report(_ summary: CycleSummary) -> SimPortal.CycleReport {
        var report = SimPortal.CycleReport(
            app: job.displayName, jobID: job.id, cycleID: summary.id.description,
            kind: .init(summary.kind), state: .init(summary.result), beganAt: summary.beganAt,
            endedAt: summary.endedAt)
        report.counts = .init(summary.counters)
        report.error = summary.error?.resource
        report.quarantine = runner.jobState.quarantine?.resource
        let context = ProvisioningLogContext(job: job)
        let entries = runner.log.latestEntries(ofCycle: summary.id)
        report.failures = entries.filter { $0.status == .failure }
            .prefix(Self.failureLimit)
            .map { $0.resource(context) }
        report.wire = state.withLock { $0.wire }
        if let recorder = state.withLock({ $0.recorder }) {
            let cassette = recorder.cassette(
                job: job, kind: summary.kind, snapshot: runner.host.snapshot, before: before,
                after: runner.jobState)
            runner.keep(cassette)
            report.cassetteCalls = cassette.exchanges.count
        }
        report.elapsed = runner.environment.clock.machineTime - machineStart
        report.text =
            SimProvisioning.CycleReport(
                name: job.displayName, summary: summary,
                entries: entries, elapsed: report.elapsed
            ).text
        return report
    }

    /// Failed rows in one answer; the log has them all.
    private static let failureLimit = 100
}

extension SimPortal.CycleReport.Kind {
    init(_ kind: CycleKind) {
        self =
            switch kind {
            case .initial: .initial
            case .incremental: .incremental
            }
    }
}

extension SimPortal.CycleReport.State {
    init(_ result: CycleSummary.Result) {
        self =
            switch result {
            case .succeeded: .succeeded
            case .failed: .failed
            case .entryLevelErrors: .entryLevelErrors
            }
    }
}

extension SimPortal.CycleReport.Counts {
    init(_ counters: CycleCounters) {
        self.init()
        created = counters.created
        updated = counters.updated
        disabled = counters.disabled
        deleted = counters.deleted
        skipped = counters.skipped
        failed = counters.failed
        escrowed = counters.escrowed
    }
}

extension SimPortal.CycleReport {
    /// One line for the report of an advance.
    var line: String {
        let parts = [
            ("created", counts.created), ("updated", counts.updated),
            ("disabled", counts.disabled), ("deleted", counts.deleted), ("failed", counts.failed),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let what = parts.isEmpty ? "nothing to send" : parts.joined(separator: ", ")
        let ending =
            switch state {
            case .succeeded, .entryLevelErrors: what
            case .failed: "failed: \(error?["code"]?.stringValue ?? "unknown reason")"
            }
        return "\(app): \(kind.rawValue) cycle, \(ending)"
    }
}
