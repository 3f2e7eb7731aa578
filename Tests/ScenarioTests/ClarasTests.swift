import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("Claras: connection and people")
struct ClarasTests {
    private static let diego = "diego.siciliani@contoso.example"

    @Test("step 1: a group counts only while it is assigned to the app")
    func unassignedGroup() async throws {
        let scene = try Scene()
        try scene.directory.unassign("claras-managers", from: "Claras")
        try await scene.provisioning("Claras").runCycle()
        let before = try await scene.team("claras")
        #expect(before.groups["claras-managers"] == nil)
        #expect(try before.person(Self.diego).role == "Adviser")
        #expect(!before.people.contains { $0.email == "nestor.wilke@contoso.example" })
        try scene.directory.assign("claras-managers", to: "Claras")
        try await scene.provisioning("Claras").runCycle()
        let after = try await scene.team("claras")
        #expect(try after.person(Self.diego).role == "Manager")
        #expect(try after.person("nestor.wilke@contoso.example").role == "Manager")
    }

    @Test("step 1: a role without a group is fine")
    func roleWithoutGroup() async throws {
        let scene = try Scene()
        try scene.directory.delete(group: "claras-assistants")
        let outcome = try await scene.provisioning("Claras").runCycle()
        #expect(outcome.state == .succeeded)
        let team = try await scene.team("claras")
        #expect(Set(team.people.map(\.role)) == ["Owner", "Manager", "Adviser"])
    }

    @Test("step 2: a key is shown once; only scim.full may provision, an unknown key may nothing")
    func keys() async throws {
        let scene = try Scene()
        let full = try await Self.issueKey(scene, scope: "scim.full")
        let reading = try await Self.issueKey(scene, scope: "clients.read")
        let again = try await scene.team("claras")
        #expect(!again.page.text.contains(full) && !again.page.text.contains(reading))
        #expect(again.page.text.contains("…\(full.suffix(4))"))
        func status(_ key: String) async throws -> Int {
            try await scene.browser.get(
                "/apps/claras/api/scim/v2/Users", ["Authorization": "Bearer \(key)"]
            ).status
        }
        #expect(try await status(full) == 200)
        #expect(try await status(reading) == 403)
        #expect(try await status("claras_unknown") == 401)
        let bare = try await scene.browser.get("/apps/claras/api/scim/v2/Users")
        #expect(bare.status == 401)
    }

    @Test("step 3: tenant URL and key are all a new configuration needs")
    func newConfiguration() async throws {
        let scene = try Scene()
        let key = try await Self.issueKey(scene, scope: "scim.full")
        try scene.directory.addApp("Claras Trial")
        try scene.directory.assign("claras-advisers", to: "Claras Trial")
        let base = scene.simulator.baseURL
        try scene.directory.setProvisioning(
            of: "Claras Trial", tenantURL: "\(base)/apps/claras/api/scim/v2", token: key,
            isOn: false)
        let job = scene.provisioning("Claras Trial")
        #expect(try await job.testConnection().isSuccess)
        let outcome = try await job.runCycle()
        #expect(outcome.state == .succeeded && outcome.counts.created == 4)
        let team = try await scene.team("claras")
        #expect(Set(team.people.map(\.role)) == ["Adviser"])
        #expect(team.people.allSatisfy { !$0.name.isEmpty && $0.email.contains("@") })
    }

    @Test("step 4: after Start provisioning the assigned people appear on the team page")
    func start() async throws {
        let scene = try Scene { $0.clock = .system }
        try await scene.provisioning("Claras").pause()
        try await scene.provisioning("Claras").start()
        let deadline = ContinuousClock.now + .seconds(120)
        var team = try await scene.team("claras")
        while team.groups["claras-assistants"] != 2, ContinuousClock.now < deadline {
            team = try await scene.team("claras")
        }
        #expect(
            Set(team.people.map(\.name)) == [
                "Patti Fernandez", "Nestor Wilke", "Diego Siciliani", "Lee Gu", "Joni Sherman",
                "Christie Cline", "Debra Berger",
            ])
    }

    @Test("step 4: a paused job runs no cycle, whatever the time")
    func paused() async throws {
        let scene = try Scene()
        try await scene.provisioning("Claras").pause()
        let ran = try await scene.clock.advance(by: .seconds(86_400))
        #expect(!ran.contains { $0.what.hasPrefix("Claras:") })
        try await scene.provisioning("Claras").start()
        let then = try await scene.clock.advance(by: .zero)
        #expect(then.contains { $0.what.hasPrefix("Claras: initial cycle") })
    }

    enum Leaving: String, CaseIterable {
        case removedFromTheApp, removedFromTheGroup, blocked, deleted

        func happens(to user: String, in directory: Simulator.Directory) throws {
            switch self {
            case .removedFromTheApp: try directory.unassign(user, from: "Claras")
            case .removedFromTheGroup: try directory.removeMember(user, from: "claras-leavers")
            case .blocked: try directory.disable(user: user)
            case .deleted: try directory.delete(user: user)
            }
        }
    }

    @Test(
        "step 5: who leaves is archived by the next cycle, not before", arguments: Leaving.allCases)
    func leaver(_ leaving: Leaving) async throws {
        let scene = try Scene()
        let user = "grady.archie@contoso.example"
        switch leaving {
        case .removedFromTheApp: try scene.directory.assign(user, to: "Claras")
        case .removedFromTheGroup, .blocked, .deleted:
            try scene.directory.addGroup("claras-leavers", members: [user])
            try scene.directory.assign("claras-leavers", to: "Claras")
        }
        try await scene.provisioning("Claras").runCycle()
        #expect(try await !scene.team("claras").person(user).isArchived)
        try leaving.happens(to: user, in: scene.directory)
        try await scene.clock.advance(by: .seconds(39 * 60))
        #expect(try await !scene.team("claras").person(user).isArchived)
        try await scene.clock.advance(by: .seconds(60))
        #expect(try await scene.team("claras").person(user).isArchived)
    }

    @Test("step 5: who comes back is active again after the next cycle")
    func comesBack() async throws {
        let scene = try Scene()
        let user = "lee.gu@contoso.example"
        let claras = scene.provisioning("Claras")
        try await claras.runCycle()
        try scene.directory.disable(user: user)
        #expect(try await claras.runCycle().counts.disabled == 1)
        try scene.directory.enable(user: user)
        try await claras.runCycle()
        #expect(try await !scene.team("claras").person(user).isArchived)
    }

    /// Fills in the page's form; the answer is the only place the value stands in.
    private static func issueKey(_ scene: Scene, scope: String) async throws -> String {
        let team = try await scene.team("claras")
        let form = try #require(team.page.forms.first { $0.action == "keys" })
        let absolute = Form(action: "/apps/claras/keys", fields: form.fields)
        let answer = try await scene.browser.submit(
            absolute, ["name": "Key for \(scope)", "scope": scope])
        let value = answer.text.pieces(after: "claras_").map {
            "claras_" + $0.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        }
        return try #require(value.first)
    }
}
