import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import Testing

@testable import EntraSim

@Suite("Branches of a tenant: snapshots, forks, reset")
struct BranchTests {
    private static let adele = "adele.vance@contoso.example"

    @Test("a restored tenant has its people, its jobs and its sample apps back")
    func restore() async throws {
        let engine = try Engine()
        try await engine.claresia.runCycle()
        let branches = engine.simulator.branches
        try await branches.snapshot("provisioned")
        let before = try engine.world
        try engine.directory.disable(user: Self.adele)
        try engine.directory.delete(user: "lee.gu@contoso.example")
        let changed = try await engine.claresia.runCycle()
        #expect(changed.counts.disabled >= 1)
        #expect(try engine.world != before)
        try await branches.restore("provisioned")
        #expect(try engine.world == before)
        let quiet = try await engine.claresia.runCycle()
        #expect(quiet.counts.disabled + quiet.counts.updated + quiet.counts.created == 0)
    }

    @Test("the same snapshot can be restored again and again, and later ones stay")
    func again() async throws {
        let engine = try Engine()
        let branches = engine.simulator.branches
        try await branches.snapshot("a")
        try engine.directory.disable(user: Self.adele)
        try await branches.snapshot("b")
        for _ in 0..<3 {
            try await branches.restore("a")
            #expect(try engine.isEnabled(Self.adele))
            try await branches.restore("b")
            #expect(try !engine.isEnabled(Self.adele))
        }
    }

    @Test("a fork has the same people and secrets, and neither sees what happens to the other")
    func fork() async throws {
        let engine = try Engine()
        try await engine.claresia.runCycle()
        let simulator = engine.simulator
        try await simulator.branches.fork("test-1")
        let forked = simulator.provisioning(of: "Claresia", in: "test-1")
        let untouched = try engine.world
        try simulator.directory(of: "test-1").disable(user: Self.adele)
        #expect(try await forked.runCycle().counts.disabled == 1)
        #expect(try engine.world == untouched)
        #expect(try engine.isEnabled(Self.adele))
        let apps = simulator.services.sampleApps
        #expect(apps.app(named: "claresia-test-1")?.summary.archived == 1)
        try engine.directory.disable(user: "lee.gu@contoso.example")
        try await engine.claresia.runCycle()
        #expect(apps.app(named: "claresia-test-1")?.summary.archived == 1)
    }

    @Test("a fork signs people in under its own tenant id, with the same client and password")
    func tokens() async throws {
        let engine = try Engine()
        try await engine.simulator.branches.fork("test-1")
        let mine = try engine.simulator.host("contoso").snapshot.profile
        let other = try engine.simulator.host("test-1").snapshot.profile
        #expect(mine.id != other.id)
        let secret = "nightly-demo-client-secret"
        for (name, id) in [("contoso", mine.id), ("test-1", other.id)] {
            let domain = name == "contoso" ? "contoso.example" : "\(name).fork.example"
            let directory = engine.simulator.directory(of: name)
            let client = try directory.app("Contoso Nightly Job").clientID
            let api = try directory.app("Contoso Tasks API").clientID
            let answer = try engine.post(
                "/\(domain)/oauth2/v2.0/token",
                "grant_type=client_credentials&client_id=\(client)&client_secret=\(secret)"
                    + "&scope=api://\(api)/.default")
            let token = try #require(answer["access_token"]?.stringValue, "\(answer.text)")
            let payload = try #require(
                token.split(separator: ".").dropFirst().first.flatMap { Base64.urlDecode($0) })
            let claims = try JSONValue(parsing: payload)
            #expect(claims["tid"]?.stringValue == id.description)
        }
        // The domain keeps leading to the tenant that had it first.
        let byDomain = engine.simulator.services.tenants.find(named: "contoso.example")
        #expect(byDomain?.snapshot.profile.id == mine.id)
    }

    @Test("a fork is discarded with its jobs and apps; a tenant of the fixture is not")
    func discard() async throws {
        let engine = try Engine()
        let simulator = engine.simulator
        try await simulator.branches.fork("test-1")
        #expect(simulator.services.tenants.hosts.count == 2)
        try await simulator.branches(of: "test-1").discard()
        #expect(simulator.services.tenants.hosts.count == 1)
        #expect(simulator.services.sampleApps.app(named: "claresia-test-1") == nil)
        await #expect(throws: SimulatorFailure.self) {
            try await simulator.branches(of: "contoso").discard()
        }
        await #expect(throws: SimulatorFailure.self) {
            try await simulator.branches(of: "test-1").reset()
        }
    }

    @Test("a fork's name must be free, and a snapshot's known")
    func names() async throws {
        let engine = try Engine()
        let branches = engine.simulator.branches
        for taken in ["contoso", "CONTOSO", "contoso.example"] {
            await #expect(throws: SimulatorFailure.self) { try await branches.fork(taken) }
        }
        try await branches.snapshot("before")
        let failure = await #expect(throws: SimulatorFailure.self) {
            try await branches.restore("befor")
        }
        #expect(failure?.hint == "did you mean 'before'?")
    }

    @Test("a reset tenant is the fixture again, and its jobs begin anew an interval later")
    func reset() async throws {
        let engine = try Engine()
        let fixture = try engine.people
        try await engine.claresia.runCycle()
        try engine.directory.disable(user: Self.adele)
        _ = try await engine.clock.advance(by: .days(1))
        try await engine.simulator.branches.reset()
        #expect(try engine.people == fixture)
        #expect(try engine.isEnabled(Self.adele))
        #expect(engine.simulator.services.sampleApps.app(named: "claresia")?.summary.users == 0)
        #expect(try engine.runner.jobState.lastExecution == nil)
        #expect(
            try engine.runner.nextRunAt == engine.simulator.services.clock.now + .seconds(2_400))
        #expect(try await engine.claresia.runCycle().counts.created == 18)
    }

    @Test("what was restored or reset is what a restart finds in the data folder")
    func stored() async throws {
        let folder = try DataFolder()
        do {
            let engine = try Engine { $0.dataFolder = folder.path }
            try await engine.claresia.runCycle()
            try await engine.simulator.branches.snapshot("provisioned")
            try engine.directory.disable(user: Self.adele)
            try await engine.claresia.runCycle()
            try await engine.simulator.branches.restore("provisioned")
            engine.simulator.stop()
        }
        do {
            let engine = try Engine { $0.dataFolder = folder.path }
            #expect(try engine.isEnabled(Self.adele))
            #expect(try await engine.claresia.runCycle().counts.disabled == 0)
            #expect(
                engine.simulator.services.sampleApps.app(named: "claresia")?.summary.archived == 0)
            // The snapshot itself was the old process's.
            await #expect(throws: SimulatorFailure.self) {
                try await engine.simulator.branches.restore("provisioned")
            }
            try engine.directory.disable(user: Self.adele)
            try await engine.simulator.branches.reset()
            engine.simulator.stop()
        }
        let engine = try Engine { $0.dataFolder = folder.path }
        #expect(try engine.isEnabled(Self.adele))
        #expect(try await engine.claresia.runCycle().counts.created == 18)
    }

    @Test("there is an end to snapshots")
    func limit() async throws {
        let engine = try Engine()
        let branches = engine.simulator.branches
        for number in 1...TenantBranches.snapshotLimit { try await branches.snapshot("s\(number)") }
        await #expect(throws: SimulatorFailure.self) { try await branches.snapshot("one-more") }
        try await branches.snapshot("s1")
    }
}

extension Engine {
    fileprivate func isEnabled(_ user: String) throws -> Bool {
        let snapshot = try simulator.host("contoso").snapshot
        return try #require(snapshot.user(userPrincipalName: user)).accountEnabled
    }

    fileprivate var people: [User] {
        get throws {
            try simulator.host("contoso").snapshot.users.map { user in
                var user = user
                user.createdAt = .epoch
                return user
            }
        }
    }

    /// A form posted to the login endpoint, without the wire.
    fileprivate func post(_ target: String, _ form: String) throws -> JSONValue {
        let services = simulator.services
        var request = HTTPRequest(
            method: .post, target: target,
            headers: [
                "Content-Type": "application/x-www-form-urlencoded"
            ])
        request.body = Array(form.utf8)
        let now = services.clock.now
        let step = try #require(services.identity.handle(request, now: now))
        return try JSONValue(parsing: services.perform(step, at: now).body)
    }

    /// Everything a snapshot promises to bring back, as text.
    fileprivate var world: String {
        get throws {
            let host = try simulator.host("contoso")
            let status = try claresia.statusText()
            let app = try #require(simulator.services.sampleApps.app(named: "claresia"))
            let people = app.snapshot.users.ids.map { "\(app.snapshot.users[$0] as Any)" }.joined()
            let users = host.snapshot.users.map { "\($0)" }.joined()
            return "\(host.snapshot.sequence)\n\(users)\n\(status)\n\(people)"
        }
    }
}
