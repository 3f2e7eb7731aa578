import SimCore
import SimDirectory
import SimHTTP

@testable import SimProvisioning

/// A directory, a job's past and a target, cycled by hand.
struct Bench {
    /// In which order outstanding calls are answered.
    enum Order {
        case first, last
    }

    var directory: TestDirectory
    var target = TinyTarget()
    var settings = ProvisioningSettings()
    var order = Order.first
    var now = TestDirectory.start
    /// Time that passes with each answer of the target.
    var latency = Duration.zero
    private(set) var state: ProvisioningJobState
    private(set) var records: [ProvisioningRecord] = []
    private(set) var rows: [ProvisioningLogEntry] = []
    private let random: SeededRandom

    init(_ directory: TestDirectory, seed: UInt64 = 11) {
        self.directory = directory
        random = SeededRandom(seed: seed)
        state = ProvisioningJobState(
            configuration: directory.servicePrincipal.provisioning
                ?? ProvisioningConfiguration(jobID: "", tenantURL: ""))
    }

    /// Runs one cycle to its end. Rows, records and the target's calls are those of this cycle.
    @discardableResult
    mutating func cycle(
        forgettingCalls: Bool = true, job: ProvisioningJob? = nil
    ) throws -> CycleSummary? {
        if forgettingCalls { target.forgetCalls() }
        records = []
        rows = []
        var cycle = ProvisioningCycle(
            job: try job ?? directory.job(settings), state: state, snapshot: directory.snapshot,
            random: random)
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var summary: CycleSummary?
        var actions = cycle.handle(.started(at: now))
        var calls = 0
        while true {
            for action in actions {
                switch action {
                case .send(let id, let request): waiting.append((id, request))
                case .record(let new): keep(new)
                case .finish(let end): summary = end
                }
            }
            guard !waiting.isEmpty, calls < 10_000 else { break }
            calls += 1
            let (id, request) = order == .first ? waiting.removeFirst() : waiting.removeLast()
            now = now + latency
            switch target.answer(request) {
            case .success(let response):
                actions = cycle.handle(.responded(id, response, at: now))
            case .failure(let failure):
                actions = cycle.handle(.failed(id, failure, at: now))
            }
        }
        now = now + settings.interval
        return summary
    }

    private mutating func keep(_ new: [ProvisioningRecord]) {
        for record in new {
            state.apply(record, at: now)
            if case .logged(let row) = record { rows.append(row) }
        }
        records += new
    }

    mutating func apply(_ record: ProvisioningRecord) { state.apply(record, at: now) }

    /// The writes of the last cycle as `METHOD path body`.
    var writes: [String] {
        target.writes.map {
            "\($0.method.rawValue) \($0.target) \(String(decoding: $0.body, as: UTF8.self))"
        }.map { $0.last == " " ? String($0.dropLast()) : $0 }
    }

    /// The first write of the last cycle; empty when there was none.
    var write: String { writes.first ?? "" }

    /// Rows as `action status name`, with the skip reason or error code.
    var rowTexts: [String] {
        rows.map { row in
            let name = row.displayName.isEmpty ? "‹gone›" : row.displayName
            let note = row.skipReason?.rawValue ?? row.failure?.code.rawValue
            return "\(row.action.rawValue) \(row.status.rawValue) \(name)"
                + (note.map { " (\($0))" } ?? "")
        }
    }
}
