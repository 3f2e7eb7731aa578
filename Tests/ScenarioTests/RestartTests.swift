import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("A simulator that starts again on its data folder")
struct RestartTests {
    private static func scene(_ folder: Scratch, after browser: Browser? = nil) throws -> Scene {
        try Scene(after: browser) {
            $0.dataFolder = folder.path + "/data"
            $0.keysFolder = folder.path + "/keys"
            $0.seed = nil
        }
    }

    @Test("keeps people, groups and apps")
    func directory() async throws {
        let folder = try Scratch()
        var secret = ""
        do {
            let scene = try Self.scene(folder)
            try scene.directory.addUser("kim.akers@contoso.example", ["givenName": "Kim"])
            try scene.directory.addGroup("Pilots", members: ["kim.akers@contoso.example"])
            try scene.directory.addApp("Ledger", redirectURIs: ["https://ledger.example/cb"])
            secret = try scene.directory.addSecret(to: "Ledger")
            try scene.directory.delete(user: "lee.gu@contoso.example")
        }
        let scene = try Self.scene(folder)
        #expect(try scene.directory.user("kim.akers@contoso.example").groups == ["Pilots"])
        #expect(try scene.directory.user("lee.gu@contoso.example").isDeleted)
        let client = try OIDCClient(
            scene, app: "Ledger", secret: secret, redirectURI: "https://ledger.example/cb")
        let answer = try await client.token([
            "grant_type": "client_credentials", "scope": "https://graph.microsoft.com/.default",
        ])
        #expect(answer.status == 200)
    }

    @Test("goes on provisioning where it was: links and watermark are kept, nothing is sent twice")
    func provisioning() async throws {
        let folder = try Scratch()
        do {
            let scene = try Self.scene(folder)
            #expect(try await scene.provisioning("Claresia").runCycle().counts.created == 18)
            try scene.directory.disable(user: "adele.vance@contoso.example")
        }
        let scene = try Self.scene(folder)
        #expect(try await scene.team("claresia").people.count == 14)
        let outcome = try await scene.provisioning("Claresia").runCycle()
        #expect(!outcome.isInitial)
        #expect(outcome.counts.created == 0 && outcome.counts.disabled == 1)
        let writes = scene.sent(after: 0, "POST", "PATCH", "PUT", "DELETE")
        #expect(writes.count == 1)
        #expect(try await scene.team("claresia").person("adele.vance@contoso.example").isArchived)
    }

    @Test("keeps sessions and refresh tokens, and a code that was used stays used")
    func signIns() async throws {
        let folder = try Scratch()
        var used = ""
        var unused = ""
        var refresh = ""
        let browser: Browser
        do {
            let scene = try Self.scene(folder)
            browser = scene.browser
            let client = try OIDCClient.claresia(scene)
            let first = try await client.signIn("megan.bowen@contoso.example")
            used = try #require(first.redirected?["code"])
            refresh = try #require(try await client.redeem(used).json["refresh_token"]?.stringValue)
            let second = try await scene.browser.get(client.authorizeTarget())
            unused = try #require(second.redirected?["code"])
        }
        let scene = try Self.scene(folder, after: browser)
        let client = try OIDCClient.claresia(scene)
        let silent = try await scene.browser.get(client.authorizeTarget(["prompt": "none"]))
        #expect(silent.redirected?["code"] != nil)
        #expect(try await client.refresh(refresh).status == 200)
        #expect(try await client.redeem(unused).status == 200)
        #expect(try await client.redeem(unused).refusal == 54_005)
        #expect(try await client.redeem(used).refusal == 54_005)
    }

    @Test("lets its folder go when it stops, not only when it is forgotten")
    func stop() throws {
        let folder = try Scratch()
        let first = try Self.scene(folder)
        #expect(throws: SimulatorFailure.self) { try Self.scene(folder) }
        first.simulator.stop()
        let second = try Self.scene(folder)
        second.simulator.stop()
        try first.simulator.start()
        #expect(try first.directory.users().count == 26)
    }
}
