import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Groups, members and managers — provisioning.md §1.5, §1.6, §7.5")
struct GroupAndReferenceTests {
    private func bench(
        _ url: String = "https://target.example/scim",
        _ configure: (inout TestDirectory) -> Void
    ) throws -> Bench {
        var directory = TestDirectory(tenantURL: url)
        configure(&directory)
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    private func company(_ directory: inout TestDirectory) {
        directory.addUser("ada", assigned: false)
        directory.addUser("bob", assigned: false)
        directory.addGroup("Builders", members: ["ada", "bob"])
    }

    @Test("an assigned group brings its direct members; users first, members last")
    func firstCycle() throws {
        let bench = try bench("https://target.example/scim", company)
        #expect(
            bench.target.writes.map { "\($0.method.rawValue) \($0.target)" } == [
                "POST /scim/Users", "POST /scim/Users", "POST /scim/Groups",
                "PATCH /scim/Groups/g-Builders",
            ])
        #expect(
            bench.target.members(of: "Builders")
                == ["ada@fabrikam.example", "bob@fabrikam.example"])
    }

    @Test("a full cycle over an unchanged target writes nothing")
    func secondInitialCycle() throws {
        var bench = try bench("https://target.example/scim", company)
        bench.apply(.restarted(.portal))
        let summary = try bench.cycle()
        #expect(summary?.kind == .initial)
        #expect(bench.writes.isEmpty)
    }

    @Test("a Full restart forgets the links and adopts everybody again by query")
    func fullRestart() throws {
        var bench = try bench("https://target.example/scim", company)
        bench.apply(.restarted(.full))
        #expect(bench.state.links.isEmpty)
        try bench.cycle()
        #expect(bench.target.writes.map(\.method) == [.patch])
        #expect(bench.state.links.count == 3)
    }

    @Test("members of a nested group are neither read nor sent")
    func nesting() throws {
        let bench = try bench("https://target.example/scim") { directory in
            directory.addUser("ada", assigned: false)
            directory.addGroup("Inner", assigned: false, members: ["ada"])
            directory.addGroup("Outer")
            directory.append(
                .memberAdded(
                    TestDirectory.groupID("Outer"), .group(TestDirectory.groupID("Inner"))))
        }
        #expect(bench.target.users.isEmpty)
        #expect(bench.target.members(of: "Outer") == [])
    }

    @Test("an assigned group that is no security group counts for nothing")
    func notSecurityEnabled() throws {
        let bench = try bench("https://target.example/scim") { directory in
            directory.addUser("ada", assigned: false)
            directory.addGroup("Mailing", securityEnabled: false, members: ["ada"])
        }
        #expect(bench.target.writes.isEmpty)
    }

    @Test("a new member is created and added in the same cycle")
    func memberAdded() throws {
        var bench = try bench("https://target.example/scim", company)
        bench.directory.addUser("cyd", assigned: false)
        bench.directory.addMember("cyd", to: "Builders")
        try bench.cycle()
        #expect(bench.writes.count == 2)
        #expect(
            bench.writes.last?.contains(
                #"[{"op":"Add","path":"members","value":[{"value":"u-cyd"}]}]"#) == true)
        #expect(bench.rowTexts == ["create success Cyd Moss", "update success Builders"])
        #expect(bench.rows.last?.modified == [.init("members", old: nil, new: "u-cyd")])
    }

    @Test("a member who leaves the assigned group is switched off and taken out")
    func memberRemoved() throws {
        var bench = try bench("https://target.example/scim", company)
        bench.directory.removeMember("bob", from: "Builders")
        try bench.cycle()
        #expect(bench.rowTexts == ["disable success Bob Moss", "update success Builders"])
        #expect(bench.target.members(of: "Builders") == ["ada@fabrikam.example"])
        #expect(bench.rows.last?.modified == [.init("members", old: "u-bob", new: nil)])
    }

    @Test("many members go in batches of the setting's size")
    func batches() throws {
        var directory = TestDirectory()
        let names = (1...7).map { "user\($0)" }
        for name in names { directory.addUser(name, assigned: false) }
        directory.addGroup("Crowd", members: names)
        var bench = Bench(directory)
        bench.settings.memberBatchSize = 3
        try bench.cycle()
        #expect(bench.target.writes.count { $0.method == .patch } == 3)
        #expect(bench.target.members(of: "Crowd").count == 7)
    }

    @Test("a renamed group sends its new name")
    func rename() throws {
        var bench = try bench("https://target.example/scim", company)
        bench.directory.rename("Builders", "Makers")
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(
            bench.write.contains(#"{"op":"Replace","path":"displayName","value":"Makers"}"#))
    }

    @Test("a group unassigned or deleted is deleted in the target, its people switched off")
    func groupGone() throws {
        let events: [(String, (inout TestDirectory) -> Void)] = [
            ("unassigned", { $0.unassign("Builders") }),
            ("deleted", { $0.append(.groupDeleted(TestDirectory.groupID("Builders"))) }),
        ]
        for (name, event) in events {
            var bench = try bench("https://target.example/scim", company)
            event(&bench.directory)
            try bench.cycle()
            #expect(bench.writes.last == "DELETE /scim/Groups/g-Builders", "\(name)")
            #expect(
                bench.rowTexts.filter { $0.hasPrefix("disable success") }.count == 2, "\(name)")
        }
    }

    @Test("two groups of one name: the second is refused as DuplicateSourceEntries")
    func sameName() throws {
        var directory = TestDirectory()
        directory.addGroup("Sales")
        directory.addGroup("Other")
        directory.rename("Other", "Sales")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.target.groups.count == 1)
        #expect(
            bench.rowTexts == [
                "create success Sales", "other failure Sales (DuplicateSourceEntries)",
            ])
    }

    @Test("without group provisioning, only the people are sent")
    func usersOnly() throws {
        var directory = TestDirectory { $0.provisionsGroups = false }
        company(&directory)
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.target.groups.isEmpty)
        #expect(bench.target.users.count == 2)
        bench.directory.append(.groupDeleted(TestDirectory.groupID("Builders")))
        try bench.cycle()
        #expect(bench.rowTexts.count == 2)
    }

    @Test("a manager in scope is written as a bare id once both are there")
    func manager() throws {
        let bench = try bench("https://target.example/scim") { directory in
            directory.addUser("ada")
            directory.addUser("boss")
            directory.setManager("boss", of: "ada")
        }
        #expect(
            bench.writes.last?.contains(
                #"{"op":"Add","path":"\#(ObjectNames.enterpriseUser):manager","value":"u-boss"}"#
            ) == true)
    }

    @Test("a changed manager replaces, a removed one is cleared")
    func managerChanges() throws {
        var bench = try bench("https://target.example/scim") { directory in
            for name in ["ada", "boss", "chief"] { directory.addUser(name) }
            directory.setManager("boss", of: "ada")
        }
        bench.directory.setManager("chief", of: "ada")
        try bench.cycle()
        #expect(bench.write.contains(#""op":"Replace""#) && bench.write.contains("u-chief"))
        bench.directory.setManager(nil, of: "ada")
        try bench.cycle()
        #expect(bench.write.hasSuffix(#":manager","value":""}]}"#))
        #expect(bench.rows.last?.modified.first?.new == nil)
        try bench.cycle()
        #expect(bench.writes.isEmpty)
    }

    @Test("a manager who comes into scope later is not filled in until a restart")
    func lateManager() throws {
        var bench = try bench("https://target.example/scim") { directory in
            directory.addUser("ada")
            directory.addUser("boss", assigned: false)
            directory.setManager("boss", of: "ada")
        }
        bench.directory.assign(.user(TestDirectory.userID("boss")), "boss")
        try bench.cycle()
        #expect(bench.target.writes.map(\.method) == [.post])
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(bench.write.contains("u-boss"))
    }

    @Test("who entered a group and was deleted before the cycle is not added; who was in it stays")
    func deletedMember() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["bob"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.addMember("ada", to: "Builders")
        for name in ["ada", "bob"] {
            bench.directory.append(.userDeleted(TestDirectory.userID(name)))
        }
        try bench.cycle()
        #expect(bench.rows.map(\.action) == [.disable, .disable])
        #expect(bench.target.members(of: "Builders") == ["bob@fabrikam.example"])
        // Restored, the membership is not replayed before a restart. §1.8.
        bench.directory.append(.userRestored(TestDirectory.userID("ada")))
        try bench.cycle()
        #expect(bench.target.members(of: "Builders").count == 1)
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.target.members(of: "Builders").count == 2)
    }

    @Test("a member whose creation failed is added when the retry succeeds")
    func deferredMember() throws {
        var directory = TestDirectory()
        company(&directory)
        directory.setManager("bob", of: "ada")
        var bench = Bench(directory)
        bench.target.rule = { request in
            request.method == .post
                && String(decoding: request.body, as: UTF8.self).contains("bob@")
                ? .success(HTTPResponse(status: 429)) : nil
        }
        let summary = try bench.cycle()
        #expect(summary?.result == .entryLevelErrors)
        #expect(bench.target.members(of: "Builders") == ["ada@fabrikam.example"])
        bench.target.rule = nil
        try bench.cycle()
        #expect(
            bench.target.members(of: "Builders")
                == ["ada@fabrikam.example", "bob@fabrikam.example"])
        #expect(bench.writes.contains { $0.contains(#":manager","value":"u-bob"#) })
        #expect(bench.state.deferrals.isEmpty)
        #expect(bench.state.escrows.isEmpty)
    }
}
