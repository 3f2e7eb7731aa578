import SimCore

/// A story of failure and recovery, played in its own fresh simulator on a frozen clock.
///
/// JSON: `{"name": …, "description": …, "start": …, "app": …, "steps": [ … ]}`.
package struct Drill: Hashable, Sendable {
    /// What has to be at the other end of the provisioning job.
    package enum TargetNeed: Hashable, Sendable {
        /// Nothing is called.
        case none
        /// Any SCIM service.
        case any
        /// The embedded sample app alone can play the part, for this reason.
        case sampleApp(reason: String)
    }

    static let keys = ["name", "description", "start", "seed", "app", "sampleAppOnly", "steps"]
    package static let stepLimit = 500
    /// A Monday morning.
    static let defaultStart = Timestamp(seconds: 1_767_600_000)

    /// Also the file's name.
    package let name: String
    /// One sentence.
    package let description: String
    package let start: Timestamp
    package let seed: UInt64
    /// The enterprise app of steps that name none.
    package let app: String
    package let target: TargetNeed
    package let steps: [DrillStep]

    /// Reads a file. Its mistakes carry the place.
    ///
    /// - Parameter file: for messages; its last part, without `.json`, is the name to be given.
    package init(_ bytes: [UInt8], file: String) throws(DrillProblem) {
        let json = try Self.json(bytes, file)
        do throws(FaultRuleError) {
            try self.init(json)
            let stem = file.split(separator: "/").last.map { String($0) } ?? file
            guard stem == name + ".json" else {
                throw FaultRuleError(
                    "'name' is '\(name)', but the file is '\(stem)'",
                    hint: "give both the same name", path: [.key("name")])
            }
        } catch {
            throw DrillProblem(error, in: bytes, file: file)
        }
    }

    /// Reads a drill that is no file.
    package init(inline bytes: [UInt8]) throws(DrillProblem) {
        let json = try Self.json(bytes, "drill")
        do throws(FaultRuleError) {
            try self.init(json)
        } catch {
            throw DrillProblem(error, in: bytes, file: "drill")
        }
    }

    private static func json(_ bytes: [UInt8], _ file: String) throws(DrillProblem) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw DrillProblem(
                file: file, line: error.position(in: bytes).line, key: "",
                message: "not JSON: \(error.explanation)", hint: nil)
        }
    }

    init(_ json: JSONValue) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "the drill")
        name = try reader.requiredString("name")
        description = try reader.requiredString("description")
        start = try reader.timestamp("start") ?? Self.defaultStart
        seed = UInt64(try reader.number("seed", in: 0...Int.max) ?? 1)
        app = try reader.string("app") ?? "Claresia"
        let steps = try reader.list("steps", limit: Self.stepLimit) {
            json throws(FaultRuleError) in try DrillStep(json)
        }
        guard let steps, !steps.isEmpty else {
            throw FaultRuleError(
                "the drill has no steps", hint: #"{"steps": [{"cycle": true}]}"#,
                path: [.key("steps")])
        }
        guard steps.contains(where: { $0.expectation != nil }) else {
            throw FaultRuleError(
                "the drill expects nothing: it cannot fail",
                hint: #"add a step {"expect": {"writes": false}}"#, path: [.key("steps")])
        }
        self.steps = steps
        let callsTarget = steps.contains { $0.action?.callsTarget ?? false }
        target =
            try reader.string("sampleAppOnly").map { .sampleApp(reason: $0) }
            ?? (callsTarget ? .any : .none)
    }
}

/// A mistake in a drill's file, with its place.
package struct DrillProblem: Error, Hashable, Sendable {
    package let file: String
    /// From 1.
    package let line: Int
    /// `steps[3].expect.jop`; empty for the whole file.
    package let key: String
    package let message: String
    package let hint: String?

    init(file: String, line: Int, key: String, message: String, hint: String?) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        self.hint = hint
    }

    init(_ error: FaultRuleError, in bytes: [UInt8], file: String) {
        let offset = JSONPosition.offset(of: error.path, in: bytes)
        self.init(
            file: file, line: JSONPosition.lineAndColumn(of: offset, in: bytes).line,
            key: error.path.keyPath, message: error.message, hint: error.hint)
    }

    /// `drills/a.json:12: steps[3].expect: unknown key …`
    package var text: String { "\(file):\(line): \(key.isEmpty ? "" : key + ": ")\(message)" }
}

extension [JSONStep] {
    /// `steps[3].expect`
    fileprivate var keyPath: String {
        reduce(into: "") { text, step in
            switch step {
            case .key(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }
}
