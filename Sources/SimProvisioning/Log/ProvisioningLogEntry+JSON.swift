import SimCore
import SimDirectory

/// What every row of a job's log has in common.
package struct ProvisioningLogContext: Hashable, Sendable {
    /// Shown for every custom app, whatever its own id. provisioning.md §1.1.
    package static let customAppID = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

    package let tenant: TenantID
    package let jobID: String
    package let servicePrincipal: ServicePrincipalID
    package let servicePrincipalName: String
    let sourceSystem: GUID
    let targetSystem: GUID
    let targetObjectNames: [ObjectKey.Kind: String]

    package init(job: ProvisioningJob) {
        tenant = job.tenant
        jobID = job.id
        servicePrincipal = job.servicePrincipal
        servicePrincipalName = job.displayName
        sourceSystem = GUID(seed: 0, name: job.id + "/source")
        targetSystem = GUID(seed: 0, name: job.id + "/target")
        var names: [ObjectKey.Kind: String] = [:]
        for kind in ObjectKey.Kind.allCases {
            names[kind] =
                job.schema.objectMapping(source: kind.rawValue)?.targetObjectName ?? kind.rawValue
        }
        targetObjectNames = names
    }
}

extension ProvisioningLogEntry {
    /// `provisioningObjectSummary`, member for member in the order of the service.
    /// provisioning.md §5.1 [W].
    package func resource(_ context: ProvisioningLogContext) -> JSONValue {
        [
            "id": .string(id.description),
            "activityDateTime": .string(at.iso8601),
            "tenantId": .string(context.tenant.description),
            "jobId": .string(context.jobID),
            "cycleId": .string(cycle.description),
            "changeId": .string(change.description),
            "provisioningAction": .string(action.rawValue),
            "durationInMilliseconds": .int(Int64(milliseconds)),
            "initiatedBy": [
                "id": "", "displayName": "Azure AD Provisioning Service",
                "initiatorType": "system",
            ],
            "servicePrincipal": [
                "id": .string(context.servicePrincipal.description),
                "displayName": .string(context.servicePrincipalName),
            ],
            "sourceSystem": [
                "id": .string(context.sourceSystem.description),
                "displayName": .string(ObjectNames.sourceDirectory), "details": [:],
            ],
            "targetSystem": targetSystem(context),
            "sourceIdentity": sourceIdentity,
            "targetIdentity": [
                "id": .string(targetID),
                "displayName": .string(targetDisplayName),
                "identityType": .string(context.targetObjectNames[subject.kind] ?? ""),
                "details": [:],
            ],
            "provisioningStatusInfo": [
                "status": .string(status.rawValue),
                "errorInformation": failure.map { Self.resource($0) } ?? nil,
            ],
            "provisioningSteps": .array(steps.map { resource($0) }),
            "modifiedProperties": .array(
                modified.map {
                    [
                        "displayName": .string($0.name),
                        "oldValue": $0.old.map { .string($0) } ?? nil,
                        "newValue": $0.new.map { .string($0) } ?? nil,
                    ]
                }),
        ]
    }

    private func targetSystem(_ context: ProvisioningLogContext) -> JSONValue {
        [
            "id": .string(context.targetSystem.description),
            "displayName": .string(ObjectNames.targetDirectory),
            "details": [
                "ApplicationId": .string(ProvisioningLogContext.customAppID),
                "ServicePrincipalId": .string(context.servicePrincipal.description),
                "ServicePrincipalDisplayName": .string(context.servicePrincipalName),
            ],
        ]
    }

    private var sourceIdentity: JSONValue {
        let type = subject.kind.rawValue
        var details: JSONObject = [
            "id": .string(subject.guid.description), "odatatype": .string(type),
            "DisplayName": .string(displayName),
        ]
        if subject.kind == .user { details.append("UserPrincipalName", .string(reportableID)) }
        return [
            "id": .string(subject.guid.description), "displayName": .string(displayName),
            "identityType": .string(type), "details": .object(details),
        ]
    }

    private func resource(_ step: Step) -> JSONValue {
        [
            "name": .string(step.kind.rawValue),
            "provisioningStepType": .string(step.kind.kind.rawValue),
            "status": .string(step.status.rawValue),
            "description": .string(step.kind.description(in: self, status: step.status)),
            "details": .object(JSONObject(details(of: step))),
        ]
    }

    /// An export step shows what was written; it is not stored twice.
    func details(of step: Step) -> [JSONObject.Member] {
        var members = step.details.map { JSONObject.Member($0.name, .string($0.value)) }
        switch step.kind {
        case .exportAdd, .exportUpdate, .exportDisable:
            members.insert(.init("ReportableIdentifier", .string(reportableID)), at: 0)
            for property in modified {
                let name = property.name.filter { $0 != "." && $0 != ":" }
                members.append(.init(name, .string(property.new ?? property.old ?? "")))
            }
        case .exportDelete:
            members.insert(.init("ReportableIdentifier", .string(reportableID)), at: 0)
        case .importAdd, .importUpdate, .importDelete, .escrowRetry, .targetRead, .targetNotFound,
            .scoping, .planAdd, .planUpdate, .planDisable, .planDelete:
            break
        case .skip:
            if let skipReason, step.status == .skipped {
                members.insert(.init("SkipReason", .string(skipReason.rawValue)), at: 0)
            }
        }
        return members
    }

    private static func resource(_ failure: Failure) -> JSONValue {
        let isOurs = failure.code == .internalError
        return [
            "errorCode": .string(failure.code.rawValue),
            "errorCategory": isOurs ? "failure" : "nonServiceFailure",
            "reason": .string(failure.reason),
            "additionalDetails": nil,
            "recommendedAction": nil,
        ]
    }
}
