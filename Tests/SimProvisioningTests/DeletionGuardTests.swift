import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Accidental-deletion prevention — provisioning.md §3")
struct DeletionGuardTests {
    private func bench(threshold: Int = 3, users: Int = 6) throws -> Bench {
        var directory = TestDirectory {
            $0.notifications = SyncNotificationSettings(deleteThreshold: threshold)
        }
        for number in 0..<users { directory.addUser("user\(number)") }
        directory.addGroup("Builders", members: ["user0"])
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    @Test("threshold 3, four people unassigned: staged, nothing sent, quarantine TooManyDeletes")
    func staged() throws {
        var bench = try bench()
        for number in 1..<5 { bench.directory.unassign("user\(number)") }
        bench.directory.set("user5", "jobTitle", "Engineer")
        let summary = try bench.cycle()
        // Others are still provisioned.
        #expect(bench.writes.count == 1)
        #expect(bench.write.contains("u-user5"))
        #expect(summary?.counters.staged == 4)
        #expect(bench.rows.filter { $0.action == .stagedDelete }.count == 4)
        #expect(bench.state.quarantine?.reason == .tooManyDeletes)
        let resource = try bench.directory.job(bench.settings).resource(bench.state)
        #expect(
            resource["synchronizationJobSettings"]?.arrayValue?.first?["name"]?.stringValue
                == "QuarantineTooManyDeletesThreshold")
    }

    @Test("as many as the threshold pass, unless the setting says so; a group deleted counts")
    func boundary() throws {
        for (isInclusive, staged) in [(false, 0), (true, 3)] {
            var bench = try bench()
            bench.settings.deletionThresholdIsInclusive = isInclusive
            for number in 1..<3 { bench.directory.unassign("user\(number)") }
            bench.directory.unassign("Builders")
            #expect(try bench.cycle()?.counters.staged == staged)
            #expect(bench.state.staged.count == staged)
        }
    }

    @Test("each cycle counts for itself: three now and three later pass")
    func window() throws {
        var bench = try bench()
        for number in 0..<3 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        for number in 3..<6 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        #expect(bench.state.statusCode == .active)
        #expect(bench.state.staged.isEmpty)
    }

    @Test("Allow deletes sends what is staged and makes the job healthy")
    func allowed() throws {
        var bench = try bench()
        for number in 1..<5 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        bench.apply(.restarted(.forceDeletes))
        #expect(bench.state.nextCycle(interval: .zero) == bench.state.lastExecution?.beganAt)
        try bench.cycle()
        #expect(bench.rows.filter { $0.action == .disable }.count == 4)
        #expect(bench.state.statusCode == .active)
        #expect(bench.state.staged.isEmpty)
        #expect(!bench.state.allowsDeletes)
    }

    @Test("assigned again, then restarted: nothing is disabled and the job is healthy")
    func rejected() throws {
        var bench = try bench()
        for number in 1..<5 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        for number in 1..<5 {
            bench.directory.assign(.user(TestDirectory.userID("user\(number)")), "user\(number)")
        }
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.state.statusCode == .active)
        #expect(bench.state.staged.isEmpty)
    }

    @Test("while held back, every attempt stages again and nothing leaves; start does not help")
    func heldBack() throws {
        var bench = try bench()
        for number in 1..<5 { bench.directory.unassign("user\(number)") }
        for _ in 0..<3 {
            try bench.cycle()
            #expect(bench.writes.isEmpty)
            #expect(bench.rows.count == 4)
            #expect(bench.state.quarantine?.reason == .tooManyDeletes)
            bench.apply(.started)
        }
    }

    @Test("records of the guard survive the journal")
    func codec() throws {
        var bench = try bench()
        for number in 1..<5 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        let notice = ProvisioningNotice(
            at: bench.now, recipients: ["a@b.example"], subject: "s", body: "b")
        let jobDisabled = ProvisioningRecord.disabled
        let others: [ProvisioningRecord] = [
            .unstaged(.user(TestDirectory.userID("ada"))), .escrowsPruned, .deleted,
            .configured(.settings), .configured(.mappings),
            jobDisabled(.paused), .notified(notice),
            .deferred(
                ReferenceEscrow(
                    .manager(of: TestDirectory.userID("ada")),
                    escrow: Escrow.after(
                        .conflict, previous: nil, at: bench.now,
                        schedule: RetrySchedule(bench.settings)))),
        ]
        for record in bench.records + others {
            guard case .provisioning(_, let kind, let payload) = record.event(job: "j") else {
                continue
            }
            let read = try JSONValue(parsing: payload.value.serialized)
            #expect(
                ProvisioningRecord(
                    .provisioning(job: "j", kind: kind, payload: Deferred(read))) == record)
        }
    }
}
