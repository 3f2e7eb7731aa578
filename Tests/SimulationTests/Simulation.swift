import SimCore
import SimDirectory
import SimHTTP
import SimProvisioning
import SimTarget

/// One seed: a company, a job and a target that is ill for a while, in virtual time.
struct Simulation {
    /// The job's calls name the app as the simulator serves it.
    private static let tenantURL = "https://localhost:8443/apps/demo/scim/v2"

    let seed: UInt64
    private(set) var company: Company
    let target: DefectiveTarget
    private(set) var state: ProvisioningJobState
    private(set) var story: [String] = []
    /// Pairs `owner<member` that the service may miss until a restart: the member or manager was
    /// not in scope when a cycle looked. provisioning.md §1.12 [D].
    private(set) var lateReferences: Set<String> = []
    private(set) var now = Company.start
    private let job: ProvisioningJob
    private let random: SeededRandom
    private var draw: EditDraw
    private var chance: Chance

    init(seed: UInt64, defects: [AppDefect.Name] = DefectiveTarget.honest) throws {
        self.seed = seed
        var chance = Chance(seed: seed, 3)
        let flag = chance.happens(30) ? "?aadOptscim062020" : ""
        let configuration = ProvisioningConfiguration(
            jobID: "scim.northwind.demo", tenantURL: Self.tenantURL + flag,
            secretToken: DefectiveTarget.token)
        company = Company(configuration)
        state = ProvisioningJobState(configuration: configuration)
        target = try DefectiveTarget(seed: seed, defects: defects)
        random = SeededRandom(seed: seed)
        draw = EditDraw(seed: seed)
        var settings = ProvisioningSettings()
        settings.parallelism = chance.pick([1, 2, 8]) ?? 1
        settings.memberBatchSize = chance.pick([1, 2, 50]) ?? 50
        var principal = ServicePrincipal(
            id: Company.app, appID: AppID(GUID(seed: 7, name: "appID")), displayName: "Demo",
            createdAt: Company.start)
        principal.provisioning = configuration
        job = try ProvisioningJob(
            tenant: Company.tenant, servicePrincipal: principal, origin: "https://localhost:8443",
            settings: settings)
        self.chance = chance
        for _ in 0..<4 { company.apply(.joins(draw.newcomer())) }
        company.apply(.founds(draw.team(of: company.people)))
        note("the target: \(target.illness); \(settings.parallelism) calls at once \(flag)")
        for person in company.people { note(Company.Edit.joins(person).text) }
        for team in company.teams { note(Company.Edit.founds(team).text) }
    }

    private mutating func note(_ line: String) { story.append(line) }

    /// Edits and cycles, some of them cut off by a crash, while the target is ill.
    mutating func fallIll() {
        // A healthy beginning half of the time.
        if chance.happens(50) { cycle() }
        target.isIll = true
        for _ in 0..<(2 + chance.below(4)) {
            for _ in 0..<(1 + chance.below(4)) { edit() }
            cycle(crashes: chance.happens(15))
        }
        target.isIll = false
    }

    /// Cycles of the healed target until nothing waits; false when it never ends.
    mutating func heal() -> Bool {
        note("— the target is healthy —")
        for _ in 0..<40 {
            cycle()
            if isQuiet { return true }
            let waits =
                state.escrows.keys.compactMap { state.escrows[$0]?.nextAttempt }
                + state.deferrals.rows.compactMap { $0.escrow?.nextAttempt }
            // Idle cycles on the way are left out.
            if let next = waits.min() { now = max(now, next) }
        }
        return false
    }

    var isQuiet: Bool {
        state.escrows.isEmpty && state.deferrals.isEmpty && state.quarantine == nil
            && state.watermark == company.snapshot.sequence
    }

    /// The portal's restart: everything in scope is looked at again.
    mutating func restart(_ scope: ResetScope = .portal) {
        note("— restart \(scope.text) —")
        state.apply(.restarted(scope), at: now)
    }
}

// MARK: - Edits

extension Simulation {
    /// One edit, but none that no provisioning service could follow: while a create is in doubt
    /// (done, its answer lost, not yet found again), its person or team neither leaves the scope
    /// nor changes its matching name.
    mutating func edit() {
        guard let edit = draw.next(company) else { return }
        let doubted = Set(company.people.filter(isInDoubt).map(\.name))
        let doubtedTeams = Set(company.teams.filter(isInDoubt).map(\.name))
        var next = company
        next.apply(edit)
        for person in next.people where doubted.contains(person.name) {
            guard let before = company.person(person.name),
                before.userPrincipalName == person.userPrincipalName,
                next.isEntitled(person) || !company.isEntitled(before)
            else { return }
        }
        for team in next.teams where doubtedTeams.contains(team.name) {
            guard let before = company.teams.first(where: { $0.name == team.name }),
                before.displayName == team.displayName, before.isInScope == team.isInScope
            else { return }
        }
        company = next
        note(edit.text)
    }

    /// The target has an account that the service does not know of.
    private func isInDoubt(_ person: Company.Person) -> Bool {
        state.links[.user(Company.userID(person.name))] == nil
            && !target.app.snapshot.userIDs(externalID: person.name).isEmpty
    }

    private func isInDoubt(_ team: Company.Team) -> Bool {
        let id = Company.groupID(team.name)
        return state.links[.group(id)] == nil
            && !target.app.snapshot.groupIDs(externalID: id.description).isEmpty
    }
}

// MARK: - Cycles

extension Simulation {
    /// Runs the next cycle when it is due.
    ///
    /// - Parameter crashes: the process ends in the middle; calls under way may have been done.
    mutating func cycle(crashes: Bool = false) {
        if let due = state.nextCycle(interval: .minutes(40)) { now = max(now, due) }
        var left = crashes ? 3 + chance.below(25) : Int.max
        let begin = story.count
        note("cycle at \(now.iso8601)\(crashes ? ", cut off after \(left) answers" : "")")
        var cycle = ProvisioningCycle(
            job: job, state: state, snapshot: company.snapshot, random: random)
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var actions = cycle.handle(.started(at: now))
        var ended = false
        while true {
            for action in actions {
                switch action {
                case .send(let id, let request): waiting.append((id, request))
                case .record(let records): keep(records)
                case .finish(let summary): ended = summary.watermark != nil
                }
            }
            guard !waiting.isEmpty else { break }
            let (id, request) = waiting.remove(at: chance.below(waiting.count))
            if left <= 0 {
                // Under way when the process ended: arrived or not, nobody knows.
                if chance.happens(50) { _ = call(request) }
                actions = []
                continue
            }
            left -= 1
            switch call(request) {
            case .success(let response): actions = cycle.handle(.responded(id, response, at: now))
            case .failure(let failure): actions = cycle.handle(.failed(id, failure, at: now))
            }
        }
        if ended { noteLateReferences() }
        // Nothing but the probe: one line is enough.
        let lines = story.dropFirst(begin + 1)
        if lines.count <= 2, lines.allSatisfy({ $0.contains("→ 200") && !$0.contains("(") }) {
            story.removeLast(lines.count)
            story[begin] += ": nothing to do"
            if begin > 0, story[begin - 1].hasSuffix("nothing to do") { story.removeLast() }
        }
    }

    private mutating func call(_ request: HTTPRequest) -> Result<HTTPResponse, ConnectionFailure> {
        let (answer, defect) = target.answer(request, at: now)
        var line = "  \(request.method.rawValue) \(readable(request.target))"
        if request.method == .patch { line += " " + String(decoding: request.body, as: UTF8.self) }
        switch answer {
        case .success(let response): line += " → \(response.status)"
        case .failure: line += " → reset"
        }
        note(line + (defect.map { " (\($0.rawValue))" } ?? ""))
        return answer
    }

    private func readable(_ target: String) -> String {
        PercentCoding.decode(
            target.replacing("/apps/demo/scim/v2", with: ""), plusIsSpace: true) ?? target
    }

    private mutating func keep(_ records: [ProvisioningRecord]) {
        for record in records {
            state.apply(record, at: now)
            guard case .logged(let row) = record, let failure = row.failure else { continue }
            note("    \(row.action) \(row.displayName): \(failure.code.rawValue)")
        }
    }

    /// Members and managers whom this cycle could not link, because they are not in scope, or
    /// could not see, because they are in the recycle bin.
    private mutating func noteLateReferences() {
        func isMissing(_ name: String) -> Bool {
            guard let person = company.person(name) else { return true }
            if person.isDeleted { return true }
            return state.links[.user(Company.userID(name))] == nil && !company.isEntitled(person)
        }
        for team in company.teams {
            for member in team.members where isMissing(member) {
                lateReferences.insert("\(team.name)<\(member)")
            }
        }
        for person in company.people {
            if let manager = person.manager, isMissing(manager) {
                lateReferences.insert("\(person.name)<\(manager)")
            }
        }
    }
}
