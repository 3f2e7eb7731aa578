import SimCore
import SimHTTP

/// What `provision run` answers: how a cycle went.
package struct CycleReport: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case initial, incremental
    }

    /// `lastExecution.state`. provisioning.md §6.1.
    package enum State: String, CaseIterable, Sendable {
        case succeeded = "Succeeded"
        case failed = "Failed"
        case entryLevelErrors = "EntryLevelErrors"
    }

    /// How many objects ended in which way.
    package struct Counts: Hashable, Sendable {
        package var created = 0
        package var updated = 0
        package var disabled = 0
        package var deleted = 0
        package var skipped = 0
        package var failed = 0
        /// Objects that wait for a later attempt, also from earlier cycles.
        package var escrowed = 0

        package init() {}

        var json: JSONValue {
            [
                "created": .int(Int64(created)), "updated": .int(Int64(updated)),
                "disabled": .int(Int64(disabled)), "deleted": .int(Int64(deleted)),
                "skipped": .int(Int64(skipped)), "failed": .int(Int64(failed)),
                "escrowed": .int(Int64(escrowed)),
            ]
        }
    }

    package let app: String
    package let jobID: String
    package let cycleID: String
    package let kind: Kind
    package let state: State
    package let beganAt: Timestamp
    package let endedAt: Timestamp
    /// How long a person waited, in the machine's time: the simulation's may stand still.
    package var elapsed: Duration
    package var counts = Counts()
    /// Why the whole cycle failed, `{code, message, tenantActionable}`.
    package var error: JSONValue?
    /// `status.quarantine` of the job afterwards. provisioning.md §2.4.
    package var quarantine: JSONValue?
    /// `provisioningObjectSummary` rows that failed. provisioning.md §5.1.
    package var failures: [JSONValue] = []
    /// The report for people.
    package var text = ""
    package var wire: [WireExchange] = []
    /// Calls of the recording that was asked for; nil when none was.
    package var cassetteCalls: Int?

    package init(
        app: String, jobID: String, cycleID: String, kind: Kind, state: State,
        beganAt: Timestamp, endedAt: Timestamp
    ) {
        self.app = app
        self.jobID = jobID
        self.cycleID = cycleID
        self.kind = kind
        self.state = state
        self.beganAt = beganAt
        self.endedAt = endedAt
        elapsed = endedAt - beganAt
    }

    package var json: JSONValue {
        let milliseconds = elapsed.wholeMicroseconds / 1_000
        var object: JSONObject = [
            "app": .string(app), "jobId": .string(jobID), "cycleId": .string(cycleID),
            "cycle": .string(kind.rawValue), "state": .string(state.rawValue),
            "timeBegan": .string(beganAt.iso8601), "timeEnded": .string(endedAt.iso8601),
            "durationInMilliseconds": .int(milliseconds), "counts": counts.json,
        ]
        object.append("error", error ?? .null)
        object.append("quarantine", quarantine ?? .null)
        object.append("failures", .array(failures))
        if !text.isEmpty { object.append("text", .string(text)) }
        if !wire.isEmpty { object.append("wire", .array(wire.map(\.json))) }
        object.appendIfPresent("cassetteCalls", cassetteCalls.map { .int(Int64($0)) })
        return .object(object)
    }
}

/// What `provision preview` answers: the writes a cycle would make now.
package struct CyclePreview: Hashable, Sendable {
    package struct Write: Hashable, Sendable {
        /// `create`, `update`, `disable`, `delete`: `provisioningAction` of the log.
        package let action: String
        /// User principal name, or a group's display name.
        package let identity: String
        package let method: HTTPMethod
        /// Path and query relative to the tenant URL.
        package let path: String
        package let body: JSONValue?

        package init(
            action: String, identity: String, method: HTTPMethod, path: String, body: JSONValue?
        ) {
            self.action = action
            self.identity = identity
            self.method = method
            self.path = path
            self.body = body
        }

        var json: JSONValue {
            var object: JSONObject = [
                "action": .string(action), "identity": .string(identity),
                "method": .string(method.rawValue), "path": .string(path),
            ]
            if let body { object.append("body", body) }
            return .object(object)
        }
    }

    package let app: String
    package let kind: CycleReport.Kind
    package let writes: [Write]
    /// Why a cycle could not begin, `{code, message}`; nil when it could.
    package let error: JSONValue?

    package init(
        app: String, kind: CycleReport.Kind, writes: [Write], error: JSONValue? = nil
    ) {
        self.app = app
        self.kind = kind
        self.writes = writes
        self.error = error
    }

    package var json: JSONValue {
        [
            "app": .string(app), "cycle": .string(kind.rawValue),
            "writes": .array(writes.map(\.json)), "error": error ?? .null,
        ]
    }
}
