import SimCore

extension CycleReport {
    /// The report for machines: every row in the order of the log, none left out.
    package var json: JSONValue {
        [
            "cycleId": .string(summary.id.description),
            "cycle": .string(summary.kind.rawValue), "state": .string(summary.result.rawValue),
            "timeBegan": .string(summary.beganAt.iso8601),
            "timeEnded": .string(summary.endedAt.iso8601),
            "counts": .object(summary.counters.resource),
            "error": summary.error.map { $0.resource } ?? nil,
            "objects": .array(entries.map { Self.json($0) }),
        ]
    }

    private static func json(_ row: ProvisioningLogEntry) -> JSONValue {
        var object: JSONObject = [
            "type": .string(row.subject.kind.rawValue),
            "id": .string(row.subject.guid.description), "name": .string(name(row)),
            "action": .string(row.action.rawValue), "status": .string(row.status.rawValue),
            "because": .string(ReportLine(row).text),
        ]
        object.append(
            "code",
            (row.failure?.code.rawValue ?? row.skipReason?.rawValue).map { .string($0) }
                ?? nil)
        object.append("targetId", row.targetID.isEmpty ? nil : .string(row.targetID))
        object.append("retryAt", ReportLine.retryDate(row).map { .string($0) } ?? nil)
        object.append(
            "changes",
            .array(
                row.modified.map {
                    [
                        "displayName": .string($0.name),
                        "oldValue": $0.old.map { .string($0) } ?? nil,
                        "newValue": $0.new.map { .string($0) } ?? nil,
                    ]
                }))
        object.append("changeId", .string(row.change.description))
        return .object(object)
    }
}

extension CycleCounters {
    /// By operation, then what was sent, what waits and what was looked at.
    package var resource: JSONObject {
        func number(_ value: Int) -> JSONValue { .int(Int64(value)) }
        return [
            "created": number(created), "updated": number(updated), "disabled": number(disabled),
            "deleted": number(deleted), "skipped": number(skipped), "failed": number(failed),
            "staged": number(staged), "calls": number(calls), "escrowed": number(escrowed),
            "imported": number(imported),
        ]
    }
}
