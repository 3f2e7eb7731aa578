import SimCore
import SimDirectory
import SimHTTP

/// Provisions one object now: test connection, import, scope, match, action.
/// provisioning.md §4.
///
/// The machine of a cycle with a work list of its own. What it links and logs is recorded; the
/// job's watermark, schedule, escrows and quarantine stay as they are. Run it between cycles.
package struct OnDemandProvisioning: Sendable {
    package enum Action: Hashable, Sendable {
        case send(ExchangeID, HTTPRequest)
        case record([ProvisioningRecord])
        case finish(OnDemandAnswer)
    }

    private let job: ProvisioningJob
    private let request: OnDemandRequest
    private var cycle: ProvisioningCycle
    private var entries: [ProvisioningLogEntry] = []

    package init(
        _ request: OnDemandRequest, job: ProvisioningJob, state: ProvisioningJobState,
        snapshot: DirectorySnapshot, random: any RandomSource
    ) {
        self.request = request
        self.job = job
        cycle = ProvisioningCycle(
            job: job.onDemand, state: state, snapshot: snapshot, random: random,
            purpose: .onDemand(request))
    }

    package mutating func handle(_ event: ProvisioningCycle.Event) -> [Action] {
        cycle.handle(event).map { action in
            switch action {
            case .send(let exchange, let request): return .send(exchange, request)
            case .record(let records):
                for case .logged(let entry) in records { entries.append(entry) }
                return .record(records)
            case .finish(let summary):
                return .finish(
                    OnDemandAnswer(
                        request: request, entries: entries, connection: cycle.abandoned,
                        beganAt: summary.beganAt, endedAt: summary.endedAt,
                        context: ProvisioningLogContext(job: job)))
            }
        }
    }
}
