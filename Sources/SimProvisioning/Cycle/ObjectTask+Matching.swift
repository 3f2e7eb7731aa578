import SimCore
import SimHTTP

// Finding the object in the target: by query, or by the id remembered. provisioning.md §1.7, §1.10.
extension ObjectTask {
    func matchingValue(_ index: Int, _ source: SourceObject) -> String? {
        // A matching expression that cannot be evaluated gives no value to match by.
        guard let value = try? mapping.attributes[index].value(for: source),
            let text = value.text, !text.isEmpty
        else { return nil }
        return text
    }

    /// Asks by the matching attribute at `position` or the next one that has a value.
    mutating func match(_ position: Int, _ context: TaskContext) -> Progress {
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
        switch context.job.settings.missingMatchStep {
        case .never: break
        case .groups: if work.key.kind == .group { noteMissing() }
        case .always: noteMissing()
        }
        return create(context)
    }

    mutating func matched(
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

    mutating func read(
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

    /// The target has no such object, by its id or by query. provisioning.md §5.3.
    private mutating func noteMissing() {
        if result.steps.last?.kind != .targetNotFound {
            result.steps.append(.init(.targetNotFound))
        }
    }

    /// The target no longer knows the cached id. provisioning.md §1.10.
    mutating func vanished(_ response: HTTPResponse, _ context: TaskContext) -> Progress {
        switch context.job.settings.staleAnchor {
        case .invalidAnchor: return fail(TargetFailure(.read, response, job: context.job))
        case .rematchOnRead:
            guard MatchAnswer.isErrorDocument(response.body) else {
                return fail(incompatible(.read))
            }
            if context.job.settings.missingMatchStep != .never { noteMissing() }
            link = nil
            result.link = .remove
            result.targetID = ""
            // Nothing to switch off: the object is gone already.
            if case .disable = plan { return skip(.redundantSoftDelete) }
            return match(0, context)
        }
    }

    func matchFailure(_ reason: String) -> String {
        "Failed to match an entry in the source and target systems "
            + "\(work.key.kind.rawValue) '\(result.source?.reportableID ?? "")'; Error: \(reason)"
    }

    func incompatible(_ operation: TargetFailure.Operation) -> TargetFailure {
        TargetFailure(unreadable: operation, of: work.key, result.source)
    }
}

extension TargetFailure {
    /// A 2xx answer that is not what the protocol has there. provisioning.md §1.7, §1.11, §5.5.
    init(unreadable operation: Operation, of key: ObjectKey, _ source: SourceObject?) {
        let name = "\(key.kind.rawValue) '\(source?.reportableID ?? "")'"
        let action =
            switch operation {
            case .match, .read: "match an entry in the source and target systems \(name)"
            case .create, .update, .disable, .delete:
                "\(operation.verb) \(name) in \(ObjectNames.targetDirectory)"
            }
        self.init(
            operation, .serviceIncompatible,
            detail: "Failed to \(action); Error: We are not able to deserialize the resource "
                + "received from your SCIM endpoint because your SCIM endpoint is not fully "
                + "compatible with the Azure Active Directory SCIM client.")
    }
}
