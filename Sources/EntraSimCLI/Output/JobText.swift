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
            ("under way", progress(status)),
            ("last cycle", last?.cell("state") ?? ""), ("began", time(last?["timeBegan"])),
            ("ended", time(last?["timeEnded"])), ("imported", imported(last)),
            ("entitled", last?.cell("countEntitled") ?? ""),
            ("exported", exported(last)),
            ("waiting", last?.cell("countEscrowed") ?? ""),
            ("failures", failures(status)),
            ("steady since", time(status?["steadyStateFirstAchievedTime"])),
            ("steady at", time(status?["steadyStateLastAchievedTime"])),
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
        return text + history(job["history"])
    }

    /// Cycles a person is shown, newest first; `--json` has the others.
    private static let historyLimit = 10

    private static func history(_ history: JSONValue?) -> String {
        let cycles = history?["cycles"]?.arrayValue ?? []
        guard !cycles.isEmpty else { return "" }
        var table = TextTable(
            ["cycle", "kind", "state", "ended", "calls", "exported", "failed", "waiting"],
            numeric: [0, 4, 5, 6, 7])
        for cycle in cycles.prefix(historyLimit) {
            table.add([
                cycle.cell("number"), cycle.cell("kind"), cycle.cell("state"),
                time(cycle["timeEnded"]), cycle["counts"]?.cell("calls") ?? "",
                cycle.cell("countExported"), cycle["counts"]?.cell("failed") ?? "",
                cycle.cell("countEscrowed"),
            ])
        }
        return "\n" + table.text
    }

    /// `2 of 7 pages`; empty between cycles.
    private static func progress(_ status: JSONValue?) -> String {
        guard let progress = status?["progress"]?.arrayValue?.first else { return "" }
        return "\(progress.cell("completedUnits")) of \(progress.cell("totalUnits")) "
            + progress.cell("units")
    }

    private static func imported(_ execution: JSONValue?) -> String {
        guard let execution, execution["countImported"] != nil else { return "" }
        return "\(execution.cell("countImported")) objects, "
            + "\(execution.cell("countImportedReferenceDeltas")) with references"
    }

    private static func exported(_ execution: JSONValue?) -> String {
        guard let execution, execution["countExported"] != nil else { return "" }
        return "\(execution.cell("countExported")) of \(execution.cell("countExports"))"
    }

    /// Cycles that failed as a whole, one after the other; empty for none.
    private static func failures(_ status: JSONValue?) -> String {
        let count = status?["countSuccessiveCompleteFailures"]?.intValue ?? 0
        return count > 0 ? "\(count) in a row" : ""
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
