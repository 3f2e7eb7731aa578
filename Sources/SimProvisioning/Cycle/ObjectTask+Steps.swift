import SimCore

// What a task writes into its log row on the way. provisioning.md §5.1, §5.3.
extension ObjectTask {
    /// The first steps: the retry, when it is one, and what came from the directory.
    func openingSteps(_ context: TaskContext) -> [ProvisioningLogEntry.Step] {
        var steps: [ProvisioningLogEntry.Step] = []
        // Import, target, scope, plan, export.
        steps.reserveCapacity(5)
        if let escrow = work.escrow {
            steps.append(.retry(escrow, of: work.key, isLinked: link != nil))
        }
        let kind: LogStep
        if source == nil {
            kind = .importDelete
        } else {
            kind = context.isInitial || link == nil ? .importAdd : .importUpdate
        }
        guard let source else {
            steps.append(.init(kind, .success, [.init("objectId", work.key.guid.description)]))
            return steps
        }
        let mapping = mapping
        steps.append(.init(kind) { Self.importDetails(source, mapping) })
        return steps
    }

    /// The imported attributes that have a value: id first, flags last.
    private static func importDetails(
        _ source: SourceObject, _ mapping: CompiledMapping
    ) -> [ProvisioningLogEntry.Detail] {
        var details = [ProvisioningLogEntry.Detail("objectId", source.key.guid.description)]
        for shown in mapping.shownSources {
            guard let text = source.value(of: shown.field).text else { continue }
            details.append(.init(shown.name, shown.isRedacted ? RedactedText.mark : text))
        }
        details.append(
            .init("IsSoftDeleted", source.entitlement.isSoftDeleted ? "True" : "False"))
        if !source.entitlement.roles.isEmpty {
            details.append(
                .init(
                    "appRoleAssignments",
                    source.entitlement.roles.map(\.name).joined(separator: ", ")))
        }
        return details
    }

    /// The mapped attributes the target shows.
    func readDetails(_ resource: JSONObject) -> [ProvisioningLogEntry.Detail] {
        var details: [ProvisioningLogEntry.Detail] = []
        for attribute in mapping.attributes {
            guard let text = attribute.path.value(in: resource)?.scalarText else { continue }
            details.append(
                .init(attribute.path.logKey, attribute.isRedacted ? RedactedText.mark : text))
        }
        if let id = resource.member("id")?.scalarText { details.append(.init("id", id)) }
        return details
    }

    func scopingStep(_ source: SourceObject) -> ProvisioningLogEntry.Step {
        .init(.scoping) {
            let entitlement = source.entitlement
            func text(_ flag: Bool) -> String { flag ? "True" : "False" }
            return [
                .init("Active in the source system", text(entitlement.isActive)),
                .init("Assigned to the application", text(entitlement.isAssigned)),
                .init(
                    source.key.kind == .user
                        ? "User has the required role" : "Group has the required role",
                    text(entitlement.isAssigned)),
                .init("Scoping filter evaluation passed", text(entitlement.passesFilter)),
                .init("ScopeEvaluationResult", entitlement.verdict?.text ?? "{}"),
            ]
        }
    }
}

extension ProvisioningLogEntry.Step {
    /// `EntryEscrowRetry`: the stored failure as it was before this attempt. provisioning.md §5.3.
    static func retry(_ escrow: Escrow, of key: ObjectKey, isLinked: Bool) -> Self {
        .init(
            .escrowRetry, .success,
            [
                .init("CountProcessed", String(escrow.retries)),
                .init("CreationTime", escrow.createdAt.iso8601(fractionDigits: 7)),
                .init("Identifier", key.guid.description),
                .init("ModificationType", isLinked ? "Update" : "Add"),
                .init("NextAttempt", escrow.nextAttempt.iso8601(fractionDigits: 7)),
                .init("Origin", "Source"),
                .init("TypeName", "EscrowedEntryDefault"),
            ])
    }
}
