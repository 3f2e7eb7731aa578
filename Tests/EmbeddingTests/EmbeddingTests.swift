import EntraSim
import Testing

@Suite("A program that embeds the simulator")
struct EmbeddingTests {
    @Test("has as many simulators as it likes, each with its own directory and clock")
    func many() async throws {
        let first = try started { $0.clock = .frozen(at: "2026-01-05T08:00:00Z") }
        let second = try started { $0.clock = .frozen(at: "2026-03-01T00:00:00Z") }
        defer { first.stop() }
        defer { second.stop() }
        #expect(first.baseURL != second.baseURL)
        try first.directory.delete(user: "lee.gu@contoso.example")
        #expect(try first.directory.users().count == second.directory.users().count - 1)
        try await first.clock.advance(by: .seconds(60))
        #expect(first.clock.now == "2026-01-05T08:01:00Z")
        #expect(second.clock.now == "2026-03-01T00:00:00Z")
    }

    @Test("edits people")
    func people() throws {
        let simulator = try started()
        defer { simulator.stop() }
        let directory = simulator.directory
        let kim = try directory.addUser(
            "kim.akers@contoso.example", ["givenName": "Kim", "surname": "Akers"],
            password: "Fixture-Only-2026!", manager: "lee.gu@contoso.example")
        #expect(kim.displayName == "Kim Akers")
        #expect(kim.isEnabled && !kim.isDeleted)
        #expect(kim.manager == "lee.gu@contoso.example")
        #expect(kim.attributes["surname"] == "Akers")
        try directory.set(["mail": "kim@contoso.example"], of: kim.id)
        #expect(try directory.user(kim.id).mail == "kim@contoso.example")
        try directory.set(["mail": ""], of: kim.id)
        #expect(try directory.user(kim.id).mail == nil)
        try directory.set(
            [
                "userPrincipalName": "kim.chen@contoso.example", "otherMails": "a@b.example, c@d",
                "manager": "adele.vance@contoso.example",
            ], of: kim.id)
        #expect(try directory.user(kim.id).manager == "adele.vance@contoso.example")
        try directory.set(["userPrincipalName": "kim.akers@contoso.example"], of: kim.id)
        #expect(throws: SimulatorFailure.self) {
            try directory.set(["accountEnabled": "perhaps"], of: kim.id)
        }
        try directory.disable(user: kim.id)
        #expect(try !directory.user(kim.id).isEnabled)
        try directory.enable(user: kim.id)
        try directory.delete(user: kim.id)
        #expect(try directory.user("kim.akers@contoso.example").isDeleted)
        try directory.restore(user: kim.id)
        #expect(try directory.users().last == "kim.akers@contoso.example")
        try directory.delete(user: kim.id)
        try directory.purge(user: kim.id)
        #expect(throws: SimulatorFailure.self) { try directory.user(kim.id) }
    }

    @Test("edits groups and assignments")
    func groups() throws {
        let simulator = try started()
        defer { simulator.stop() }
        let directory = simulator.directory
        try directory.addGroup("Pilots", members: ["lee.gu@contoso.example", "Retail"])
        #expect(try directory.members(of: "Pilots") == ["lee.gu@contoso.example", "Retail"])
        try directory.removeMember("Retail", from: "Pilots")
        try directory.addMember("joni.sherman@contoso.example", to: "Pilots")
        try directory.rename(group: "Pilots", to: "Early birds")
        #expect(try directory.user("joni.sherman@contoso.example").groups.contains("Early birds"))
        try directory.assign("Early birds", to: "Claras")
        #expect(try directory.assignments(to: "Claras").contains("Early birds"))
        try directory.unassign("Early birds", from: "Claras")
        #expect(try !directory.assignments(to: "Claras").contains("Early birds"))
        try directory.delete(group: "Early birds")
        #expect(try !directory.groups().contains("Early birds"))
    }

    @Test("registers an app; its secret is told once")
    func apps() throws {
        let simulator = try started()
        defer { simulator.stop() }
        let directory = simulator.directory
        let app = try directory.addApp(
            "Ledger", redirectURIs: ["https://ledger.example/callback"], issuesIDTokens: true)
        #expect(Set([app.clientID, app.objectID, app.servicePrincipalID]).count == 3)
        let secret = try directory.addSecret(to: "Ledger")
        let hint = try #require(directory.app("Ledger").secretHints.first)
        #expect(secret.hasPrefix(hint) && hint.count == 3)
        #expect(try directory.apps().last == "Ledger")
        try directory.setProvisioning(
            of: "Ledger", tenantURL: "{origin}/apps/claras/api/scim/v2",
            token: "claras-demo-scim-full", isOn: false)
        #expect(try directory.app("Ledger").tenantURL == "{origin}/apps/claras/api/scim/v2")
    }

    @Test("reads what a cycle did, in numbers, in words, in the log and on the wire")
    func cycle() async throws {
        let simulator = try started()
        defer { simulator.stop() }
        let claras = simulator.provisioning(of: "Claras")
        let outcome = try await claras.runCycle()
        #expect(outcome.isInitial && outcome.state == .succeeded && !outcome.isInQuarantine)
        #expect(outcome.failures.isEmpty && outcome.errorCode == nil)
        #expect(outcome.report.hasPrefix("Claras: initial cycle succeeded"))
        #expect(try claras.statusText().contains("\"code\": \"Active\""))
        let rows = try await claras.logTexts()
        #expect(rows.count >= outcome.counts.created)
        let posts = simulator.journal.exchanges().filter {
            $0.direction == .outbound && $0.method == "POST"
        }
        #expect(posts.count == outcome.counts.created)
        #expect(posts.allSatisfy { $0.status == 201 })
        let second = try await claras.runCycle()
        #expect(!second.isInitial && second.counts.created == 0)
    }

    @Test("mints a token for an app and for a person")
    func tokens() throws {
        let simulator = try started()
        defer { simulator.stop() }
        let app = try simulator.tokens.mint(for: "Contoso Nightly Job")
        #expect(app.text.split(separator: ".").count == 3)
        #expect(app.claims.contains("\"idtyp\":\"app\"") || !app.claims.contains("\"scp\""))
        let person = try simulator.tokens.mint(
            for: "Contoso Board", user: "adele.vance@contoso.example",
            scopes: ["api://tasks.contoso.example/Tasks.Read"], lifetime: .seconds(600))
        #expect(person.claims.contains("\"scp\":\"Tasks.Read\""))
        #expect(person.expiresIn == .seconds(599))
    }

    @Test("is told what went wrong and what to do about it")
    func refusals() async throws {
        let simulator = try started()
        let directory = simulator.directory
        #expect(throws: SimulatorFailure.self) { try directory.disable(user: "adele.vans") }
        let typo = #expect(throws: SimulatorFailure.self) {
            try directory.user("adele.vanse@contoso.example")
        }
        #expect(typo?.hint?.contains("adele.vance@contoso.example") == true)
        let backwards = await #expect(throws: SimulatorFailure.self) {
            try await simulator.clock.advance(by: .seconds(-1))
        }
        #expect(backwards?.hint == "set(to:) goes back")
        await #expect(throws: SimulatorFailure.self) {
            try await simulator.provisioning(of: "Contoso Board").runCycle()
        }
        simulator.stop()
        let stopped = await #expect(throws: SimulatorFailure.self) {
            try await simulator.provisioning(of: "Claras").runCycle()
        }
        #expect(stopped?.hint == "call start() first")
    }

    @Test("never waits for a simulator that was stopped meanwhile", .timeLimit(.minutes(5)))
    func stopped() async throws {
        for _ in 0..<20 {
            let simulator = try started { $0.clock = .frozen(at: "2026-01-05T08:00:00Z") }
            async let cycle = simulator.provisioning(of: "Claresia").runCycle()
            async let advance = simulator.clock.advance(by: .seconds(86_400))
            simulator.stop()
            // Each has ended before the stop, with the connections cut, or with a failure.
            if let outcome = try? await cycle { #expect(outcome.app == "Claresia") }
            if let ran = try? await advance { #expect(ran.count <= 72) }
        }
    }

    @Test("makes a sample app defective and heals it; an unknown defect names the nearest one")
    func defects() async throws {
        let simulator = try started { $0.clock = .frozen(at: "2026-01-05T08:00:00Z") }
        defer { simulator.stop() }
        let settings = #"{"operation": "create", "object": "user"}"#
        try simulator.faults.turnOn("server-errors", of: "Claresia", settings)
        let ill = try await simulator.provisioning(of: "Claresia").runCycle()
        #expect(ill.failures.first?.code == "InternalServerError")
        #expect(try simulator.faults.turnOff("server-errors", of: "Claresia"))
        let healed = try await simulator.provisioning(of: "Claresia").runCycle()
        #expect(healed.counts.created > 0 && healed.failures.isEmpty)
        let wrong = #expect(throws: SimulatorFailure.self) {
            try simulator.faults.turnOn("server-error", of: "Claresia")
        }
        #expect(wrong?.hint == "did you mean 'server-errors'?")
    }

    private func started(
        _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws -> Simulator {
        var configuration = SimulatorConfiguration()
        change(&configuration)
        let simulator = Simulator(configuration)
        try simulator.start()
        return simulator
    }
}
