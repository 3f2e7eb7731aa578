import SimCore
import SimFaults
import SimPortal
import Synchronization

/// Drills asked for over the control API. Each is played beside this simulator, in one of its own.
final class DrillDesk: Sendable {
    typealias Completion = @Sendable (Result<ControlAnswer, ControlError>) -> Void

    /// Played at the same time; each is a whole simulator.
    static let limit = 4

    private struct State {
        var isStopped = false
        var next = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let tenantsFolder: String?
    private let targetCAFile: String?
    private let state = Mutex(State())

    init(_ configuration: SimulatorConfiguration) {
        tenantsFolder = configuration.tenantsFolder
        targetCAFile = configuration.targetCAFile
    }

    /// `{"value":[{"name","description","tenant","app","steps","target"}]}`
    func list() throws(ControlError) -> JSONValue {
        ["value": .array(try files().entries.map(\.json))]
    }

    /// Answers the report, with its timeline as text, once the drill has ended.
    func run(
        _ name: String, against target: DrillTarget?, completion: @escaping Completion
    ) throws(ControlError) {
        let files = try files()
        guard let entry = files.entries.first(where: { $0.drill.name == name }) else {
            throw .notFound("drill", name, known: files.entries.map(\.drill.name))
        }
        let player = DrillPlayer(
            tenantsFolder: tenantsFolder, target: target, targetCAFile: targetCAFile)
        let ticket = try enter()
        let task = Task {
            let report = await player.play(entry)
            self.leave(ticket)
            var answer = report.json.objectValue ?? [:]
            answer.append("timeline", .string(DrillTimeline.text(report)))
            answer.append("junit", .string(JUnitReport([report]).xml))
            completion(.success(.json(.object(answer))))
        }
        keep(task, ticket)
    }

    /// Ends the drills under way after their present step.
    func stop() {
        let tasks = state.withLock { state in
            state.isStopped = true
            return state.tasks.sorted { $0.key < $1.key }.map(\.value)
        }
        for task in tasks { task.cancel() }
    }

    private func files() throws(ControlError) -> DrillFiles {
        do throws(SimulatorFailure) {
            return try DrillFiles(tenantsFolder: tenantsFolder)
        } catch {
            throw .failed(error.message, hint: error.hint)
        }
    }

    /// A place among those that play.
    private func enter() throws(ControlError) -> Int {
        let ticket = state.withLock { state -> Int? in
            guard !state.isStopped, state.tasks.count < Self.limit else { return nil }
            state.next += 1
            // Held by an ended task until the real one is known.
            state.tasks[state.next] = Task {}
            return state.next
        }
        guard let ticket else {
            throw ControlError(
                status: 429, code: .tooManyRequests,
                message: "\(Self.limit) drills are being played already", hint: "wait for one")
        }
        return ticket
    }

    private func keep(_ task: Task<Void, Never>, _ ticket: Int) {
        state.withLock { state in
            // A drill that has ended meanwhile is gone already.
            if state.tasks[ticket] != nil { state.tasks[ticket] = task }
        }
    }

    private func leave(_ ticket: Int) {
        state.withLock { $0.tasks[ticket] = nil }
    }
}

extension DrillFiles.Entry {
    /// A row of a list.
    var json: JSONValue {
        var row: JSONObject = [
            "name": .string(drill.name), "description": .string(drill.description),
            "tenant": .string(tenant), "app": .string(drill.app),
            "steps": .int(Int64(drill.steps.count)),
        ]
        switch drill.target {
        case .none: row.append("target", "none")
        case .any: row.append("target", "any")
        case .sampleApp(let reason):
            row.append("target", "sample app")
            row.append("targetReason", .string(reason))
        }
        return .object(row)
    }
}
