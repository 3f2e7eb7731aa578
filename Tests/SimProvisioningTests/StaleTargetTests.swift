import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Target objects that vanished behind the service's back — provisioning.md §1.10, §1.12")
struct StaleTargetTests {
    private func bench() throws -> Bench {
        var directory = TestDirectory()
        for name in ["ada", "bob"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada", "bob"])
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    @Test("a group made anew gets all its members again")
    func group() throws {
        var bench = try bench()
        bench.target.removeGroup("g-Builders")
        bench.directory.rename("Builders", "Makers")
        try bench.cycle()
        #expect(bench.rowTexts.first == "create success Makers")
        #expect(bench.target.members(of: "Makers").count == 2)
        #expect(bench.state.links[.group(TestDirectory.groupID("Builders"))]?.target == "g-Makers")
        bench.directory.rename("Builders", "Makers")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
    }

    @Test("a person made anew is told to the groups by a restart, not before")
    func user() throws {
        var bench = try bench()
        bench.target.removeUser("u-ada")
        bench.directory.set("ada", "userPrincipalName", "ada2@fabrikam.example")
        try bench.cycle()
        #expect(bench.target.user(named: "ada2@fabrikam.example") != nil)
        #expect(bench.target.members(of: "Builders") == ["bob@fabrikam.example"])
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(
            bench.target.members(of: "Builders")
                == ["ada2@fabrikam.example", "bob@fabrikam.example"])
    }

    @Test("a manager is written again for a person made anew")
    func manager() throws {
        var bench = try bench()
        bench.directory.setManager("bob", of: "ada")
        try bench.cycle()
        bench.target.removeUser("u-ada")
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.target.writes.map(\.method) == [.post, .patch])
        #expect(bench.writes.last?.contains(#":manager","value":"u-bob""#) == true)
    }

    @Test("a DELETE of something gone already is a success, of a user and of a group")
    func deleted() throws {
        var bench = try bench()
        bench.target.rule = { request in
            request.method == .delete ? .success(TinyTarget.notFound) : nil
        }
        bench.directory.append(.userDeleted(TestDirectory.userID("ada")))
        bench.directory.append(.userPurged(TestDirectory.userID("ada")))
        bench.directory.unassign("Builders")
        try bench.cycle()
        #expect(bench.rows.map(\.action) == [.delete, .delete])
        #expect(bench.rows.allSatisfy { $0.status == .success })
        #expect(bench.state.escrows.isEmpty && bench.state.links.count == 1)
    }

    @Test("a disable of somebody gone already needs no call but the read")
    func disabled() throws {
        var bench = try bench()
        bench.target.removeUser("u-ada")
        bench.directory.set("ada", "accountEnabled", false)
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.rowTexts == ["other skipped Ada Moss (RedundantSoftDelete)"])
        // Unblocked, she is looked for and made again.
        bench.directory.set("ada", "accountEnabled", true)
        try bench.cycle()
        #expect(bench.rowTexts == ["create success Ada Moss"])
    }

    @Test("a 404 that is no SCIM error is a failure of its own — §1.10 [W]")
    func notSCIM() throws {
        var bench = try bench()
        bench.target.rule = { request in
            request.target == "/scim/Users/u-ada"
                ? .success(HTTPResponse(status: 404, body: Array("<h1>Not found</h1>".utf8))) : nil
        }
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "other failure Ada Moss "
                    + "(SystemForCrossDomainIdentityManagementServiceIncompatible)"
            ])
        #expect(bench.state.links[.user(TestDirectory.userID("ada"))] != nil)
    }

    @Test("changed by hand in the target: left alone until the source changes or a full cycle")
    func drift() throws {
        var bench = try bench()
        var edited = bench.target.users["u-ada"] ?? JSONObject()
        edited["displayName"] = "Someone"
        bench.target.put(user: edited, id: "u-ada")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.target.user(named: "ada@fabrikam.example")?["displayName"] == "Ada Moss")
    }

    @Test("a member the service never told about stays in the target's group — §1.12 [T]")
    func strangers() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        directory.addGroup("Builders", members: ["ada"])
        var bench = Bench(directory)
        bench.target.put(user: ["userName": "zoe@elsewhere.example"], id: "z")
        bench.target.put(
            group: ["displayName": "Builders", "members": [["value": "z"]]], id: "g-Builders")
        try bench.cycle()
        bench.directory.removeMember("ada", from: "Builders")
        try bench.cycle()
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.target.members(of: "Builders") == ["zoe@elsewhere.example"])
    }
}
