import SimCore
import SimDirectory
import SimRuntime
import Testing

@Suite("The journal of a tenant")
struct JournalTests {
    private let scratch: Scratch
    private let start = Stored.start

    init() throws {
        scratch = try Scratch()
        try Stored.begin(scratch)
    }

    @Test("gives back after a restart everything that was acknowledged")
    func restart() throws {
        do {
            let stored = try Stored(scratch)
            try stored.tenant.append([.userCreated(Stored.user("ann"))], at: start)
            try stored.tenant.append(
                [
                    .userCreated(Stored.user("bob")),
                    .userManagerChanged(Stored.user("bob").id, Stored.user("ann").id),
                ], at: start + .seconds(1))
            try stored.tenant.append(
                [
                    .provisioning(
                        job: "j", kind: "watermark", payload: Deferred<JSONValue>(["at": 4]))
                ],
                at: start)
        }
        let again = try Stored(scratch)
        let snapshot = again.tenant.snapshot()
        #expect(snapshot.sequence == 5)
        #expect(snapshot.users.map(\.displayName) == ["ann", "bob"])
        #expect(snapshot.directReports(of: Stored.user("ann").id) == [Stored.user("bob").id])
        #expect(snapshot.changes(after: 3).map(\.sequence) == [4])
        #expect(again.replayed.map(\.sequence) == [5])
        try again.tenant.append([.userDeleted(Stored.user("ann").id)], at: start)
        #expect(again.tenant.snapshot().sequence == 6)
    }

    @Test("is readable by its owner only, and leaves no temporary files")
    func privacy() throws {
        let stored = try Stored(scratch)
        try stored.tenant.append([.userCreated(Stored.user("ann"))], at: start)
        try stored.journal.compact(stored.tenant.snapshot())
        #expect(try scratch.mode("data") == 0o700)
        #expect(try scratch.names("data") == ["lock", "log.jsonl", "snapshot-2.jsonl"])
        for name in try scratch.names("data") {
            #expect(try scratch.mode("data/" + name) == 0o600)
        }
    }

    @Test("is refused to a second user while the first has it, by folder and process")
    func lock() throws {
        let first = try Stored(scratch)
        do {
            _ = try Stored(scratch)
            Issue.record("opened twice")
        } catch let error as JournalError {
            guard case .inUse(let folder, let pid) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(folder == scratch.path + "/data")
            #expect(pid != nil)
            #expect(error.message.contains("is in use by process"))
        }
        withExtendedLifetime(first) {}
    }

    @Test("tells whether the fixture is the one it began with")
    func fixtureDigest() throws {
        func state(_ digest: String) throws -> JournalOpening.FixtureState {
            try JournalOpening.open(
                folder: scratch.path + "/data", tenant: "sample", fixtureDigest: digest
            ) { _ in }.fixture
        }
        #expect(try state("digest") == .unchanged)
        #expect(try state("other") == .changed(old: "digest", new: "other"))
        let fresh = try JournalOpening.open(
            folder: scratch.path + "/fresh", tenant: "sample", fixtureDigest: "x"
        ) { _ in }
        #expect(fresh.fixture == .fresh)
    }

    @Test("of another tenant is not taken over")
    func otherTenant() throws {
        do throws(JournalError) {
            let opening = try JournalOpening.open(
                folder: scratch.path + "/data", tenant: "fabrikam", fixtureDigest: "digest"
            ) { _ in }
            Issue.record("opened with \(opening.fixture)")
        } catch {
            #expect(error == .otherTenant(folder: scratch.path + "/data", name: "sample"))
        }
    }

    @Test("starts over when asked, and forgets the snapshots of the old log")
    func reseed() throws {
        do {
            let stored = try Stored(scratch)
            try stored.tenant.append([.userCreated(Stored.user("ann"))], at: start)
            try stored.journal.compact(stored.tenant.snapshot())
        }
        try Stored.begin(scratch, digest: "new")
        let again = try Stored(scratch, digest: "new")
        #expect(again.tenant.snapshot().userCount == 0)
        #expect(again.tenant.snapshot().sequence == 1)
        #expect(try scratch.names("data") == ["lock", "log.jsonl"])
    }

    @Test("keeps what several threads appended at once, durably")
    func durable() async throws {
        do {
            let stored = try Stored(scratch, durability: .durable)
            let tenant = stored.tenant
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try tenant.append(
                            [.userCreated(Stored.user("u\(number)"))], at: Stored.start)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(try Stored(scratch).tenant.snapshot().userCount == 40)
    }
}

@Suite("Compacting the journal of a tenant")
struct CompactionTests {
    private let scratch: Scratch
    private let start = Stored.start

    init() throws {
        scratch = try Scratch()
        try Stored.begin(scratch)
    }

    @Test("keeps state, watermarks, changes and provisioning records, and what came meanwhile")
    func compaction() throws {
        do {
            let stored = try Stored(scratch)
            for name in ["ann", "bob", "eve"] {
                try stored.tenant.append([.userCreated(Stored.user(name))], at: start)
            }
            try stored.tenant.append([.userDeleted(Stored.user("bob").id)], at: start)
            try stored.tenant.append(
                [
                    .provisioning(
                        job: "j", kind: "log", payload: Deferred<JSONValue>(["entry": "old"])),
                    .provisioning(job: "j", kind: "watermark", payload: Deferred(4)),
                ], at: start)
            let held = stored.tenant.snapshot()
            try stored.tenant.append([.userCreated(Stored.user("late"))], at: start)
            try stored.journal.compact(held) { record in
                if case .provisioning(_, "log", _) = record.event { false } else { true }
            }
            #expect(stored.journal.recordsSinceSnapshot == 1)
            try stored.tenant.append([.userCreated(Stored.user("later"))], at: start)
        }
        let again = try Stored(scratch)
        let snapshot = again.tenant.snapshot()
        #expect(snapshot.sequence == 9)
        #expect(snapshot.users.map(\.displayName) == ["ann", "eve", "late", "later"])
        #expect(snapshot.deletedUsers.map(\.displayName) == ["bob"])
        #expect(snapshot.changes(after: 0).map(\.sequence) == [2, 3, 4, 5, 8, 9])
        #expect(
            again.replayed.map(\.event) == [
                .provisioning(job: "j", kind: "watermark", payload: Deferred(4))
            ])
    }

    @Test("twice keeps one snapshot, and the provisioning records of the first")
    func twice() throws {
        do {
            let stored = try Stored(scratch)
            try stored.tenant.append(
                [.provisioning(job: "j", kind: "a", payload: Deferred(1))], at: start)
            try stored.journal.compact(stored.tenant.snapshot())
            try stored.tenant.append(
                [.provisioning(job: "j", kind: "b", payload: Deferred(2))], at: start)
            try stored.journal.compact(stored.tenant.snapshot())
        }
        #expect(try scratch.names("data") == ["lock", "log.jsonl", "snapshot-3.jsonl"])
        let again = try Stored(scratch)
        #expect(
            again.replayed.map(\.event) == [
                .provisioning(job: "j", kind: "a", payload: Deferred(1)),
                .provisioning(job: "j", kind: "b", payload: Deferred(2)),
            ])
        try again.tenant.append([.userCreated(Stored.user("ann"))], at: start)
        #expect(again.tenant.snapshot().sequence == 4)
    }

    @Test("interrupted after the snapshot was written, before the log was cut, loses nothing")
    func interrupted() throws {
        var log: [UInt8] = []
        do {
            let stored = try Stored(scratch)
            for name in ["ann", "bob"] {
                try stored.tenant.append([.userCreated(Stored.user(name))], at: start)
            }
            log = try scratch.read("data/log.jsonl")
            try stored.journal.compact(stored.tenant.snapshot())
        }
        try scratch.write("data/log.jsonl", log)
        try scratch.write("data/snapshot-9.jsonl.tmp", [1, 2, 3])
        let again = try Stored(scratch)
        #expect(again.tenant.snapshot().users.map(\.displayName) == ["ann", "bob"])
        #expect(again.tenant.snapshot().sequence == 3)
        #expect(try scratch.names("data") == ["lock", "log.jsonl", "snapshot-3.jsonl"])
    }

    @Test("is missed when its file is gone, not skipped in silence")
    func missingSnapshot() throws {
        do {
            let stored = try Stored(scratch)
            try stored.tenant.append([.userCreated(Stored.user("ann"))], at: start)
            try stored.journal.compact(stored.tenant.snapshot())
        }
        try scratch.remove("data/snapshot-2.jsonl")
        #expect(throws: JournalError.missingSnapshot(folder: scratch.path + "/data", sequence: 2)) {
            try Stored(scratch)
        }
    }

    @Test("cut short is reported with its line", arguments: [1, 40, 150])
    func damagedSnapshot(missing: Int) throws {
        do {
            let stored = try Stored(scratch)
            try stored.tenant.append([.userCreated(Stored.user("ann"))], at: start)
            try stored.journal.compact(stored.tenant.snapshot())
        }
        let whole = try scratch.read("data/snapshot-2.jsonl")
        try scratch.write("data/snapshot-2.jsonl", Array(whole.dropLast(missing)))
        do {
            _ = try Stored(scratch)
            Issue.record("opened without its last \(missing) bytes")
        } catch JournalError.damaged(let file, let line, _, _) {
            #expect(file.hasSuffix("data/snapshot-2.jsonl"))
            #expect(line > 1)
        }
    }
}
