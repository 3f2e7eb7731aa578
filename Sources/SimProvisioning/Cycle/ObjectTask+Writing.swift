import SimCore
import SimHTTP

// Creating, changing, switching off and deleting. provisioning.md §1.8.
extension ObjectTask {
    mutating func create(_ context: TaskContext) -> Progress {
        guard let source else { return finish(.ignored) }
        result.steps.append(scopingStep(source))
        guard mapping.flowTypes.contains(.add) else { return skip(.entrySynchronizationSkipped) }
        let values: [PlannedValue]
        do {
            values = try mapping.valuesToCreate(for: source)
        } catch {
            return fail(error, .create)
        }
        result.modified = Deferred { values.map(\.property) }
        result.steps.append(.init(.planAdd))
        result.writes += 1
        stage = .creating
        return .send(
            context.calls.create(
                work.key.kind,
                mapping.shape.body(
                    values, sendsEmptyRoles: context.job.settings.sendsEmptyRoles,
                    isLegacy: context.job.isLegacy)))
    }

    mutating func created(
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
        guard
            case .one(let id, let resource) = MatchAnswer(
                resource: response.body, keeping: mapping.observed)
        else {
            return fail(incompatible(.create))
        }
        observe(id, resource)
        result.link = .set(Link(target: id))
        result.steps.append(.init(.exportAdd))
        return finish(.created)
    }

    /// Compares with what the target shows and writes the differences only.
    mutating func compare(
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
        result.modified = Deferred { values.map(\.property) }
        result.steps.append(.init(isDisable ? .planDisable : .planUpdate))
        result.writes += 1
        stage = isDisable ? .disabling(next) : .updating(next)
        return .send(
            context.calls.patch(
                work.key.kind, id: link.target, context.patch.differences(values)))
    }

    mutating func updated(
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
            guard MatchAnswer.isWriteAnswer(response.body) else {
                return failUpdate(incompatible(operation), next)
            }
        }
        result.steps.append(.init(operation == .disable ? .exportDisable : .exportUpdate))
        return finish(operation == .disable ? .disabled : .updated)
    }

    /// A refused update leaves the object as it stood, but an adopted one stays adopted, and one
    /// that was to be switched on may be on: the answer can be lost on the way.
    mutating func failUpdate(_ failure: TargetFailure, _ next: Link) -> Progress {
        var kept = next
        if next.standing != .active { kept.standing = link?.standing ?? .active }
        result.link = .set(kept)
        return fail(failure)
    }

    mutating func deleted(
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

    /// Notes a disable or delete that is not sent. provisioning.md §3.
    mutating func holdBack() -> Progress {
        if let source { result.steps.append(scopingStep(source)) }
        if case .disable = plan {
            result.steps.append(.init(.planDisable))
        } else {
            result.steps.append(.init(.planDelete))
        }
        return finish(.staged)
    }
}
