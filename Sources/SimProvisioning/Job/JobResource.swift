import SimCore

extension ProvisioningJob {
    /// `synchronizationJob`. provisioning.md §6.1.
    package func resource(_ state: ProvisioningJobState) -> JSONValue {
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
            "status": status(state),
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

    private func status(_ state: ProvisioningJobState) -> JSONValue {
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
            "progress": progress(state),
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

    private func progress(_ state: ProvisioningJobState) -> JSONValue {
        guard let running = state.running else { return [] }
        return [
            [
                "completedUnits": 0, "totalUnits": 1,
                "progressObservationDateTime": .string(running.at.iso8601), "units": "pages",
            ]
        ]
    }

    private static func execution(_ summary: CycleSummary?) -> JSONValue {
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
