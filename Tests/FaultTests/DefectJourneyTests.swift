import EntraSim
import SimCore
import SimPortal
import Testing

@Suite("A sample app with a defect, a job, and the app healed — provisioning.md §1.7, §1.11, §2.1")
struct DefectJourneyTests {
    private static let scim = "SystemForCrossDomainIdentityManagement"
    private static let incompatible = scim + "ServiceIncompatible"
    private static let blind = scim + "ServiceIncompatibleFiltering"
    private static let unavailable = scim + "CredentialValidationUnavailable"
    private static let create = #"{"operation":"create","object":"user"}"#

    static let rows: [DefectRow] = [
        // Answers instead of doing
        DefectRow("throttled", create, fromStart: true, codes: ["TooManyRequests"]),
        DefectRow("throttled", #"{"operation":"update"}"#, codes: ["TooManyRequests"]),
        DefectRow("throttled", quarantine: unavailable),
        DefectRow("server-errors", create, fromStart: true, codes: ["InternalServerError"]),
        DefectRow("server-errors", quarantine: unavailable),
        DefectRow("unavailable", #"{"operation":"update"}"#, codes: ["InternalServerError"]),
        DefectRow("dropped-calls", create, fromStart: true, codes: ["WebExceptionProtocolError"]),
        DefectRow("login-page", quarantine: incompatible),
        // Queries
        DefectRow("not-found-filters", quarantine: incompatible),
        DefectRow("ignored-filter", quarantine: incompatible),
        DefectRow("bare-lists", quarantine: incompatible),
        DefectRow("blind-filters", "true", .forgetsLinks, codes: [blind]),
        DefectRow(
            "duplicate-results", "true", .forgetsLinks, codes: ["DuplicateTargetEntries"]),
        DefectRow("hidden-inactive", "true", .disabledPerson, codes: [blind]),
        DefectRow("case-sensitive-names"), DefectRow("no-total-results", "true", .forgetsLinks),
        // Writes
        DefectRow("lost-answers", create, fromStart: true, codes: ["WebExceptionProtocolError"]),
        DefectRow("lost-answers", codes: ["WebExceptionProtocolError"]),
        DefectRow("slow-writes", #"{"delay":"20ms"}"#), DefectRow("double-creates"),
        DefectRow(
            "lost-writes",
            #"{"operation":"update","object":"user","user":"alex.wilber@contoso.example"}"#,
            repair: .restart(whole: false)),
        DefectRow("wiped-members", repair: .restart(whole: true)),
        DefectRow("refused-string-booleans", codes: [incompatible]),
        DefectRow("refused-capital-ops", codes: [incompatible]),
        DefectRow("refused-group-patch", codes: ["MethodNotAllowed"]),
        // Looks of answers
        DefectRow("missing-id", create, fromStart: true, codes: [incompatible]),
        DefectRow("garbage", create, fromStart: true, codes: [incompatible]),
        DefectRow("garbage", #"{"operation":"update"}"#, codes: [incompatible]),
        DefectRow("garbage", quarantine: incompatible),
        DefectRow(
            "changed-id", create, fromStart: true, codes: [incompatible, "InvalidAnchor"],
            repair: .restart(whole: false)),
        DefectRow("string-booleans"), DefectRow("wrong-content-type"),
        DefectRow(
            "html-errors", "true", .vanishedPerson, codes: [incompatible],
            repair: .restart(whole: true)),
    ]

    @Test("is told in the log or by a quarantine, and nothing is lost", arguments: rows)
    func journey(_ row: DefectRow) async throws {
        let journey = try DefectJourney()
        let faults = journey.simulator.faults
        if !row.fromStart {
            try await journey.job.runCycle()
            try await journey.prepare(row.preparation)
            if row.preparation != .forgetsLinks { try journey.edit() }
        }
        try faults.turnOn(row.defect, of: DefectJourney.app, row.settings)
        let ill = try await journey.job.runCycle()
        #expect(Set(ill.failures.map(\.code)) == row.codes)
        #expect(ill.errorCode == row.quarantine && ill.isInQuarantine == (row.quarantine != nil))
        #expect(try faults.turnOff(row.defect, of: DefectJourney.app))
        if case .restart(let isWhole) = row.repair {
            _ = try await journey.command(.restart(isWhole ? ResetScope([.full]) : .portalRestart))
        }
        // Past the first retry of an object, and the first attempt of a quarantine.
        try await journey.simulator.clock.advance(by: .seconds(7 * 3_600))
        if row.fromStart { try journey.edit() }
        let last = try await journey.job.runCycle()
        #expect(last.failures.isEmpty && !last.isInQuarantine)
        let wanted = try await Self.healthy.value()
        let accounts = try journey.accounts()
        #expect(accounts.filter { !wanted.contains($0) } == [])
        #expect(accounts.count == wanted.count)
        let twice = journey.creations().filter { $0.value > 1 }.keys.sorted()
        // Who was deleted behind the service's back is created again.
        #expect(twice == (row.defect == "html-errors" ? ["megan.bowen@contoso.example"] : []))
    }

    @Test("every defect there is has a journey")
    func complete() {
        #expect(Set(Self.rows.map(\.defect)) == Set(AppDefect.Name.allCases.map(\.rawValue)))
    }

    /// The same company in an app that was never ill.
    private static let healthy = Once {
        let journey = try DefectJourney()
        try await journey.job.runCycle()
        try journey.edit()
        try await journey.job.runCycle()
        return try journey.accounts()
    }

    @Test("the same seed and commands twice, with a rate: the same log, calls and accounts")
    func sameAgain() async throws {
        func run() async throws -> [String] {
            let journey = try DefectJourney(seed: 23)
            let faults = journey.simulator.faults
            try faults.turnOn(
                "throttled", of: DefectJourney.app, #"{"rate":0.2,"operation":"update"}"#)
            try faults.turnOn("lost-answers", of: DefectJourney.app, "0.3")
            try faults.turnOn(
                "garbage", of: DefectJourney.app, #"{"rate":0.3,"operation":"create"}"#)
            try await journey.job.runCycle()
            try journey.edit()
            try await journey.simulator.clock.advance(by: .seconds(3_600))
            let calls = journey.simulator.journal.exchanges().map {
                "\($0.direction) \($0.method) \($0.target) \($0.status ?? 0)"
            }
            let origin = try #require(journey.simulator.ready["baseURL"]?.stringValue)
            return try await (journey.job.logTexts(limit: 1_000) + journey.accounts() + calls)
                .map { $0.replacing(origin, with: "") }
        }
        let (first, second) = (try await run(), try await run())
        #expect(first.count > 150 && first.count == second.count)
        #expect(zip(first, second).first { $0 != $1 }.map { "\($0.0)\n\($0.1)" } == nil)
    }
}

/// Made on first use, for every row.
private actor Once<Value: Sendable> {
    private let make: @Sendable () async throws -> Value
    private var task: Task<Value, any Error>?

    init(_ make: @escaping @Sendable () async throws -> Value) {
        self.make = make
    }

    func value() async throws -> Value {
        let task = task ?? Task { try await make() }
        self.task = task
        return try await task.value
    }
}
