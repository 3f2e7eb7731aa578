import SimCore
import SimFaults
import SimPortal
import SimProvisioning

extension DrillStage {
    /// What a step changes about the job, to tell the difference afterwards.
    struct JobFacts: Hashable {
        let status: String
        let schedule: String
        let reason: String?
    }

    var state: JobFacts? {
        runner.map { runner in
            let state = runner.jobState
            return JobFacts(
                status: state.statusCode.rawValue, schedule: state.schedule.rawValue,
                reason: state.quarantine?.reason.rawValue)
        }
    }

    /// Calls listed one by one; more are counted.
    private static let listedCalls = 6
    /// Failures of objects listed one by one.
    private static let listedFailures = 4

    /// What came of a step besides its own answer.
    func news(since mark: Mark, before: JobFacts?) -> [DrillReport.Event] {
        var events: [DrillReport.Event] = []
        let now = services.clock.now
        let calls = calls(since: mark)
        if !calls.isEmpty {
            events += Self.summary(of: calls).map { DrillReport.Event(at: now, $0) }
        }
        guard let runner else { return events }
        let rows = runner.log.entries.dropFirst(mark.log).filter { $0.status == .failure }
        events += Self.failures(Array(rows)).map { DrillReport.Event(at: now, $0) }
        let history = runner.history
        events += history.notices.dropFirst(mark.notices).map {
            DrillReport.Event(
                at: $0.at, "mail to \($0.recipients.joined(separator: ", ")): \($0.subject)")
        }
        if let change = change(from: before, to: state) {
            events.append(
                DrillReport.Event(
                    at: turn(of: history, since: mark, before: before) ?? now, change))
        }
        return events
    }

    /// When the job's state turned: at the first quarantine, the order to stop, or the first cycle
    /// that went well.
    private func turn(
        of history: ProvisioningHistory, since mark: Mark, before: JobFacts?
    ) -> Timestamp? {
        let activities = history.activities.dropFirst(mark.activities)
        let after = state
        if before?.reason == nil, after?.reason != nil { return activities.first?.at }
        if before?.reason != nil, after?.reason == nil, activities.isEmpty {
            return history.cycles.last { $0.result == .failed }.flatMap { failed in
                history.cycles.first { $0.endedAt > failed.endedAt }?.endedAt
            }
        }
        return activities.last?.at
    }

    private func change(from before: JobFacts?, to after: JobFacts?) -> String? {
        guard let before, let after, before != after else { return nil }
        func text(_ facts: JobFacts) -> String {
            let schedule = facts.schedule == "Active" ? "" : ", \(facts.schedule)"
            return facts.status + schedule + (facts.reason.map { " (\($0))" } ?? "")
        }
        return "job: \(text(before)) → \(text(after))"
    }

    /// `call: 4 × GET /scim/v2/Users 401`, or by method and status where they are many.
    private static func summary(of calls: [ObservedCall]) -> [String] {
        let lines = tally(calls.map(\.line))
        guard lines.count > listedCalls else {
            return lines.map { "call: \($0.count > 1 ? "\($0.count) × " : "")\($0.text)" }
        }
        let kinds = tally(
            calls.map { call in
                "\(call.method) \(call.status.map { String($0) } ?? call.failure ?? "no answer")"
            })
        return [
            "\(calls.count) calls: "
                + kinds.map { "\($0.count) × \($0.text)" }.joined(separator: ", ")
        ]
    }

    /// Equal texts counted, in the order of their first.
    private static func tally(_ texts: [String]) -> [(text: String, count: Int)] {
        var order: [String] = []
        var counts: [String: Int] = [:]
        for text in texts {
            if counts[text] == nil { order.append(text) }
            counts[text, default: 0] += 1
        }
        return order.map { ($0, counts[$0] ?? 0) }
    }

    private static func failures(_ rows: [ProvisioningLogEntry]) -> [String] {
        let lines = tally(
            rows.map { row in
                let who = row.subject.kind == .user ? row.reportableID : row.displayName
                let code = row.failure?.code.rawValue ?? "no code"
                return "\(who) \(row.action.rawValue) failed, \(code)"
            })
        let more = lines.dropFirst(listedFailures).reduce(0) { $0 + $1.count }
        return lines.prefix(listedFailures).map {
            "log: \($0.text)" + ($0.count > 1 ? "  (\($0.count) times)" : "")
        } + (more > 0 ? ["log: \(more) more failed"] : [])
    }
}
