import EntraSim
import SimCore
import SimHTTP
import Testing

/// The tests of the gallery's onboarding workflow against one app, through the job and directly.
/// provisioning.md §9.3, gallery-validation.md §7.
struct OnboardingSuite {
    let scene: Scene
    let control: ControlClient
    let target: TargetClient
    let app: String

    private var job: Simulator.Provisioning { scene.provisioning(app) }
    private var onDemand: String { "apps/\(app)/provisioning/on-demand" }

    /// The newest row about somebody whose action this is.
    private func row(_ name: String, _ action: String) async throws -> JSONValue {
        let rows = try await job.logTexts(limit: 100).map { try JSONValue(parsing: Array($0.utf8)) }
        return try #require(
            rows.first {
                $0["provisioningAction"]?.stringValue == action
                    && $0["sourceIdentity"]?.text.contains(name) == true
            }, "no \(action) row about \(name)")
    }

    private func expectSuccess(_ name: String, _ action: String) async throws {
        #expect(
            try await row(name, action)["provisioningStatusInfo"]?["status"] == "success",
            "\(action) of \(name)")
    }

    private func user(_ name: String) async throws -> JSONValue? {
        try await target.find("Users", "userName", name).resources.first
    }

    private func group(_ name: String) async throws -> JSONValue? {
        try await target.find("Groups", "displayName", name).resources.first
    }

    /// Tests 1 to 4, 6, 7.
    func userLifecycle() async throws {
        let name = "onboard.user@contoso.example"
        #expect(try await user(name) == nil)
        try scene.directory.addUser(name, ["displayName": "Onboard User"])
        try scene.directory.assign(name, to: app)
        try await job.runCycle()
        let id = try #require(try await user(name)?["id"]?.stringValue)
        try await expectSuccess(name, "create")
        try scene.directory.set(
            ["displayName": "Onboard Other", "jobTitle": "Tester", "givenName": "Onno"], of: name)
        try await job.runCycle()
        try await expectSuccess(name, "update")
        let changed = try #require(try await user(name))
        #expect(changed["displayName"] == "Onboard Other" && changed["title"] == "Tester")
        #expect(changed["name"]?["givenName"] == "Onno" && changed["id"]?.stringValue == id)
        try scene.directory.disable(user: name)
        try await job.runCycle()
        try await expectSuccess(name, "disable")
        #expect(try await user(name)?["active"] == false)
        // Restore: unassigned, then assigned again.
        try scene.directory.enable(user: name)
        try await job.runCycle()
        try scene.directory.unassign(name, from: app)
        try await job.runCycle()
        #expect(try await user(name)?["active"] == false)
        try scene.directory.assign(name, to: app)
        try await job.runCycle()
        #expect(try await user(name)?["active"] == true)
        #expect(try await user(name)?["id"]?.stringValue == id)
        // Deleted and purged between two cycles.
        try scene.directory.delete(user: name)
        try scene.directory.purge(user: name)
        try await job.runCycle()
        #expect(try await target.send(.get, "/Users/\(id)").status == 404)
        let deleted = try await job.logTexts(limit: 5)
        #expect(deleted.contains { $0.contains(#""provisioningAction":"delete""#) })
        // On demand.
        let demanded = "onboard.demand@contoso.example"
        try scene.directory.addUser(demanded, ["displayName": "Onboard Demand"])
        try scene.directory.assign(demanded, to: app)
        let answer = try await control.send(.post, onDemand, ["user": .string(demanded)])
        #expect(answer.status == 200)
        #expect(try await user(demanded) != nil)
        try await expectSuccess(demanded, "create")
    }

    /// Test 5.
    func managerLifecycle() async throws {
        let names = ["staff", "first", "second"].map { "onboard.\($0)@contoso.example" }
        for name in names {
            try scene.directory.addUser(name, ["displayName": name])
            try scene.directory.assign(name, to: app)
        }
        try await job.runCycle()
        func newValue() async throws -> String {
            let row = try await row(names[0], "update")
            return row["modifiedProperties"]?.arrayValue?.first?["newValue"]?.stringValue ?? ""
        }
        for manager in names.dropFirst() {
            let patched = try await control.send(
                .patch, "users/\(names[0])", ["manager": .string(manager)])
            #expect(patched.status == 200)
            try await job.runCycle()
            let id = try #require(try await user(manager)?["id"]?.stringValue)
            #expect(try await user(names[0])?.text.contains(id) == true)
            #expect(try await newValue() == id)
        }
        _ = try await control.send(.patch, "users/\(names[0])", ["manager": nil])
        try await job.runCycle()
        let staff = try #require(try await user(names[0]))
        let left = staff[TargetClient.enterprise]?["manager"]?["value"]?.stringValue
        #expect(left == nil || left == "")
        #expect(try await newValue().isEmpty)
    }

    /// Tests 8 to 14.
    func groupLifecycle() async throws {
        let name = "onboard-group"
        let member = "onboard.first@contoso.example"
        try scene.directory.addGroup(name, members: [])
        try scene.directory.assign(name, to: app)
        try await job.runCycle()
        let id = try #require(try await group(name)?["id"]?.stringValue)
        try await expectSuccess(name, "create")
        try scene.directory.addMember(member, to: name)
        try await job.runCycle()
        let memberID = try #require(try await user(member)?["id"]?.stringValue)
        #expect(try await group(name)?["members"]?.text.contains(memberID) == true)
        let added = try await row(name, "update")["modifiedProperties"]?.arrayValue?.first
        #expect(added?["displayName"] == "members" && added?["oldValue"] == .null)
        #expect(added?["newValue"]?.stringValue == memberID)
        try scene.directory.removeMember(member, from: name)
        try await job.runCycle()
        #expect(try await group(name)?["members"]?.text.contains(memberID) != true)
        let removed = try await row(name, "update")["modifiedProperties"]?.arrayValue?.first
        #expect(removed?["oldValue"]?.stringValue == memberID && removed?["newValue"] == .null)
        try scene.directory.rename(group: name, to: "onboard-group-Modified")
        try await job.runCycle()
        #expect(try await group("onboard-group-Modified")?["id"]?.stringValue == id)
        // Restore: unassigned it goes, assigned it comes back.
        try scene.directory.unassign("onboard-group-Modified", from: app)
        try await job.runCycle()
        #expect(try await group("onboard-group-Modified") == nil)
        try await expectSuccess("onboard-group-Modified", "delete")
        try scene.directory.assign("onboard-group-Modified", to: app)
        try await job.runCycle()
        #expect(try await group("onboard-group-Modified") != nil)
        try scene.directory.delete(group: "onboard-group-Modified")
        try await job.runCycle()
        #expect(try await group("onboard-group-Modified") == nil)
        try scene.directory.addGroup("onboard-demand", members: [member])
        try scene.directory.assign("onboard-demand", to: app)
        // Five requests in ten seconds are the limit.
        try await scene.clock.advance(by: .seconds(10))
        let answer = try await control.send(
            .post, onDemand, ["group": "onboard-demand", "members": [.string(member)]])
        #expect(answer.status == 200)
        #expect(try await group("onboard-demand")?["members"]?.text.contains(memberID) == true)
    }
}
