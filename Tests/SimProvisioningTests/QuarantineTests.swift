import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Quarantine: thresholds, series, end — provisioning.md §2")
struct QuarantineTests {
    private static func unauthorized(
        _ request: HTTPRequest
    ) -> Result<HTTPResponse, ConnectionFailure>? {
        .success(HTTPResponse(status: 401))
    }

    private static func refusing(
        _ request: HTTPRequest
    ) -> Result<HTTPResponse, ConnectionFailure>? {
        request.method == .get ? nil : .success(HTTPResponse(status: 400))
    }

    private func bench(
        users: Int, notifications: SyncNotificationSettings = SyncNotificationSettings()
    ) -> Bench {
        var directory = TestDirectory { $0.notifications = notifications }
        for number in 0..<users { directory.addUser("user\(number)") }
        var bench = Bench(directory)
        bench.settings.quarantineMinimumFailures = 5
        bench.settings.quarantineBaseLimit = 40
        bench.settings.quarantineTotalLimit = 60
        return bench
    }

    /// Runs every cycle that falls due up to `end`, at its own time.
    private func run(
        _ bench: inout Bench, until end: Timestamp, _ each: (Bench) -> Void
    ) throws {
        while let due = bench.state.nextCycle(interval: bench.settings.interval), due <= end {
            bench.now = max(due, TestDirectory.start)
            let at = bench.now
            try bench.cycle()
            each(bench)
            #expect(bench.state.lastExecution?.beganAt == at)
        }
    }

    @Test("the worked examples of the documentation, and both sides of each limit — §2.1")
    func thresholds() {
        let thresholds = EscrowThresholds(ProvisioningSettings())
        let cases: [(Int, Int, Int, Quarantine.Reason?)] = [
            (4_000, 0, 0, nil), (45_000, 0, 1_000_000, .encounteredBaseEscrowThreshold),
            (30_000, 0, 5_000, .encounteredEscrowProportionThreshold), (20_000, 0, 100_000, nil),
            (40_000, 21_000, 1_000_000, .encounteredTotalEscrowThreshold),
            (4_999, 0, 0, nil), (5_000, 0, 0, .encounteredEscrowProportionThreshold),
            (5_000, 0, 7_500, nil), (5_001, 0, 7_500, .encounteredEscrowProportionThreshold),
            (40_000, 0, 1_000_000, nil), (40_001, 0, 1_000_000, .encounteredBaseEscrowThreshold),
            (40_000, 20_000, 1_000_000, nil), (0, 60_000, 0, nil),
            (0, 60_001, 0, .encounteredTotalEscrowThreshold),
            (40_001, 60_000, 0, .encounteredBaseEscrowThreshold),
        ]
        for (failures, references, successes, reason) in cases {
            #expect(
                thresholds.reason(
                    failures: failures, references: references, successes: successes) == reason)
        }
    }

    @Test("drill: the token expires; attempts at 6, 12, 24 h, then daily; day 28 disables — §2.2")
    func toDay28() throws {
        var bench = bench(users: 2)
        try bench.cycle()
        let began = bench.now
        bench.target.rule = Self.unauthorized
        var attempts: [Int64] = []
        try run(&bench, until: began + .days(60)) { bench in
            let hours = ((bench.state.lastExecution?.beganAt ?? began) - began) / .hours(1)
            attempts.append(Int64(hours))
            #expect(bench.state.quarantine?.seriesBegan == began)
            #expect(bench.state.quarantine?.seriesCount == attempts.count)
            #expect(bench.state.quarantine?.currentBegan == bench.state.lastExecution?.endedAt)
        }
        #expect(attempts == [0, 6, 12] + (1...28).map { $0 * 24 })
        #expect(bench.state.schedule == .disabled)
        #expect(bench.state.statusCode == .quarantine)
        #expect(bench.state.quarantine?.nextAttempt == nil)
        // A new token and a start bring it back, with what happened meanwhile.
        bench.directory.set("user0", "jobTitle", "Engineer")
        bench.target.rule = nil
        bench.apply(.started)
        try bench.cycle()
        #expect(bench.state.statusCode == .active)
        #expect(bench.rowTexts == ["update success User0 Moss"])
    }

    @Test("the status after four weeks is a setting — §12, question 6")
    func statusAfterFourWeeks() throws {
        var bench = bench(users: 1)
        bench.settings.statusAfterQuarantine = .paused
        bench.target.rule = Self.unauthorized
        try run(&bench, until: TestDirectory.start + .days(40)) { _ in }
        #expect(bench.state.statusCode == .paused)
        #expect(bench.state.nextCycle(interval: .minutes(40)) == nil)
    }

    @Test("a new token lifts it at the next attempt, and the rhythm is 40 minutes again")
    func recovery() throws {
        var bench = bench(users: 1)
        bench.target.rule = Self.unauthorized
        try bench.cycle()
        #expect(
            bench.state.nextCycle(interval: .minutes(40)) == TestDirectory.start + .hours(6))
        bench.target.rule = nil
        bench.now = TestDirectory.start + .hours(6)
        try bench.cycle()
        #expect(bench.state.quarantine == nil)
        #expect(
            bench.state.nextCycle(interval: .minutes(40))
                == TestDirectory.start + .hours(6) + .minutes(40))
    }

    @Test("cycles forced by hand count in the series but do not move the schedule")
    func forcedCycles() throws {
        var bench = bench(users: 1)
        bench.target.rule = Self.unauthorized
        for _ in 0..<8 { try bench.cycle() }
        #expect(bench.state.quarantine?.seriesCount == 8)
        #expect(bench.state.quarantine?.nextAttempt == TestDirectory.start + .hours(6))
        #expect(bench.state.schedule == .active)
    }

    @Test("too many failures after the initial cycle: quarantine; healed: active again")
    func proportion() throws {
        var bench = bench(users: 9)
        try bench.cycle()
        for number in 0..<5 { bench.directory.set("user\(number)", "jobTitle", "Engineer") }
        bench.target.rule = Self.refusing
        let summary = try bench.cycle()
        #expect(summary?.result == .entryLevelErrors)
        #expect(bench.state.quarantine?.reason == .encounteredEscrowProportionThreshold)
        #expect(bench.state.watermark == bench.directory.snapshot.sequence)
        bench.target.rule = nil
        bench.now = bench.state.quarantine?.nextAttempt ?? bench.now
        try bench.cycle()
        #expect(bench.state.statusCode == .active)
        #expect(bench.state.escrows.isEmpty)
    }

    @Test("one failure fewer than the minimum does not quarantine")
    func belowMinimum() throws {
        var bench = bench(users: 9)
        try bench.cycle()
        for number in 0..<4 { bench.directory.set("user\(number)", "jobTitle", "Engineer") }
        bench.target.rule = Self.refusing
        try bench.cycle()
        #expect(bench.state.statusCode == .active)
    }

    @Test("in an initial cycle the failures are pruned and the job waits — §2.1 escrowsPruned")
    func pruned() throws {
        var bench = bench(users: 6)
        bench.target.rule = Self.refusing
        let summary = try bench.cycle()
        #expect(summary?.counters.failed == 6)
        #expect(bench.state.quarantine == nil)
        #expect(bench.state.statusCode == .paused)
        #expect(bench.state.escrows.isEmpty)
        let status = try bench.directory.job(bench.settings).resource(bench.state)["status"]
        #expect(status?["escrowsPruned"]?.boolValue == true)
        bench.target.rule = nil
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.target.users.count == 6)
        #expect(!bench.state.escrowsPruned)
    }

    @Test("start clears it; restart of QuarantineState alone keeps the watermark — §1.9")
    func leaving() throws {
        for record in [ProvisioningRecord.started, .restarted([]), .restarted(.quarantineState)] {
            var bench = bench(users: 1)
            try bench.cycle()
            bench.target.rule = Self.unauthorized
            try bench.cycle()
            bench.apply(record)
            #expect(bench.state.statusCode == .active)
            #expect(bench.state.watermark != nil)
        }
    }

    @Test("one mail when it begins, another when the reason changes, none while it lasts — §2.2")
    func notices() throws {
        var bench = bench(
            users: 4,
            notifications: SyncNotificationSettings(
                isEnabled: true, recipients: "ops@fabrikam.example; hr@fabrikam.example",
                deleteThreshold: 2))
        try bench.cycle()
        func mails(_ bench: Bench) -> [ProvisioningNotice] {
            bench.records.compactMap { if case .notified(let notice) = $0 { notice } else { nil } }
        }
        bench.target.rule = Self.unauthorized
        try bench.cycle()
        #expect(
            mails(bench).map(\.recipients) == [["ops@fabrikam.example", "hr@fabrikam.example"]])
        #expect(mails(bench).first?.text.contains("EncounteredQuarantineException") == true)
        #expect(mails(bench).first?.text.contains("s3cret") == false)
        try bench.cycle()
        #expect(mails(bench).isEmpty)
        bench.target.rule = nil
        for number in 0..<3 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        #expect(mails(bench).map { $0.body.contains("TooManyDeletes") } == [true])
        #expect(bench.state.quarantine?.seriesCount == 3)
    }

    @Test("the audit record of a job: quarantine, pause, start, restart with its scope")
    func activities() throws {
        var bench = bench(users: 1)
        bench.target.rule = Self.unauthorized
        try bench.cycle()
        var history = ProvisioningHistory()
        let steps: [ProvisioningRecord] = bench.records + [.paused, .started, .restarted(.portal)]
        for record in steps { history.apply(record, at: bench.now) }
        #expect(
            history.activities.map(\.name) == [
                "Quarantine", "Disable/pause provisioning configuration",
                "Enable/start provisioning configuration",
                "Enable/restart provisioning configuration",
            ])
        #expect(history.activities.last?.detail == "Escrows, Watermark, QuarantineState")
        #expect(history.cycles.count == 1)
    }
}
