import EntraSim
import SimCore
import Testing

@Suite("Virtual time")
struct TimeTests {
    @Test("three days run every cycle of every job, in order")
    func threeDays() async throws {
        let scene = try Scene()
        let ran = try await scene.clock.advance(by: .seconds(3 * 86_400))
        #expect(scene.clock.now == "2026-01-08T08:00:00Z")
        #expect(ran.map(\.at) == ran.map(\.at).sorted())
        let start = try #require(Timestamp(iso8601: Scene.start))
        for app in ["Claras", "Claresia"] {
            let times = ran.filter { $0.what.hasPrefix("\(app):") }.map(\.at)
            #expect(times == (1...108).map { (start + .seconds($0 * 2_400)).iso8601 })
        }
        #expect(ran.count == 216)
        #expect(ran[0].what.contains("initial cycle"))
        #expect(ran.dropFirst(2).allSatisfy { $0.what.hasSuffix("nothing to send") })
    }

    @Test("two edits around an advance arrive in the cycle after each")
    func edits() async throws {
        let scene = try Scene()
        try await scene.clock.advance(by: .seconds(41 * 60))
        try scene.directory.disable(user: "adele.vance@contoso.example")
        let first = try await scene.clock.advance(by: .seconds(40 * 60))
        #expect(
            first.map(\.what) == [
                "Claras: incremental cycle, nothing to send",
                "Claresia: incremental cycle, 1 disabled",
            ])
        try scene.directory.enable(user: "adele.vance@contoso.example")
        let second = try await scene.clock.advance(by: .seconds(39 * 60 + 59))
        #expect(second.count == 2 && second[1].what.hasSuffix("1 updated"))
        #expect(try await scene.clock.advance(by: .zero).isEmpty)
    }

    @Test("30 days after a deletion the person is purged, and the next cycle sends DELETE")
    func purge() async throws {
        let scene = try Scene { $0.syncInterval = .seconds(86_400) }
        let adele = "adele.vance@contoso.example"
        try await scene.provisioning("Claresia").runCycle()
        try scene.directory.delete(user: adele)
        let before = scene.journal.latest
        try await scene.clock.advance(by: .seconds(86_400))
        let disabled = scene.sent(after: before, "PATCH", "DELETE").filter {
            $0.target.contains("/claresia/scim/v2/Users/")
        }
        #expect(disabled.map(\.method) == ["PATCH"])
        #expect(disabled.first?.requestBody.contains("\"active\"") == true)
        try await scene.clock.advance(by: .seconds(28 * 86_400))
        #expect(try scene.directory.user(adele).isDeleted)
        #expect(scene.sent(after: before, "DELETE").isEmpty)
        let ran = try await scene.clock.advance(by: .seconds(2 * 86_400))
        #expect(ran.map(\.what).contains("contoso: 1 users purged"))
        let deleted = scene.sent(after: before, "DELETE")
        #expect(deleted.count == 1 && deleted.first?.status == 204)
        #expect(deleted.first?.target == disabled.first?.target)
        #expect(throws: SimulatorFailure.self) { try scene.directory.user(adele) }
        #expect(try await !scene.team("claresia").people.contains { $0.email == adele })
    }

    @Test("a client secret, a code and a session end with the virtual clock")
    func lifetimes() async throws {
        let scene = try Scene()
        let client = try OIDCClient.claresia(scene)
        let answer = try await client.signIn("megan.bowen@contoso.example")
        let code = try #require(answer.redirected?["code"])
        try await scene.clock.advance(by: .seconds(11 * 60))
        #expect(try await client.redeem(code).refusal == 70_008)
        try await scene.clock.advance(by: .seconds(25 * 3_600))
        let page = try await scene.browser.get(client.authorizeTarget())
        #expect(page.text.contains("name=\"login\"") || page.text.contains("name=\"passwd\""))
    }
}
