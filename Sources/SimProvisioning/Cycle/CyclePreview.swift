import SimCore
import SimDirectory
import SimHTTP

/// A write a cycle would make.
package struct PlannedCall: Hashable, Sendable {
    package let subject: ObjectKey
    /// Without the secret.
    package let request: HTTPRequest
}

/// What a cycle would do, found out by reading only. The same machine as `ProvisioningCycle`:
/// writes are answered by the preview itself, and nothing is recorded.
package struct CyclePreview: Sendable {
    package enum Action: Hashable, Sendable {
        /// A read; the answer is handed back as for a cycle.
        case send(ExchangeID, HTTPRequest)
        case finish(CycleSummary)
    }

    private var cycle: ProvisioningCycle
    /// The rows the cycle would log.
    package private(set) var entries: [ProvisioningLogEntry] = []

    /// The writes in the order they would leave.
    package var planned: [PlannedCall] { cycle.planned }

    package init(
        job: ProvisioningJob, state: ProvisioningJobState, snapshot: DirectorySnapshot
    ) {
        // Its own stream: a preview must not move the identifiers of the next cycle.
        cycle = ProvisioningCycle(
            job: job, state: state, snapshot: snapshot, random: SeededRandom(seed: 0),
            purpose: .preview)
    }

    package mutating func handle(_ event: ProvisioningCycle.Event) -> [Action] {
        let actions = cycle.handle(event)
        entries += cycle.previewedEntries
        cycle.previewedEntries = []
        return actions.compactMap { action in
            switch action {
            case .send(let id, let request): .send(id, request)
            case .finish(let summary): .finish(summary)
            case .record: nil
            }
        }
    }
}

extension ProvisioningCycle {
    /// Notes a write and answers it as a willing target would; nil for a read.
    mutating func plan(_ request: HTTPRequest, for key: ObjectKey) -> HTTPResponse? {
        guard request.method != .get else { return nil }
        var shown = request
        shown.headers.remove("Authorization")
        planned.append(PlannedCall(subject: key, request: shown))
        guard request.method == .post else { return HTTPResponse(status: 204) }
        return HTTPResponse(status: 201, json: ["id": .string("new-\(key.guid)")])
    }
}
