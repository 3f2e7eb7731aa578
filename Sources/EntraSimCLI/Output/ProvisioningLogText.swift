import SimCore

/// Rows of the provisioning log as a person reads them. provisioning.md §5.1.
enum ProvisioningLogText {
    /// One line per row, newest first as received; a failure is followed by its reason, a skip by
    /// why it was skipped.
    static func list(_ rows: [JSONValue]) -> String {
        var table = TextTable(["time", "status", "action", "object"])
        for row in rows {
            table.add([
                row.cell("activityDateTime"), status(row), row.cell("provisioningAction"),
                identity(row),
            ])
        }
        let lines = table.text.split(separator: "\n", omittingEmptySubsequences: false)
        var text = String(lines.first ?? "") + "\n"
        for (line, row) in zip(lines.dropFirst(), rows) {
            text += line + "\n" + reason(row)
        }
        return text
    }

    /// One row on its own, followed by why it failed or was skipped: for rows that come one by one.
    static func line(_ row: JSONValue) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        return row.cell("activityDateTime") + "  " + padded(status(row), 7) + "  "
            + padded(row.cell("provisioningAction"), 12) + "  " + identity(row) + "\n"
            + reason(row)
    }

    /// Why a row was skipped; nil for every other one.
    static func skipReason(_ row: JSONValue) -> String? {
        guard status(row) == "skipped" else { return nil }
        return (row["provisioningSteps"]?.arrayValue ?? []).compactMap {
            $0["details"]?["SkipReason"]?.stringValue
        }.last
    }

    /// Each row with its steps and changed properties.
    static func details(_ rows: [JSONValue]) -> String {
        rows.map { row in
            var text = Fields.text([
                ("time", row.cell("activityDateTime")), ("object", identity(row)),
                ("action", row.cell("provisioningAction")), ("status", status(row)),
                ("cycle", row.cell("cycleId")), ("change", row.cell("changeId")),
            ])
            for (index, step) in (row["provisioningSteps"]?.arrayValue ?? []).enumerated() {
                text +=
                    "  \(index + 1). \(step.cell("provisioningStepType"))  \(step.cell("status"))  "
                    + "\(TextTable.oneLine(step.cell("description")))\n"
                for member in step["details"]?.objectValue?.members ?? [] {
                    let value = member.value.stringValue ?? member.value.text
                    text += "       \(member.name): \(TextTable.oneLine(value))\n"
                }
            }
            let changes = row["modifiedProperties"]?.arrayValue ?? []
            for change in changes {
                text +=
                    "  \(change.cell("displayName")): \(quoted(change["oldValue"])) -> "
                    + "\(quoted(change["newValue"]))\n"
            }
            return text + reason(row)
        }.joined(separator: "\n")
    }

    /// A failed row inside a cycle's summary.
    static func failure(_ row: JSONValue) -> String {
        "  \(row.cell("provisioningAction"))  \(identity(row))\n" + reason(row)
    }

    private static func reason(_ row: JSONValue) -> String {
        let status = row["provisioningStatusInfo"]
        if let error = status?["errorInformation"], !error.isNull {
            return CycleText.problem(
                "", code: error.cell("errorCode"), message: error.cell("reason"))
        }
        return skipReason(row).map { "  because  \($0)\n" } ?? ""
    }

    private static func status(_ row: JSONValue) -> String {
        row["provisioningStatusInfo"]?.cell("status") ?? ""
    }

    /// The source's user principal name or name, with the kind when it is not a user.
    private static func identity(_ row: JSONValue) -> String {
        let source = row["sourceIdentity"]
        let details = source?["details"]
        let name =
            [
                details?.cell("UserPrincipalName"), details?.cell("userPrincipalName"),
                source?.cell("displayName"), row["targetIdentity"]?.cell("displayName"),
                source?.cell("id"),
            ].compactMap { $0 }.first { !$0.isEmpty } ?? "-"
        let kind = source?.cell("identityType") ?? ""
        return TextTable.oneLine(
            kind.isEmpty || kind == "User" ? name : "\(name) (\(kind.lowercased()))")
    }

    private static func quoted(_ value: JSONValue?) -> String {
        guard let text = value?.stringValue else { return "nothing" }
        return "'\(TextTable.oneLine(text))'"
    }
}
