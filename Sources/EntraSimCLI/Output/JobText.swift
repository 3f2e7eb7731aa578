import SimCore

/// A provisioning job as a person reads it. provisioning.md §6.1.
enum JobText {
    static func list(_ jobs: [JSONValue]) -> String {
        var table = TextTable(["app", "status", "last cycle", "ended", "waiting"], numeric: [4])
        for job in jobs.sorted(by: { $0.cell("app") < $1.cell("app") }) {
            let last = job["status"]?["lastExecution"]
            table.add([
                job.cell("app"), job["status"]?.cell("code") ?? "", last?.cell("state") ?? "",
                time(last?["timeEnded"]), last?.cell("countEscrowed") ?? "",
            ])
        }
        return table.text
    }

    static func detail(_ job: JSONValue, app: String) -> String {
        let status = job["status"]
        let last = status?["lastExecution"]
        var rows = [
            ("app", job.cell("app").isEmpty ? app : job.cell("app")), ("job", job.cell("id")),
            ("status", status?.cell("code") ?? ""),
            ("schedule", schedule(job["schedule"])), ("next cycle", time(job["nextCycle"])),
            ("last cycle", last?.cell("state") ?? ""), ("began", time(last?["timeBegan"])),
            ("ended", time(last?["timeEnded"])), ("imported", last?.cell("countImported") ?? ""),
            ("exported", last?.cell("countExported") ?? ""),
            ("waiting", last?.cell("countEscrowed") ?? ""),
            ("steady since", time(status?["steadyStateFirstAchievedTime"])),
        ]
        if let estimate = estimate(job["initialCycleEstimate"]) {
            rows.append(("in Entra", estimate))
        }
        rows += (status?["synchronizedEntryCountByType"]?.arrayValue ?? []).map { entry in
            ("in sync", "\(entry.cell("value")) \(entry.cell("key"))")
        }
        var text = Fields.text(rows)
        if let error = last?["error"], !error.isNull {
            text += CycleText.problem("", code: error.cell("code"), message: error.cell("message"))
        }
        if let quarantine = status?["quarantine"], !quarantine.isNull {
            text += CycleText.quarantine(quarantine, told: last?["error"]?["message"])
        }
        return text
    }

    /// `an initial cycle of 18 objects takes 0.18 to 1.44 minutes`
    private static func estimate(_ estimate: JSONValue?) -> String? {
        guard let estimate, !estimate.isNull else { return nil }
        let from = estimate.cell("minimumMinutes")
        let to = estimate.cell("maximumMinutes")
        let objects = estimate.cell("objects")
        guard !from.isEmpty, !to.isEmpty else {
            return "no duration is published for an initial cycle of \(objects) objects"
        }
        return "an initial cycle of \(objects) objects takes \(from) to \(to) minutes"
    }

    static func preview(_ preview: JSONValue) -> String {
        let writes = preview["writes"]?.arrayValue ?? []
        var text = "\(preview.cell("app"))  \(preview.cell("cycle")) cycle would send "
        text += writes.isEmpty ? "nothing\n" : "\(writes.count) writes\n"
        for write in writes {
            text += "\n\(write.cell("action"))  \(TextTable.oneLine(write.cell("identity")))\n"
            text += "> \(write.cell("method")) \(write.cell("path"))\n"
            if let body = write["body"] { text += "> \(body.text)\n" }
        }
        if let error = preview["error"], !error.isNull {
            text += CycleText.problem(
                "cycle", code: error.cell("code"), message: error.cell("message"))
        }
        return text
    }

    /// `{"success":…,"code":…,"message":…,"httpStatus":…,"requestId":…}`
    static func connection(_ answer: JSONValue) -> String {
        guard answer["success"] == true else {
            var text = "failed"
            if let status = answer["httpStatus"]?.stringValue { text += "  HTTP \(status)" }
            return text + "\n"
                + CycleText.problem("", code: answer.cell("code"), message: answer.cell("message"))
        }
        return "The supplied credentials are authorized to enable provisioning\n"
    }

    /// Unset times are year one on the wire, and nothing here.
    private static func time(_ value: JSONValue?) -> String {
        guard let text = value?.stringValue, !text.hasPrefix("0001-") else { return "" }
        return text
    }

    private static func schedule(_ schedule: JSONValue?) -> String {
        guard let schedule else { return "" }
        return "\(schedule.cell("state")), every \(schedule.cell("interval"))"
    }
}
