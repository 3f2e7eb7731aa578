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
        case finished(ObjectResult)
    }

    private enum Stage: Sendable {
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
    private(set) var source: SourceObject?
    private(set) var link: Link?
    private var plan: Plan
    private var stage = Stage.idle
    private var result: ObjectResult

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

    mutating func begin(_ context: TaskContext) -> Progress {
        result.steps = openingSteps(context)
        switch plan {
        case .ignore(let change):
            result.link = change
            return finish(.ignored)
        case .skip(let reason, let change):
            result.link = change
            return skip(reason)
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

// MARK: - Matching and reading

extension ObjectTask {
    private func matchingValue(_ index: Int, _ source: SourceObject) -> String? {
        // A matching expression that cannot be evaluated gives no value to match by.
        guard let value = try? mapping.attributes[index].value(for: source),
            let text = value.text, !text.isEmpty
        else { return nil }
        return text
    }

    /// Asks by the matching attribute at `position` or the next one that has a value.
    private mutating func match(_ position: Int, _ context: TaskContext) -> Progress {
        guard let source else { return finish(.ignored) }
        for next in position..<max(position, mapping.matching.count) {
            let index = mapping.matching[next]
            guard let value = matchingValue(index, source) else { continue }
            stage = .matching(next)
            return .send(
                context.calls.match(
                    work.key.kind, attribute: mapping.attributes[index].path.text, value: value))
        }
        guard position > 0 else { return skip(.importSkipped) }
        return create(context)
    }

    private mutating func matched(
        _ answer: Result<HTTPResponse, ConnectionFailure>, _ position: Int, _ context: TaskContext
    ) -> Progress {
        let response: HTTPResponse
        switch answer {
        case .failure(let failure): return fail(TargetFailure(.match, failure))
        case .success(let value): response = value
        }
        if response.status == 404 { return finish(.abandoned(CredentialProbe.notFound)) }
        guard response.status == 200 else {
            return fail(TargetFailure(.match, response, job: context.job))
        }
        switch MatchAnswer(list: response.body) {
        case .none: return match(position + 1, context)
        case .one(let id, let resource):
            if let owner = context.state.owner(ofTarget: id, kind: work.key.kind),
                owner != work.key
            {
                return fail(
                    TargetFailure(
                        .match, .duplicateSourceEntries,
                        detail: "The entry '\(id)' in \(ObjectNames.targetDirectory) already "
                            + "belongs to another \(work.key.kind.rawValue), '\(owner.guid)', "
                            + "with the same matching value."))
            }
            return compare(Link(target: id, manager: nil), resource, context)
        case .many:
            return fail(
                TargetFailure(
                    .match, .duplicateTargetEntries,
                    detail: matchFailure(
                        "More than one entry was found with the same value of "
                            + "the matching attribute.")))
        case .malformed: return fail(incompatible(.match))
        }
    }

    private mutating func read(
        _ answer: Result<HTTPResponse, ConnectionFailure>, _ context: TaskContext
    ) -> Progress {
        guard let link else { return finish(.ignored) }
        let response: HTTPResponse
        switch answer {
        case .failure(let failure): return fail(TargetFailure(.read, failure))
        case .success(let value): response = value
        }
        if response.status == 404 { return vanished(response, context) }
        guard response.status == 200 else {
            return fail(TargetFailure(.read, response, job: context.job))
        }
        switch MatchAnswer(resource: response.body) {
        case .one(_, let resource):
            if work.key.kind == .group, context.job.settings.refusesExcludedMembers,
                !(resource.member("members")?.arrayValue?.isEmpty ?? true)
            {
                return fail(
                    TargetFailure(
                        .read, .multipleEntriesInResponse,
                        detail: "The members of the group were returned although the request "
                            + "excludes them."))
            }
            return compare(link, resource, context)
        case .many:
            return fail(
                TargetFailure(
                    .read, .multipleEntriesInResponse,
                    detail: "More than one entry was returned where one was requested."))
        case .none, .malformed: return fail(incompatible(.read))
        }
    }

    /// The target no longer knows the cached id. provisioning.md §1.10.
    private mutating func vanished(_ response: HTTPResponse, _ context: TaskContext) -> Progress {
        switch context.job.settings.staleAnchor {
        case .invalidAnchor: return fail(TargetFailure(.read, response, job: context.job))
        case .rematchOnRead:
            guard MatchAnswer.isErrorDocument(response.body) else {
                return fail(incompatible(.read))
            }
            link = nil
            result.link = .remove
            result.targetID = ""
            // Nothing to switch off: the object is gone already.
            if case .disable = plan { return skip(.redundantSoftDelete) }
            return match(0, context)
        }
    }

    private func matchFailure(_ reason: String) -> String {
        "Failed to match an entry in the source and target systems "
            + "\(work.key.kind.rawValue) '\(result.source?.reportableID ?? "")'; Error: \(reason)"
    }

    private func incompatible(_ operation: TargetFailure.Operation) -> TargetFailure {
        let reason =
            "We are not able to deserialize the resource received from your SCIM endpoint because "
            + "your SCIM endpoint is not fully compatible with the Azure Active Directory SCIM "
            + "client."
        let name = "\(work.key.kind.rawValue) '\(result.source?.reportableID ?? "")'"
        return TargetFailure(
            operation, .serviceIncompatible,
            detail: operation == .create
                ? "Failed to create \(name) in \(ObjectNames.targetDirectory); Error: \(reason)"
                : matchFailure(reason))
    }
}

// MARK: - Writing

extension ObjectTask {
    private mutating func create(_ context: TaskContext) -> Progress {
        guard let source else { return finish(.ignored) }
        result.steps.append(scopingStep(source))
        guard mapping.flowTypes.contains(.add) else { return skip(.redundantExport) }
        let values: [PlannedValue]
        do {
            values = try mapping.valuesToCreate(for: source)
        } catch {
            return fail(error, .create)
        }
        var builder = ResourceBuilder()
        for value in values { builder.set(value.json, at: value.attribute.path) }
        result.modified = values.map { .init($0.attribute.path.text, old: nil, new: $0.new) }
        result.steps.append(.init(.planAdd))
        result.writes += 1
        stage = .creating
        return .send(
            context.calls.create(
                work.key.kind,
                builder.resource(
                    work.key.kind, sendsEmptyRoles: context.job.settings.sendsEmptyRoles)))
    }

    private mutating func created(
        _ answer: Result<HTTPResponse, ConnectionFailure>, _ context: TaskContext
    ) -> Progress {
        let response: HTTPResponse
        switch answer {
        case .failure(let failure): return fail(TargetFailure(.create, failure))
        case .success(let value): response = value
        }
        guard (200...299).contains(response.status) else {
            return fail(TargetFailure(.create, response, job: context.job))
        }
        guard case .one(let id, let resource) = MatchAnswer(resource: response.body) else {
            return fail(incompatible(.create))
        }
        observe(id, resource)
        result.link = .set(Link(target: id))
        result.steps.append(.init(.exportAdd))
        return finish(.created)
    }

    /// Compares with what the target shows and writes the differences only.
    private mutating func compare(
        _ link: Link, _ resource: JSONObject, _ context: TaskContext
    ) -> Progress {
        guard let source else { return finish(.ignored) }
        observe(link.target, resource)
        result.steps.append(.init(.targetRead, .success, readDetails(resource)))
        result.steps.append(scopingStep(source))
        var next = link
        var isDisable = false
        if case .disable(let standing) = plan {
            next.standing = standing
            isDisable = true
        } else {
            next.standing = .active
        }
        result.link = .set(next)
        let values: [PlannedValue]
        do {
            values = try mapping.valuesToUpdate(
                for: source, against: resource, onlySoftDelete: isDisable)
        } catch {
            return fail(error, isDisable ? .disable : .update)
        }
        guard !values.isEmpty, mapping.flowTypes.contains(.update) else {
            return skip(isDisable ? .redundantSoftDelete : .redundantExport)
        }
        result.modified = values.map { .init($0.attribute.path.text, old: $0.old, new: $0.new) }
        result.steps.append(.init(isDisable ? .planDisable : .planUpdate))
        result.writes += 1
        stage = isDisable ? .disabling(next) : .updating(next)
        return .send(
            context.calls.patch(
                work.key.kind, id: link.target, context.patch.differences(values)))
    }

    private mutating func updated(
        _ answer: Result<HTTPResponse, ConnectionFailure>, _ next: Link,
        _ operation: TargetFailure.Operation, _ context: TaskContext
    ) -> Progress {
        switch answer {
        case .failure(let failure): return failUpdate(TargetFailure(operation, failure), next)
        case .success(let response):
            guard (200...299).contains(response.status) else {
                return failUpdate(
                    TargetFailure(operation, response, job: context.job), next)
            }
        }
        result.steps.append(.init(operation == .disable ? .exportDisable : .exportUpdate))
        return finish(operation == .disable ? .disabled : .updated)
    }

    /// A refused update leaves the object as it stood, but an adopted one stays adopted.
    private mutating func failUpdate(_ failure: TargetFailure, _ next: Link) -> Progress {
        var kept = next
        kept.standing = link?.standing ?? .active
        result.link = .set(kept)
        return fail(failure)
    }

    private mutating func deleted(
        _ answer: Result<HTTPResponse, ConnectionFailure>, _ context: TaskContext
    ) -> Progress {
        switch answer {
        case .failure(let failure): return fail(TargetFailure(.delete, failure))
        case .success(let response):
            // Gone is what was wanted. provisioning.md §1.10.
            guard (200...299).contains(response.status) || response.status == 404 else {
                return fail(TargetFailure(.delete, response, job: context.job))
            }
        }
        result.link = .remove
        result.steps.append(.init(.exportDelete))
        return finish(.deleted)
    }
}

// MARK: - Ending

extension ObjectTask {
    private mutating func observe(_ id: String, _ resource: JSONObject) {
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

    private mutating func finish(_ outcome: ObjectResult.Outcome) -> Progress {
        stage = .finished
        result.outcome = outcome
        return .finished(result)
    }

    private mutating func skip(_ reason: SkipReason) -> Progress {
        if let source, !result.steps.contains(where: { $0.kind == .scoping }),
            reason != .importSkipped
        {
            result.steps.append(scopingStep(source))
        }
        var details: [ProvisioningLogEntry.Detail] = []
        if reason == .notEffectivelyEntitled, let entitlement = source?.entitlement {
            details = [
                .init("IsActive", entitlement.isActive ? "True" : "False"),
                .init("Assigned", entitlement.isInScope ? "True" : "False"),
                .init("IsInProvisioningScope", "True"),
            ]
        }
        result.steps.append(.init(.skip, .skipped, details))
        return finish(.skipped(reason))
    }

    private mutating func fail(_ failure: TargetFailure) -> Progress {
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

    private mutating func fail(
        _ failure: MappingFailure, _ operation: TargetFailure.Operation
    ) -> Progress {
        switch failure {
        case .objectIgnored: return finish(.ignored)
        case .missing(let target):
            result.steps.append(
                .init(.skip, .skipped, [.init("PropertyName", target)]))
            return finish(.skipped(.attributeValidationFailed))
        case .evaluation(let target, let error):
            return fail(
                TargetFailure(
                    operation, .internalError, detail: "\(target): \(error.explanation)"))
        }
    }
}
