import SimCore

/// The log as the portal's download has it: three tables that belong together by `changeId`. The
/// names of the columns are those of the Graph resource. RFC 4180.
enum ProvisioningLogCSV {
    enum Table: String, CaseIterable, Sendable {
        /// Everything but steps and changed properties.
        case logs
        case steps, properties

        /// What the file is called behind the name given: `ProvisioningLogs_ProvisioningSteps`.
        var suffix: String {
            switch self {
            case .logs: ""
            case .steps: "_ProvisioningSteps"
            case .properties: "_ModifiedProperties"
            }
        }

        var columns: [String] {
            switch self {
            case .logs:
                [
                    "id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId",
                    "provisioningAction", "status", "errorCode", "errorCategory", "reason",
                    "skipReason", "durationInMilliseconds", "initiatedBy",
                    "servicePrincipalId", "servicePrincipalDisplayName", "sourceSystem",
                    "sourceIdentityId", "sourceIdentityDisplayName", "sourceIdentityType",
                    "sourceUserPrincipalName", "targetSystem", "targetIdentityId",
                    "targetIdentityDisplayName", "targetIdentityType",
                ]
            case .steps:
                [
                    "changeId", "step", "name", "provisioningStepType", "status", "description",
                    "details",
                ]
            case .properties: ["changeId", "displayName", "oldValue", "newValue"]
            }
        }
    }

    static func header(_ table: Table) -> String { line(table.columns) }

    /// The records, without a header.
    static func text(_ rows: [JSONValue], _ table: Table) -> String {
        records(rows, table).map(line).joined()
    }

    static func records(_ rows: [JSONValue], _ table: Table) -> [[String]] {
        switch table {
        case .logs: rows.map(log)
        case .steps: rows.flatMap(steps)
        case .properties: rows.flatMap(properties)
        }
    }

    private static func log(_ row: JSONValue) -> [String] {
        func inner(_ name: String, _ key: String) -> String { row[name]?.cell(key) ?? "" }
        let info = row["provisioningStatusInfo"]
        let error = info?["errorInformation"]
        let source = row["sourceIdentity"]
        return [
            row.cell("id"), row.cell("activityDateTime"), row.cell("tenantId"), row.cell("jobId"),
            row.cell("cycleId"), row.cell("changeId"), row.cell("provisioningAction"),
            info?.cell("status") ?? "", error?.cell("errorCode") ?? "",
            error?.cell("errorCategory") ?? "", error?.cell("reason") ?? "",
            ProvisioningLogText.skipReason(row) ?? "", row.cell("durationInMilliseconds"),
            inner("initiatedBy", "displayName"), inner("servicePrincipal", "id"),
            inner("servicePrincipal", "displayName"), inner("sourceSystem", "displayName"),
            inner("sourceIdentity", "id"), inner("sourceIdentity", "displayName"),
            inner("sourceIdentity", "identityType"),
            source?["details"]?.cell("UserPrincipalName") ?? "",
            inner("targetSystem", "displayName"), inner("targetIdentity", "id"),
            inner("targetIdentity", "displayName"), inner("targetIdentity", "identityType"),
        ]
    }

    private static func steps(_ row: JSONValue) -> [[String]] {
        (row["provisioningSteps"]?.arrayValue ?? []).enumerated().map { index, step in
            [
                row.cell("changeId"), String(index + 1), step.cell("name"),
                step.cell("provisioningStepType"), step.cell("status"),
                step.cell("description"), step.cell("details"),
            ]
        }
    }

    private static func properties(_ row: JSONValue) -> [[String]] {
        (row["modifiedProperties"]?.arrayValue ?? []).map {
            [
                row.cell("changeId"), $0.cell("displayName"), $0.cell("oldValue"),
                $0.cell("newValue"),
            ]
        }
    }

    private static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// Quoted where RFC 4180 asks for it. What a spreadsheet would take for a formula gets an
    /// apostrophe in front: names come from people.
    private static func cell(_ value: String) -> String {
        let isFormula = value.utf8.first.map { formulaStarts.contains($0) } ?? false
        let text = isFormula ? "'" + value : value
        guard text.utf8.contains(where: { quoted.contains($0) }) else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// `= + - @`, tab and carriage return.
    private static let formulaStarts: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D]
    /// Comma, quote, carriage return and line feed.
    private static let quoted: Set<UInt8> = [0x2C, 0x22, 0x0D, 0x0A]
}
