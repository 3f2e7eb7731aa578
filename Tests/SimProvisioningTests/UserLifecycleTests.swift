import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("A user's life in the target — provisioning.md §1.8")
struct UserLifecycleTests {
    private func bench(
        _ configure: (inout TestDirectory) -> Void = { _ in }
    ) throws -> Bench {
        var directory = TestDirectory()
        directory.addUser("ada")
        configure(&directory)
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    @Test("somebody assigned is created, switched on")
    func create() throws {
        let bench = try bench()
        #expect(bench.rowTexts == ["create success Ada Moss"])
        #expect(bench.target.user(named: "ada@fabrikam.example")?["active"] == true)
        #expect(bench.state.links[.user(TestDirectory.userID("ada"))]?.target == "u-ada")
    }

    @Test("a cycle in which nothing changed makes no call but the probe")
    func nothing() throws {
        var bench = try bench()
        let summary = try bench.cycle()
        #expect(bench.target.calls.count == 2)
        #expect(bench.rows.isEmpty)
        #expect(summary?.kind == .incremental)
        #expect(summary?.result == .succeeded)
    }

    @Test("a changed attribute is read, compared and sent alone")
    func update() throws {
        var bench = try bench()
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(bench.write.hasSuffix(#"[{"op":"Add","path":"title","value":"Engineer"}]}"#))
        #expect(bench.rowTexts == ["update success Ada Moss"])
        #expect(bench.rows.first?.modified == [.init("title", old: nil, new: "Engineer")])
    }

    @Test("a change that makes no difference is skipped as RedundantExport")
    func redundant() throws {
        var bench = try bench()
        bench.directory.set("ada", "companyName", "Fabrikam")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.rowTexts == ["other skipped Ada Moss (RedundantExport)"])
    }

    @Test("a cleared attribute is never sent")
    func cleared() throws {
        var bench = try bench()
        bench.directory.set("ada", "mail", nil)
        try bench.cycle()
        #expect(bench.writes.isEmpty)
    }

    @Test("taken away, blocked or deleted: the target is told active False")
    func disable() throws {
        let events: [(String, (inout TestDirectory) -> Void)] = [
            ("unassigned", { $0.unassign("ada") }),
            ("blocked", { $0.set("ada", "accountEnabled", false) }),
            ("in the recycle bin", { $0.append(.userDeleted(TestDirectory.userID("ada"))) }),
        ]
        for (name, event) in events {
            var bench = try bench()
            event(&bench.directory)
            try bench.cycle()
            #expect(bench.writes.count == 1, "\(name)")
            #expect(
                bench.writes.first?.contains(
                    #"[{"op":"Replace","path":"active","value":"False"}]"#) == true, "\(name)")
            #expect(bench.rowTexts == ["disable success Ada Moss"], "\(name)")
        }
    }

    @Test("switched off twice, the second time is skipped as RedundantSoftDelete")
    func redundantSoftDelete() throws {
        var bench = try bench { _ in }
        bench.directory.set("ada", "accountEnabled", false)
        try bench.cycle()
        bench.directory.set("ada", "jobTitle", "Retired")
        try bench.cycle()
        #expect(bench.target.calls.count == 2)
        #expect(bench.rowTexts == ["other skipped Ada Moss (RedundantSoftDelete)"])
    }

    @Test("assigned again, the account is switched on again")
    func reassign() throws {
        var bench = try bench()
        bench.directory.unassign("ada")
        try bench.cycle()
        bench.directory.assign(.user(TestDirectory.userID("ada")), "ada")
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(bench.write.contains(#"{"op":"Replace","path":"active","value":"True"}"#))
        #expect(bench.rowTexts == ["update success Ada Moss"])
        #expect(bench.state.links[.user(TestDirectory.userID("ada"))]?.standing == .active)
    }

    @Test("purged while managed, the account is deleted in the target")
    func purge() throws {
        let id = TestDirectory.userID("ada")
        var bench = try bench()
        bench.directory.append(.userDeleted(id))
        try bench.cycle()
        bench.directory.append(.userPurged(id))
        try bench.cycle()
        #expect(bench.writes == ["DELETE /scim/Users/u-ada"])
        #expect(bench.rowTexts == ["delete success ‹gone›"])
        #expect(bench.state.links[.user(id)] == nil)
    }

    @Test("unassigned first, a later purge sends no DELETE")
    func unmanagedPurge() throws {
        let id = TestDirectory.userID("ada")
        var bench = try bench()
        bench.directory.unassign("ada")
        try bench.cycle()
        bench.directory.append(.userDeleted(id))
        try bench.cycle()
        bench.directory.append(.userPurged(id))
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.state.links[.user(id)] == nil)
    }

    @Test("deleted and purged between two cycles, the target gets the DELETE, or not — §1.12")
    func fastPurge() throws {
        let id = TestDirectory.userID("ada")
        for (loses, writes) in [(false, ["DELETE /scim/Users/u-ada"]), (true, [])] {
            var bench = try bench()
            bench.settings.losesDeleteOnFastPurge = loses
            bench.directory.append(.userDeleted(id))
            bench.directory.append(.userPurged(id))
            try bench.cycle()
            #expect(bench.writes == writes)
        }
    }

    @Test("a blocked person is never created, and the log says why")
    func disabledNeverCreated() throws {
        let bench = try bench { $0.addUser("bob", enabled: false) }
        #expect(bench.target.user(named: "bob@fabrikam.example") == nil)
        #expect(bench.rowTexts.contains("other skipped Bob Moss (NotEffectivelyEntitled)"))
    }

    @Test("unassign, then restart before the next cycle: the disable is lost — §1.12")
    func restartLosesDisable() throws {
        var bench = try bench()
        bench.directory.unassign("ada")
        bench.apply(.restarted(.portal))
        let summary = try bench.cycle()
        #expect(summary?.kind == .initial)
        #expect(bench.writes.isEmpty)
    }
}
