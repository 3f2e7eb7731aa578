import SimCore
import SimDirectory
import SimHTTP

/// One object on its way through a cycle: decided, matched or read, compared, written.
///
/// A machine of its own: an answer in, the next request or the result out. Objects do not know of
/// each other, so one bad object never blocks another. provisioning.md §1.7, §1.8.
struct ObjectTask: Sendable {
    enum Progress: Sendable {
        case send(HTTPRequest)
        /// `result` says how.
        case finished
    }

    enum Stage: Sendable {
        case idle
        /// Position in the list of matching attributes.
        case matching(Int)
        case reading
        case creating
        case updating(Link)
        case disabling(Link)
        case deleting
        case finished
    }

    let work: ObjectWork
    let startedAt: Timestamp
    let mapping: CompiledMapping
    let source: SourceObject?
    var link: Link?
    let plan: Plan
    var stage = Stage.idle
    var result: ObjectResult

    init?(_ work: ObjectWork, context: TaskContext, at time: Timestamp) {
        guard let mapping = context.job.mapping(work.key.kind) else { return nil }
        self.work = work
        self.mapping = mapping
        startedAt = time
        source = context.source(work.key)
        link = context.state.links[work.key]
        plan = Plan(work, source: source, link: link, mapping: mapping, context: context)
        result = ObjectResult(key: work.key, outcome: .ignored, source: source)
        result.targetID = link?.target ?? ""
    }

    /// What a match query of this object would ask for, folded; two objects with the same one are
    /// not in flight together, so that the second sees what became of the first.
    var matchKey: String? {
        guard case .provision = plan, link == nil, let source,
            let index = mapping.matching.first,
            let value = matchingValue(index, source)
        else { return nil }
        return work.key.kind.rawValue + ":" + value.lowercased()
    }

    /// Whether the object has a value for any of the matching attributes.
    private var hasMatchingValue: Bool {
        guard let source else { return true }
        return mapping.matching.contains { matchingValue($0, source) != nil }
    }

    mutating func begin(_ context: TaskContext) -> Progress {
        result.steps = openingSteps(context)
        if context.stagesRemovals, plan.isRemoval { return holdBack() }
        switch plan {
        case .ignore(let change):
            result.link = change
            return finish(.ignored)
        case .skip(let reason, let change):
            result.link = change
            // Without a value to match by, the scope is not even looked at. provisioning.md §1.7.
            return skip(link == nil && !hasMatchingValue ? .importSkipped : reason)
        case .provision, .disable:
            if let link {
                stage = .reading
                return .send(context.calls.read(work.key.kind, id: link.target))
            }
            return match(0, context)
        case .delete:
            guard let link else { return finish(.ignored) }
            stage = .deleting
            result.writes += 1
            result.steps.append(.init(.planDelete))
            return .send(context.calls.delete(work.key.kind, id: link.target))
        }
    }

    mutating func receive(
        _ answer: Result<HTTPResponse, ConnectionFailure>, context: TaskContext
    ) -> Progress {
        switch stage {
        case .matching(let position): return matched(answer, position, context)
        case .reading: return read(answer, context)
        case .creating: return created(answer, context)
        case .updating(let link): return updated(answer, link, .update, context)
        case .disabling(let link): return updated(answer, link, .disable, context)
        case .deleting: return deleted(answer, context)
        case .idle, .finished:
            preconditionFailure("an answer for \(work.key) in stage \(stage)")
        }
    }
}

// MARK: - Ending

extension ObjectTask {
    mutating func observe(_ id: String, _ resource: JSONObject) {
        result.targetID = id
        result.targetDisplayName =
            resource.member("displayName")?.stringValue
            ?? resource.member("userName")?.stringValue ?? ""
        result.wasObserved = true
        guard work.key.kind == .user, let path = mapping.reference?.path else { return }
        let value = path.value(in: resource)
        let text = value?.scalarText ?? value?.objectValue?.member("value")?.scalarText
        result.observedManager = text.flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func finish(_ outcome: ObjectResult.Outcome) -> Progress {
        stage = .finished
        result.outcome = outcome
        return .finished
    }

    mutating func skip(_ reason: SkipReason) -> Progress {
        if let source, !result.steps.contains(where: { $0.kind == .scoping }),
            reason != .importSkipped
        {
            result.steps.append(scopingStep(source))
        }
        var details: [ProvisioningLogEntry.Detail] = []
        if reason == .notEffectivelyEntitled, let entitlement = source?.entitlement {
            details = [
                .init("IsActive", entitlement.isActive ? "True" : "False"),
                .init("Assigned", entitlement.isAssigned ? "True" : "False"),
                .init("IsInProvisioningScope", entitlement.passesFilter ? "True" : "False"),
            ]
        }
        result.steps.append(.init(.skip, .skipped, details))
        return finish(.skipped(reason))
    }

    mutating func fail(_ failure: TargetFailure) -> Progress {
        let step: LogStep =
            switch failure.operation {
            case .match, .read: .targetRead
            case .create: .exportAdd
            case .update: .exportUpdate
            case .disable: .exportDisable
            case .delete: .exportDelete
            }
        result.steps.append(.init(step, .failure))
        return finish(.failed(failure))
    }

    mutating func fail(
        _ failure: MappingFailure, _ operation: TargetFailure.Operation
    ) -> Progress {
        switch failure {
        case .objectIgnored: return finish(.ignored)
        case .missing(let target):
            result.steps.append(
                .init(.skip, .skipped, [.init("PropertyName", target)]))
            return finish(.skipped(.attributeValidationFailed))
        case .evaluation(let target, let error):
            // The explanation may quote the value.
            let isRedacted = mapping.attributes.contains {
                $0.isRedacted && $0.path.text == target
            }
            let reason = isRedacted ? RedactedText.mark : error.explanation
            return fail(
                TargetFailure(operation, .internalError, detail: "\(target): \(reason)"))
        }
    }
}
