import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("Claras: roles")
struct ClarasRoleTests {
    private static let patti = "patti.fernandez@contoso.example"
    private static let diego = "diego.siciliani@contoso.example"
    private static let nestor = "nestor.wilke@contoso.example"
    private static let christie = "christie.cline@contoso.example"

    @Test("step 6: the highest role wins")
    func highest() async throws {
        let scene = try Scene()
        try await scene.provisioning("Claras").runCycle()
        let team = try await scene.team("claras")
        #expect(try team.person(Self.patti).role == "Owner")
        #expect(try team.person(Self.diego).role == "Manager")
        #expect(try team.person(Self.christie).role == "Assistant")
        try scene.directory.addMember(Self.christie, to: "claras-managers")
        try await scene.provisioning("Claras").runCycle()
        #expect(try await scene.team("claras").person(Self.christie).role == "Manager")
    }

    @Test("step 6: no matching group leaves the role as it is")
    func noGroup() async throws {
        let scene = try Scene()
        try scene.directory.assign(Self.nestor, to: "Claras")
        try await scene.provisioning("Claras").runCycle()
        try scene.directory.removeMember(Self.nestor, from: "claras-managers")
        try await scene.provisioning("Claras").runCycle()
        let nestor = try await scene.team("claras").person(Self.nestor)
        #expect(nestor.groups.isEmpty && !nestor.isArchived)
        #expect(nestor.role == "Manager")
    }

    @Test("step 6: somebody new without a group has the default role")
    func defaultRole() async throws {
        let scene = try Scene()
        try scene.directory.assign("grady.archie@contoso.example", to: "Claras")
        try await scene.provisioning("Claras").runCycle()
        let grady = try await scene.team("claras").person("grady.archie@contoso.example")
        #expect(grady.role == "Adviser")
    }

    @Test("step 6: losing the higher group lowers the role, but never an owner's")
    func lowered() async throws {
        let scene = try Scene()
        try await scene.provisioning("Claras").runCycle()
        try scene.directory.removeMember(Self.diego, from: "claras-managers")
        try scene.directory.removeMember(Self.patti, from: "claras-owners")
        try await scene.provisioning("Claras").runCycle()
        let team = try await scene.team("claras")
        #expect(try team.person(Self.diego).role == "Adviser")
        #expect(try team.person(Self.patti).groups == ["claras-managers"])
        #expect(try team.person(Self.patti).role == "Owner")
    }

    @Test("step 6: a changed role mapping re-checks existing people at once, owners excepted")
    func mappingChange() async throws {
        let scene = try Scene()
        try await scene.provisioning("Claras").runCycle()
        let page = try await scene.team("claras").page
        let form = try #require(page.forms.first { $0.action == "roles" })
        let before = scene.journal.latest
        let answer = try await scene.browser.submit(
            Form(action: "/apps/claras/roles", fields: form.fields),
            [
                "group": "claras-owners", "role": "manager",
                "group": "claras-assistants", "role": "manager",
                "group": "claras-managers", "role": "assistant",
            ])
        #expect(answer.status == 200)
        let team = TeamView(page: answer)
        #expect(try team.person(Self.christie).role == "Manager")
        #expect(try team.person(Self.nestor).role == "Assistant")
        #expect(try team.person(Self.patti).role == "Owner")
        #expect(scene.sent(after: before).isEmpty)
    }

    @Test("step 6: names and e-mail addresses follow")
    func names() async throws {
        let scene = try Scene()
        try await scene.provisioning("Claras").runCycle()
        try scene.directory.set(
            [
                "displayName": "Christie Cline-Moreau", "surname": "Cline-Moreau",
                "mail": "christie.moreau@contoso.example",
            ], of: Self.christie)
        let outcome = try await scene.provisioning("Claras").runCycle()
        #expect(outcome.counts.updated == 1)
        let christie = try await scene.team("claras").person("christie.moreau@contoso.example")
        #expect(christie.name == "Christie Cline-Moreau")
        #expect(christie.role == "Assistant")
    }
}
