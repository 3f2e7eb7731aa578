import SimCore
import SimRuntime
import Synchronization
import Testing

@testable import EntraSim

@Suite("serve --watch")
struct FixtureWatchTests {
    /// A folder of one tenant, a simulator that watches it, and what it told.
    final class Scene {
        let folder: DataFolder
        let simulator: Simulator
        private let told = Told()

        /// Reloads as they come, on whatever thread.
        private final class Told: Sendable {
            let reloads = Mutex<[FixtureReload]>([])
        }

        init(
            data: DataFolder? = nil, folder: DataFolder? = nil, rest: String = "",
            _ change: (inout SimulatorConfiguration) -> Void = { _ in }
        ) throws {
            self.folder = try folder ?? DataFolder()
            var configuration = SimulatorConfiguration()
            configuration.seed = 5
            configuration.clock = .frozen(at: Engine.start)
            configuration.tenantsFolder = self.folder.path
            configuration.dataFolder = data?.path
            configuration.watchesFixtures = true
            configuration.fixtureLog = { [told] reload in
                told.reloads.withLock { $0.append(reload) }
            }
            if folder == nil {
                try FileAccess.createFolder("\(self.folder.path)/acme")
                try Self.write(Self.fixture(rest: rest), in: self.folder)
            }
            change(&configuration)
            simulator = Simulator(configuration)
            try simulator.start()
            // The test does the looking.
            simulator.watch?.stop()
        }

        deinit { simulator.stop() }

        static func fixture(
            _ users: [String] = ["ann", "ben"], rest: String = ""
        ) -> String {
            let list = users.map { "{\"userPrincipalName\": \"\($0)@acme.example\"}" }
            return """
                {"domains": ["acme.example"], "users": [\(list.joined(separator: ", "))]\(rest)}
                """
        }

        static func write(_ text: String, in folder: DataFolder) throws {
            try FileAccess.writeAtomically(
                Array(text.utf8), to: "\(folder.path)/acme/tenant.json")
        }

        func edit(_ text: String) throws { try Self.write(text, in: folder) }

        /// Two looks: a file is read once it stands still.
        func look() {
            simulator.watch?.look()
            simulator.watch?.look()
        }

        var reloads: [FixtureReload] { told.reloads.withLock { $0 } }

        var users: [String] {
            get throws {
                try simulator.services.tenants.host(named: "acme").snapshot.users
                    .map { String($0.userPrincipalName.prefix { $0 != "@" }) }
            }
        }
    }

    @Test("a file that nobody touched is not read again")
    func untouched() throws {
        let scene = try Scene()
        scene.look()
        #expect(scene.reloads.isEmpty)
    }

    @Test("a changed file is taken in by the second look that finds it the same, once")
    func settles() throws {
        let scene = try Scene()
        try scene.edit(Scene.fixture(["ann", "cy"]))
        scene.simulator.watch?.look()
        #expect(try scene.users == ["ann", "ben"])
        try scene.edit(Scene.fixture(["ann", "cyrus"]))
        scene.simulator.watch?.look()
        #expect(try scene.users == ["ann", "ben"])
        scene.simulator.watch?.look()
        #expect(try scene.users == ["ann", "cyrus"])
        scene.look()
        #expect(
            scene.reloads.map(\.changes) == [
                ["user \"ben@acme.example\" deleted", "new user \"cyrus@acme.example\""]
            ])
    }

    @Test("a mistake names file, line and nearest key, and nothing is lost")
    func mistake() throws {
        let scene = try Scene()
        try scene.edit(Scene.fixture(["ann"], rest: ",\n \"grops\": []"))
        scene.look()
        #expect(try scene.users == ["ann", "ben"])
        let failure = try #require(scene.reloads.first?.failure)
        #expect(failure.message.contains("tenant.json:2:2: grops: unknown key \"grops\""))
        try scene.edit(Scene.fixture(["ann"]))
        scene.look()
        #expect(try scene.users == ["ann"])
        #expect(scene.reloads.count == 2)
    }

    @Test("half a file is a mistake as well, and a missing one")
    func halfAndGone() throws {
        let scene = try Scene()
        try scene.edit("{\"domains\": [\"acme.exa")
        scene.look()
        FileAccess.remove("\(scene.folder.path)/acme/tenant.json")
        scene.look()
        #expect(scene.reloads.map { $0.failure == nil } == [false, false])
        #expect(try scene.users == ["ann", "ben"])
    }

    @Test("another tenant in the file is refused: its id leads elsewhere")
    func anotherTenant() throws {
        let scene = try Scene()
        try scene.edit(
            Scene.fixture(rest: ", \"id\": \"5f0ad8a0-2f0b-4b1c-8a6e-27c4a2b7d001\""))
        scene.look()
        #expect(scene.reloads.first?.failure?.message.contains("its id changed") == true)
    }

    @Test("what was taken in is kept, and the next start goes on with it")
    func stored() throws {
        let (data, folder) = (try DataFolder(), try DataFolder())
        try FileAccess.createFolder("\(folder.path)/acme")
        try Scene.write(Scene.fixture(), in: folder)
        let scene = try Scene(data: data, folder: folder)
        try scene.edit(Scene.fixture(["ann"]))
        scene.look()
        scene.simulator.stop()
        let again = try Scene(data: data, folder: folder)
        #expect(try again.users == ["ann"])
        #expect(
            try again.simulator.services.tenants.host(named: "acme").snapshot.deletedUsers.count
                == 1)
    }

    @Test("name, domains and region wait for the next start, which finds them changed")
    func tenantItself() throws {
        let (data, folder) = (try DataFolder(), try DataFolder())
        try FileAccess.createFolder("\(folder.path)/acme")
        try Scene.write(Scene.fixture(), in: folder)
        let scene = try Scene(data: data, folder: folder)
        for users in [["ann", "ben"], ["ann"]] {
            try scene.edit(Scene.fixture(users, rest: ", \"tenantRegionScope\": \"EU\""))
            scene.look()
            #expect(scene.reloads.last?.waiting == ["the tenant itself"])
        }
        scene.simulator.stop()
        #expect(throws: SimulatorFailure.self) { try Scene(data: data, folder: folder) }
    }

    @Test("while a snapshot can be restored the log keeps its place, and is told afterwards")
    func snapshot() async throws {
        let (data, folder) = (try DataFolder(), try DataFolder())
        try FileAccess.createFolder("\(folder.path)/acme")
        try Scene.write(Scene.fixture(), in: folder)
        let scene = try Scene(data: data, folder: folder)
        let branches = scene.simulator.branches(of: "acme")
        try await branches.snapshot("before")
        try scene.edit(Scene.fixture(["ann"]))
        scene.look()
        try await branches.restore("before")
        #expect(try scene.users == ["ann", "ben"])
    }

    @Test("the built-in tenant has no file to watch")
    func builtIn() {
        var configuration = SimulatorConfiguration()
        configuration.watchesFixtures = true
        let failure = #expect(throws: SimulatorFailure.self) {
            try Simulator(configuration).start()
        }
        #expect(failure?.hint == "name a folder of fixtures with --tenants")
    }
}
