import SimCore
import SimHTTP
import SimPortal
import SimProvisioning

extension JobRunner {
    /// Carries out a command of the control API.
    func perform(
        _ command: ProvisioningCommand,
        completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) {
        do throws(ControlError) {
            switch command {
            case .status: completion(.success(.json(resource)))
            case .start:
                try record([.started])
                makeDue()
                completion(.success(.json(resource)))
            case .pause:
                try record([.paused])
                completion(.success(.json(resource)))
            case .restart(let scope):
                let reset = SimProvisioning.ResetScope(scope)
                // `None` clears nothing: it starts a job that is paused. provisioning.md §1.9.
                try record(reset.isEmpty ? [.started] : [.restarted(reset)])
                makeDue()
                completion(.success(.json(resource)))
            case .run(let recordsWire, let reset, let recordsCassette):
                run(
                    recordsWire: recordsWire, reset: reset.map { .init($0) },
                    recordsCassette: recordsCassette
                ) {
                    completion($0.map { .json($0.json) })
                }
            case .preview: try preview(completion)
            case .logs(let query): try logs(query, completion)
            case .report(let cycle): completion(.success(.json(try report(of: cycle))))
            case .cassette(let start): completion(.success(.json(try recording(from: start))))
            case .delete: preconditionFailure("performed by the desk")
            case .testConnection(let credentials): try test(credentials, completion)
            case .onDemand(let target): try provision(target, completion)
            case .schema: completion(.success(.json(try configured().schema.resource)))
            case .replaceSchema(let schema):
                try replaceSchema(with: schema)
                completion(.success(.done))
            case .connection(let id):
                completion(.success(.json(try connection(id).resource)))
            case .disconnect(let id):
                try disconnect(id)
                completion(.success(.done))
            }
        } catch {
            completion(.failure(error))
        }
    }

    /// Begins again with an initial cycle, as saving a mapping or a scoping filter does. A job that
    /// is off stays off; one that has never run has nothing to begin again. provisioning.md §1.9.
    func restartAfterChange() throws(ControlError) {
        let state = jobState
        guard state.lastExecution != nil || state.running != nil else { return }
        try record([.restarted(.portal)] + (state.isScheduled ? [] : [.paused]))
        if state.isScheduled { makeDue() }
    }

    /// The job as Graph shows it, with the app's name in front.
    var resource: JSONValue {
        var object: JSONObject = ["app": .string(app)]
        do throws(ControlError) {
            let job = try configured()
            for member in job.resource(jobState, progress: progress).objectValue?.members ?? [] {
                object.append(member.name, member.value)
            }
            object.append(
                "initialCycleEstimate", job.durationEstimate(in: host.snapshot).resource)
        } catch {
            object.append("problem", .string(error.message))
        }
        object.append("nextCycle", nextRunAt.map { .string($0.iso8601) } ?? .null)
        object.append("history", history.resource)
        return .object(object)
    }
}

extension SimProvisioning.ResetScope {
    init(_ scope: SimPortal.ResetScope) {
        self = scope.parts.reduce(into: []) { result, part in
            switch part {
            case .none: break
            case .connectorDataStore: result.insert(.connectorDataStore)
            case .escrows: result.insert(.escrows)
            case .watermark: result.insert(.watermark)
            case .quarantineState: result.insert(.quarantineState)
            case .full: result.formUnion(.full)
            case .forceDeletes: result.insert(.forceDeletes)
            }
        }
    }
}

extension DurationEstimate {
    /// As the job's status shows it.
    fileprivate var resource: JSONValue {
        [
            "objects": .int(Int64(objects)), "basis": .string(basis.rawValue),
            "minimumMinutes": minimumMinutes.map { .double($0) } ?? .null,
            "maximumMinutes": maximumMinutes.map { .double($0) } ?? .null,
        ]
    }
}
