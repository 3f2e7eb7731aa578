import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Stored failures and their retries — provisioning.md §1.11")
struct EscrowTests {
    private static let start = TestDirectory.start
    private static let schedule = RetrySchedule(ProvisioningSettings())

    private static func refuse(_ needle: String, _ response: HTTPResponse) -> TinyTarget.Rule {
        { request in
            request.method != .get
                && String(decoding: request.body, as: UTF8.self).contains(needle)
                ? .success(response) : nil
        }
    }

    @Test("the next date is the first step ahead, on both sides of each step")
    func schedule() {
        let second = Duration.seconds(1)
        for (passed, next) in [
            (Duration.zero, Duration.hours(6)), (.hours(6) - second, .hours(6)),
            (.hours(6), .hours(12)), (.hours(12), .hours(24)), (.hours(24) - second, .hours(24)),
            (.hours(24), .hours(48)), (.days(27), .days(28)), (.days(28) - second, .days(28)),
        ] {
            #expect(
                Self.schedule.next(after: Self.start + passed, anchor: Self.start)
                    == Self.start + next)
        }
        #expect(Self.schedule.next(after: Self.start + .days(28), anchor: Self.start) == nil)
    }

    @Test("the documented record: created, retried in the next cycle, then six hours on")
    func recordedDates() {
        let retriedAt = Self.start + .seconds(362)
        let first = Escrow.after(
            .serviceIncompatible, previous: nil, at: Self.start, schedule: Self.schedule)
        #expect(first?.nextAttempt == Self.start)
        #expect(first?.retries == 0)
        let second = Escrow.after(
            .serviceIncompatible, previous: first, at: retriedAt, schedule: Self.schedule)
        #expect(second?.nextAttempt == retriedAt + .hours(6))
        #expect(second?.retries == 1)
        #expect(second?.createdAt == Self.start)
    }

    @Test("an outage is tried again in every cycle, and given up after 28 days as well")
    func transientPeriod() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        bench.target.rule = Self.refuse("ada@", HTTPResponse(status: 503))
        try bench.cycle()
        for retry in 1...3 {
            try bench.cycle()
            #expect(bench.target.writes.count == 1)
            #expect(bench.state.escrows.rows.first(where: { _ in true })?.retries == retry)
        }
        bench.now = TestDirectory.start + .minutes(40) + .days(28)
        try bench.cycle()
        #expect(bench.rows.first?.failure?.reason.hasSuffix("will not be retried.") == true)
        #expect(bench.state.escrows.isEmpty)
    }

    @Test("Retry-After is ignored, or moves the retry but not the cycle, as the setting says — §12")
    func retryAfter() throws {
        // In seconds and as a date, an hour and a half later; nonsense asks for nothing.
        let date = (TestDirectory.start + .minutes(90)).httpDate
        for (setting, text, minutes) in [
            (ProvisioningSettings.RetryAfter.ignored, "5400", 40), (.delaysRetry, "5400", 120),
            (.ignored, date, 40), (.delaysRetry, date, 120), (.delaysRetry, "-5400", 40),
            (.delaysRetry, "tomorrow", 40), (.delaysRetry, TestDirectory.start.httpDate, 40),
        ] {
            var directory = TestDirectory()
            directory.addUser("ada")
            directory.addUser("bob")
            var bench = Bench(directory)
            bench.settings.retryAfter = setting
            var busy = HTTPResponse(status: 429)
            busy.headers.append("Retry-After", text)
            bench.target.rule = Self.refuse("ada@", busy)
            try bench.cycle()
            #expect(bench.target.users.count == 1)
            bench.target.rule = nil
            var waited = 0
            while bench.target.users.count < 2, waited < 400 {
                waited += 40
                try bench.cycle()
            }
            #expect(waited == minutes)
        }
    }

    @Test("a changed object is tried again at once, and the row begins with the retry")
    func changedMeanwhile() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        bench.target.rule = Self.refuse("ada@", HTTPResponse(status: 400))
        try bench.cycle()
        try bench.cycle()
        try bench.cycle()
        #expect(bench.target.writes.isEmpty)
        bench.target.rule = nil
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.rowTexts == ["create success Ada Moss"])
        let retry = bench.rows.first?.steps.first
        #expect(retry?.kind == .escrowRetry)
        #expect(retry?.details.first == .init("CountProcessed", "1"))
        #expect(retry?.details.contains(.init("ModificationType", "Add")) == true)
    }

    @Test("a member refused for its data backs off alone and is counted apart")
    func referenceEscrow() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob", "cyd"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada", "bob", "cyd"])
        var bench = Bench(directory)
        bench.target.rule = Self.refuse(#""value":"u-cyd""#, HTTPResponse(status: 400))
        let first = try bench.cycle()
        // One PATCH of three members, refused as a whole.
        #expect(first?.counters.failedReferences == 3)
        #expect(bench.state.deferrals.count == 3)
        #expect(bench.state.escrows.isEmpty)
        try bench.cycle()
        // Tried one by one, the bad one holds nobody up.
        #expect(bench.writes.count == 3)
        #expect(bench.target.members(of: "Builders").count == 2)
        #expect(bench.state.deferrals.count == 1)
        #expect(bench.rows.allSatisfy { $0.steps.first?.kind == .escrowRetry })
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        bench.now = TestDirectory.start + .hours(7)
        bench.target.rule = nil
        try bench.cycle()
        #expect(bench.target.members(of: "Builders").count == 3)
        #expect(bench.state.deferrals.isEmpty)
    }

    @Test("each member has its own row that names the target's id — §5.3")
    func memberRows() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada", "bob"])
        var bench = Bench(directory)
        try bench.cycle()
        let rows = bench.rows.filter { $0.modified.first?.name == "members" }
        #expect(
            rows.map { $0.modified } == [
                [.init("members", old: nil, new: "u-ada")],
                [.init("members", old: nil, new: "u-bob")],
            ])
        #expect(rows.allSatisfy { $0.action == .update && $0.targetID == "g-Builders" })
        bench.directory.removeMember("ada", from: "Builders")
        try bench.cycle()
        #expect(
            bench.rows.last?.modified == [.init("members", old: "u-ada", new: nil)])
        #expect(bench.rows.last?.steps.map(\.kind) == [.importUpdate, .targetRead, .exportUpdate])
    }
}
