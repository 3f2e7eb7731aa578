import SimCore
import SimHTTP
import SimPortal
import SimTarget
import Testing

@testable import EntraSim

/// A running simulator whose sample app falls ill and heals, and what the job makes of it.
struct DefectJourney {
    static let app = "Claresia"
    private static let adele = "adele.vance@contoso.example"
    private static let irvin = "irvin.sayers@contoso.example"
    private static let megan = "megan.bowen@contoso.example"
    private static let alex = "alex.wilber@contoso.example"

    let simulator: Simulator

    init(seed: UInt64 = 11) throws {
        var configuration = SimulatorConfiguration()
        configuration.seed = seed
        configuration.clock = .frozen(at: "2026-01-05T08:00:00Z")
        simulator = Simulator(configuration)
        try simulator.start()
    }

    var job: Simulator.Provisioning { simulator.provisioning(of: Self.app) }

    private var target: SampleApp {
        get throws {
            try #require(simulator.services.sampleApps.app(named: "claresia"))
        }
    }

    /// What happens in the company between two cycles: a mover, a leaver, a joiner, a group.
    func edit() throws {
        let directory = simulator.directory
        try directory.set(["department": "Paint"], of: Self.alex)
        try directory.set(["department": "Glue"], of: Self.megan)
        try directory.disable(user: Self.adele)
        try directory.addUser("zoe.new@contoso.example", ["displayName": "Zoe New"])
        try directory.addMember("zoe.new@contoso.example", to: "claresia-users")
        try directory.removeMember(Self.irvin, from: "claresia-eng-pilot")
    }

    /// Edits that only make sense with a certain defect.
    func prepare(_ preparation: DefectRow.Preparation) async throws {
        switch preparation {
        case .none: break
        case .forgetsLinks:
            // A leaver who is forgotten before the cycle stays; provisioning.md §1.12.
            try edit()
            try await job.runCycle()
            _ = try await command(.restart(ResetScope([.full])))
        case .disabledPerson:
            try simulator.directory.disable(user: Self.megan)
            try await job.runCycle()
            try simulator.directory.enable(user: Self.megan)
        case .vanishedPerson:
            let id = try #require(try target.snapshot.userID(named: Self.megan))
            _ = try target.handle(
                HTTPRequest(
                    method: HTTPMethod(rawValue: "DELETE"),
                    target: "/apps/claresia/scim/v2/Users/\(id)",
                    headers: ["Authorization": "Bearer claresia-demo-scim-token"]),
                now: simulator.services.clock.now, random: simulator.services.random)
        }
    }

    func command(_ command: ProvisioningCommand) async throws -> ControlAnswer {
        try await withCheckedContinuation { continuation in
            simulator.services.controlDesk.perform(
                .provisioning(tenant: "contoso", app: Self.app, command)
            ) { continuation.resume(returning: $0) }
        }.get()
    }

    /// Everything of the target but what differs from run to run: people by name with their
    /// attributes, groups with the names of their members.
    func accounts() throws -> [String] {
        let data = try target.snapshot
        func name(_ id: String?) -> String {
            id.flatMap { data.users[$0]?.userName } ?? "‹\(id ?? "")›"
        }
        let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
        let people = data.users.all.map { user in
            var attributes = user.attributes
            var more = attributes[enterprise]?.objectValue ?? [:]
            if let manager = more["manager"] {
                let id = manager["value"]?.stringValue ?? manager.stringValue
                more["manager"] = .string(id.map { name($0) } ?? "")
                attributes[enterprise] = .object(
                    JSONObject(more.members.sorted { $0.name < $1.name }))
            }
            return JSONValue.object(JSONObject(attributes.members.sorted { $0.name < $1.name }))
                .text
        }
        let groups = data.groups.all.map { group in
            "\(group.displayName): \(group.detail.ids.map { name($0) }.sorted())"
        }
        return (people + groups).sorted()
    }

    /// How often each person was created, by user name, as the target saw it.
    func creations() -> [String: Int] {
        var count: [String: Int] = [:]
        for exchange in simulator.services.journal.entries(after: 0)
        where exchange.direction == .inbound {
            let request = exchange.exchange.request
            guard request.method == .post, request.path == "/apps/claresia/scim/v2/Users",
                let name = (try? JSONValue(parsing: request.body))?["userName"]?.stringValue,
                exchange.exchange.response?.status == 201
            else { continue }
            count[name, default: 0] += 1
        }
        return count
    }
}

/// One defect on its way through a job.
struct DefectRow: CustomTestStringConvertible, Sendable {
    enum Preparation: Sendable {
        case none
        /// Everything has to be found by query again.
        case forgetsLinks
        /// Somebody archived comes back.
        case disabledPerson
        /// Somebody was deleted behind the service's back.
        case vanishedPerson
    }

    /// What brings back what was lost, beside the healing.
    enum Repair: Sendable {
        case none
        case restart(whole: Bool)
    }

    let defect: String
    /// JSON of the switch.
    let settings: String
    /// The target is ill from the first cycle on, or from the edits after it.
    let fromStart: Bool
    let preparation: Preparation
    /// Codes of the log rows of the ill cycle, sorted.
    let codes: Set<String>
    let quarantine: String?
    let repair: Repair

    init(
        _ defect: String, _ settings: String = "true", fromStart: Bool = false,
        _ preparation: Preparation = .none, codes: Set<String> = [], quarantine: String? = nil,
        repair: Repair = .none
    ) {
        self.defect = defect
        self.settings = settings
        self.fromStart = fromStart
        self.preparation = preparation
        self.codes = codes
        self.quarantine = quarantine
        self.repair = repair
    }

    var testDescription: String { "\(defect) \(settings)" }
}
