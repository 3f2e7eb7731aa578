import SimCore

extension ProvisioningJob {
    /// `synchronizationJob`. provisioning.md §6.1.
    ///
    /// - Parameter progress: of the cycle under way; nil between cycles.
    package func resource(
        _ state: ProvisioningJobState, progress: CycleProgress? = nil
    ) -> JSONValue {
        var settingsList: [JSONValue] = []
        if let threshold = deletionThreshold {
            settingsList.append(
                [
                    "name": "QuarantineTooManyDeletesThreshold",
                    "value": .string(String(threshold)),
                ])
        }
        return [
            "id": .string(id),
            "templateId": .string(configuration.templateID),
            "schedule": [
                "expiration": nil,
                "interval": .string(Self.interval(state, settings)),
                "state": .string(state.schedule.rawValue),
            ],
            "status": status(state, progress),
            "synchronizationJobSettings": .array(settingsList),
        ]
    }

    /// `PT40M`; the largest time span while the job has never been configured.
    private static func interval(
        _ state: ProvisioningJobState, _ settings: ProvisioningSettings
    ) -> String {
        guard state.statusCode != .notConfigured else { return "P10675199DT2H48M5.4775807S" }
        let seconds = settings.interval.components.seconds
        return seconds % 60 == 0 ? "PT\(seconds / 60)M" : "PT\(seconds)S"
    }

    private static let unset: JSONValue = "0001-01-01T00:00:00Z"

    private func status(
        _ state: ProvisioningJobState, _ progress: CycleProgress?
    ) -> JSONValue {
        [
            "code": .string(state.statusCode.rawValue),
            "countSuccessiveCompleteFailures": .int(Int64(state.countSuccessiveCompleteFailures)),
            "escrowsPruned": .bool(state.escrowsPruned),
            "steadyStateFirstAchievedTime": Self.time(state.steadyStateFirstAchieved),
            "steadyStateLastAchievedTime": Self.time(state.steadyStateLastAchieved),
            "quarantine": state.quarantine.map { $0.resource } ?? nil,
            "troubleshootingUrl": nil,
            "lastExecution": Self.execution(state.lastExecution),
            "lastSuccessfulExecution": Self.execution(state.lastSuccessfulExecution),
            "lastSuccessfulExecutionWithExports": Self.execution(
                state.lastSuccessfulExecutionWithExports),
            "progress": progress.map { [$0.resource] } ?? [],
            "synchronizedEntryCountByType": .array(
                ObjectKey.Kind.allCases.compactMap { kind in
                    guard let count = state.synchronizedCounts[kind], count > 0 else {
                        return nil
                    }
                    let target = schema.objectMapping(source: kind.rawValue)?.targetObjectName
                    return [
                        "key": .string("\(kind.rawValue) to \(target ?? kind.rawValue)"),
                        "value": .int(Int64(count)),
                    ]
                }),
        ]
    }

    private static func time(_ time: Timestamp?) -> JSONValue {
        time.map { .string($0.iso8601) } ?? unset
    }

    fileprivate static func execution(_ summary: CycleSummary?) -> JSONValue {
        guard let summary else { return nil }
        let counters = summary.counters
        func number(_ value: Int) -> JSONValue { .int(Int64(value)) }
        return [
            "activityIdentifier": .string(summary.id.description),
            "countEntitled": number(counters.entitled),
            "countEntitledForProvisioning": number(counters.entitledForProvisioning),
            "countEscrowed": number(counters.escrowed),
            "countEscrowedRaw": number(counters.escrowedRaw),
            "countExported": number(counters.exported),
            "countExports": number(counters.exports),
            "countImported": number(counters.imported),
            "countImportedDeltas": number(counters.importedDeltas),
            "countImportedReferenceDeltas": number(counters.importedReferenceDeltas),
            "error": summary.error.map { $0.resource } ?? nil,
            "state": .string(summary.result.rawValue),
            "timeBegan": .string(summary.beganAt.iso8601),
            "timeEnded": .string(summary.endedAt.iso8601),
        ]
    }
}

extension Quarantine {
    /// `quarantine` of the job's status. provisioning.md §2.4.
    package var resource: JSONValue {
        [
            "currentBegan": .string(currentBegan.iso8601),
            "nextAttempt": nextAttempt.map { .string($0.iso8601) } ?? nil,
            "reason": .string(reason.rawValue),
            "seriesBegan": .string(seriesBegan.iso8601),
            "seriesCount": .int(Int64(seriesCount)),
            "error": error.resource,
        ]
    }
}

extension ProvisioningHistory {
    /// Cycles and activities, newest first, for the job's own page.
    package var resource: JSONValue {
        [
            "cycles": .array(
                numberedCycles.reversed().map { cycle in
                    var object: JSONObject = [
                        "number": .int(Int64(cycle.number)),
                        "kind": .string(cycle.summary.kind.rawValue),
                    ]
                    for member in ProvisioningJob.execution(cycle.summary).objectValue?.members
                        ?? []
                    {
                        object.append(member.name, member.value)
                    }
                    object.append("counts", .object(cycle.summary.counters.resource))
                    return .object(object)
                }),
            "activities": .array(
                activities.reversed().map {
                    [
                        "activityDateTime": .string($0.at.iso8601),
                        "activityDisplayName": .string($0.name), "detail": .string($0.detail),
                    ]
                }),
        ]
    }
}
