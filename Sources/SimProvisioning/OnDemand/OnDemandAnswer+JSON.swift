import SimCore

extension OnDemandAnswer {
    private static let odataContext =
        "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.stringKeyStringValuePair"

    /// What this answer still calls the directory. provisioning.md §4 [D].
    private static let sourceDirectory = "Azure Active Directory"

    /// `stringKeyStringValuePair`: both members are JSON in text. provisioning.md §4 [D].
    package var resource: JSONValue {
        [
            "@odata.context": .string(Self.odataContext),
            "key": .string(key.text),
            "value": .string(value.text),
        ]
    }

    /// What `key` holds as text.
    package var key: JSONValue {
        var details = JSONObject()
        if let problem {
            details.append("errorCode", .string(problem.code))
            details.append("errorMessage", .string(problem.message))
        }
        return ["result": .string(result.rawValue), "details": .object(details)]
    }

    /// What `value` holds as text; the names differ from those of the log.
    package var value: JSONValue {
        let row = own.first
        return [
            "action": .string(Self.capitalised(row?.action.rawValue ?? "other")),
            "changeId": .string((row?.change ?? .zero).description),
            "startTime": .string(beganAt.iso8601(fractionDigits: 7)),
            "endTime": .string(endedAt.iso8601(fractionDigits: 7)),
            "reportableIdentifier": .string(
                row?.reportableID ?? request.subject.guid.description),
            "modifiedProperties": .array(modified),
            "provisioningSteps": .array(steps),
            "statusInfo": statusInfo,
            "sourceIdentity": Self.identity(
                request.subject.guid.description, request.subject.kind.rawValue),
            "sourceSystem": Self.system(Self.sourceDirectory),
            "targetIdentity": Self.identity(
                own.last?.targetID ?? "", context.targetObjectNames[request.subject.kind] ?? ""),
            "targetSystem": Self.system(ObjectNames.targetDirectory),
        ]
    }

    private static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func identity(_ id: String, _ type: String) -> JSONValue {
        ["id": .string(id), "type": .string(type), "displayName": nil, "details": nil]
    }

    private static func system(_ name: String) -> JSONValue {
        ["id": nil, "name": .string(name), "details": nil]
    }

    /// Written properties; for a skipped object the imported ones. provisioning.md §4 [D].
    private var modified: [JSONValue] {
        func property(_ name: String, _ old: String?, _ new: String?) -> JSONValue {
            [
                "displayName": .string(name), "oldValue": old.map { .string($0) } ?? nil,
                "newValue": new.map { .string($0) } ?? nil,
            ]
        }
        let written = own.flatMap(\.modified).map { property($0.name, $0.old, $0.new) }
        guard written.isEmpty, result == .skipped else { return written }
        return imported.map { property($0.name, nil, $0.value) }
    }

    private var imported: [ProvisioningLogEntry.Detail] {
        own.first?.steps.first { $0.kind == .importAdd || $0.kind == .importUpdate }?.details ?? []
    }

    private var statusInfo: JSONValue {
        let failure = own.lazy.compactMap(\.failure).first
        let code = connection?.code.rawValue ?? failure?.code.rawValue
        let reason = connection?.details ?? failure?.reason
        return [
            "status": .string(result.rawValue),
            "errorCode": code.map { .string($0) } ?? nil,
            "reason": reason.map { .string($0) } ?? nil,
            "additionalDetails": nil,
            "errorCategory": code == nil ? nil : "NonServiceFailure",
            "recommendedAction": nil,
        ]
    }
}

// MARK: - Steps

extension OnDemandAnswer {
    private var steps: [JSONValue] {
        if let connection {
            return [
                Self.step(
                    "EntryImport", "Import", "Failure",
                    "Failed to test connection to target application", endedAt,
                    [
                        .init("ErrorCode", .string(connection.code.rawValue)),
                        .init("ErrorMessage", .string(connection.details)),
                    ])
            ]
        }
        return own.flatMap { row in row.steps.map { step($0, of: row) } }
    }

    private func step(
        _ step: ProvisioningLogEntry.Step, of row: ProvisioningLogEntry
    ) -> JSONValue {
        let type = row.subject.kind.rawValue
        var name = step.kind.rawValue
        var text = step.kind.description(in: row, status: step.status)
        var details = row.details(of: step)
        switch step.kind {
        case .importAdd, .importUpdate, .importDelete:
            name = LogStep.targetRead.rawValue
            text = "Retrieved \(type) '\(row.reportableID)' from \(Self.sourceDirectory)"
        case .scoping: details = Self.scopingDetails(step)
        case .skip where row.skipReason == .redundantExport:
            text =
                "The state of the \(type.lowercased()) in both the source and target systems "
                + "already match. No change to the \(type) '\(row.reportableID)' currently needs "
                + "to be made."
        case .skip, .escrowRetry, .targetRead, .targetNotFound, .planAdd, .planUpdate,
            .planDisable, .planDelete, .exportAdd, .exportUpdate, .exportDisable, .exportDelete:
            break
        }
        return Self.step(
            name, Self.capitalised(step.kind.kind.rawValue), Self.capitalised(step.status.rawValue),
            text, row.at, details)
    }

    private static func step(
        _ name: String, _ type: String, _ status: String, _ text: String, _ at: Timestamp,
        _ details: [JSONObject.Member]
    ) -> JSONValue {
        [
            "name": .string(name), "type": .string(type), "status": .string(status),
            "description": .string(text),
            "timestamp": .string(at.iso8601(fractionDigits: 7)),
            "details": .object(JSONObject(details)),
        ]
    }

    /// The same facts as in the log under the names of the on-demand answer.
    private static func scopingDetails(
        _ step: ProvisioningLogEntry.Step
    ) -> [JSONObject.Member] {
        let names = [
            "Active in the source system": "IsActive",
            "Assigned to the application": "Assigned",
            "User has the required role": "IsEffectivelyEntitledForProvisioning",
            "Group has the required role": "IsEffectivelyEntitledForProvisioning",
            "Scoping filter evaluation passed": "IsInProvisioningScopeDisplayName",
        ]
        return step.details.map { .init(names[$0.name] ?? $0.name, .string($0.value)) }
    }
}
