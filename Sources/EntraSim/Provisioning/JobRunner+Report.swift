import SimCore
import SimPortal
import SimProvisioning

extension JobRunner {
    /// A cycle that has ended, object by object, with what waits now.
    func report(of reference: CycleReference) throws(ControlError) -> JSONValue {
        guard let cycle = history.cycle(reference) else { throw unknownCycle(reference) }
        let job = try configured()
        let rows = log.entries(ofCycle: cycle.summary.id)
        let report = SimProvisioning.CycleReport(
            name: job.displayName, summary: cycle.summary, entries: rows)
        let waiting = WaitingReport(
            job: job, state: jobState, snapshot: host.snapshot,
            subjects: Self.distinct(rows.map(\.subject)), at: environment.clock.now)
        var object: JSONObject = [
            "app": .string(job.displayName), "jobId": .string(job.id),
            "number": .int(Int64(cycle.number)),
        ]
        for member in report.json.objectValue?.members ?? [] {
            object.append(member.name, member.value)
        }
        for member in waiting.members { object.append(member.name, member.value) }
        object.append("text", .string("cycle \(cycle.number)\n" + report.text + waiting.text))
        return .object(object)
    }

    /// Lines and bytes of one answer with a part of a recording.
    private static let recordingPage = (lines: 1_000, bytes: 4 << 20)

    /// A part of the last recording.
    func recording(from start: Int) throws(ControlError) -> JSONValue {
        guard let lines = cassette?.lines else {
            throw .conflict(
                "no cycle of '\(app)' was recorded",
                hint: "'entra-sim provision run \(app) --record FILE' records one")
        }
        var page: [JSONValue] = []
        var bytes = 0
        var next = min(start, lines.count)
        while next < lines.count, page.count < Self.recordingPage.lines {
            bytes += lines[next].serialized.count
            if bytes > Self.recordingPage.bytes, !page.isEmpty { break }
            page.append(lines[next])
            next += 1
        }
        return [
            "value": .array(page), "next": .int(Int64(next)), "isEnd": .bool(next == lines.count),
        ]
    }

    private static func distinct(_ keys: [ObjectKey]) -> [ObjectKey] {
        var seen: Set<ObjectKey> = []
        return keys.filter { seen.insert($0).inserted }
    }
}
