import SimCore

/// A drill as it went: what each step did, what came of it, and whether it was what was expected.
package struct DrillReport: Hashable, Sendable {
    /// Something that happened because of a step, at its own time.
    package struct Event: Hashable, Sendable {
        package let at: Timestamp
        package let text: String

        package init(at: Timestamp, _ text: String) {
            self.at = at
            self.text = text
        }
    }

    /// One step.
    package struct Entry: Hashable, Sendable {
        /// From 1.
        package let number: Int
        /// When it began.
        package let at: Timestamp
        package let title: String
        package let remark: String?
        package var events: [Event] = []
        package var checks: [DrillCheck] = []
        /// Why the step itself could not be carried out.
        package var failure: String?

        package init(number: Int, at: Timestamp, title: String, remark: String?) {
            self.number = number
            self.at = at
            self.title = title
            self.remark = remark
        }

        package var isPassed: Bool { failure == nil && checks.allSatisfy(\.isMet) }
    }

    package enum Result: String, CaseIterable, Sendable {
        case passed, failed, skipped
    }

    package let name: String
    package let description: String
    package let app: String
    package var entries: [Entry] = []
    /// Why it was not played at all.
    package var skipReason: String?
    /// In the machine's time.
    package var elapsed: Duration = .zero

    package init(_ drill: Drill) {
        name = drill.name
        description = drill.description
        app = drill.app
    }

    package var result: Result {
        if skipReason != nil { return .skipped }
        return entries.allSatisfy(\.isPassed) ? .passed : .failed
    }

    package var checkCount: Int { entries.reduce(0) { $0 + $1.checks.count } }

    package var json: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "description": .string(description),
            "result": .string(result.rawValue),
        ]
        object.appendIfPresent("skipReason", skipReason)
        object.append("elapsedMs", .int(elapsed.wholeMicroseconds / 1_000))
        object.append("steps", .array(entries.map(\.json)))
        return .object(object)
    }
}

extension DrillReport.Entry {
    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "number": .int(Int64(number)), "at": .string(at.iso8601), "title": .string(title),
        ]
        object.appendIfPresent("say", remark)
        object.append(
            "events",
            .array(events.map { ["at": .string($0.at.iso8601), "text": .string($0.text)] }))
        object.append(
            "checks",
            .array(
                checks.map {
                    [
                        "text": .string($0.text), "met": .bool($0.isMet),
                        "problems": JSONValue(strings: $0.problems),
                    ]
                }))
        object.appendIfPresent("failure", failure)
        return .object(object)
    }
}
