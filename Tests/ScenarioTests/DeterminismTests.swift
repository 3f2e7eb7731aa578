import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("Same seed, same commands")
struct DeterminismTests {
    /// Everything of a run that leaves the process.
    struct Trace: Hashable {
        var tokens: [String] = []
        var log: [String] = []
        var journal: [String] = []
    }

    @Test("give the same tokens, log rows and journal, byte for byte")
    func sameBytes() async throws {
        let keys = try Scratch()
        let first = try await Self.run(keys, seed: 42)
        let second = try await Self.run(keys, seed: 42)
        #expect(first.tokens == second.tokens)
        #expect(Self.difference(first.log, second.log) == nil)
        #expect(Self.difference(first.journal, second.journal) == nil)
        #expect(first.tokens.count == 5 && first.log.count > 40 && first.journal.count > 100)
    }

    @Test("another seed gives others")
    func otherSeed() async throws {
        let keys = try Scratch()
        let first = try await Self.run(keys, seed: 1)
        let second = try await Self.run(keys, seed: 2)
        #expect(first.tokens != second.tokens)
        #expect(first.log != second.log)
    }

    private static func run(_ keys: Scratch, seed: UInt64) async throws -> Trace {
        let scene = try Scene {
            $0.seed = seed
            $0.keysFolder = keys.path
            $0.publicOrigin = "https://login.contoso.test"
        }
        var trace = Trace()
        try scene.directory.addUser("kim.akers@contoso.example", ["givenName": "Kim"])
        try scene.directory.addMember("kim.akers@contoso.example", to: "claresia-users")
        try scene.directory.addGroup("claras-trainees", members: ["kim.akers@contoso.example"])
        try scene.directory.assign("claras-trainees", to: "Claras")
        try await scene.clock.advance(by: .seconds(3_600))
        try scene.directory.set(["jobTitle": "Buyer"], of: "lee.gu@contoso.example")
        try scene.directory.delete(user: "adele.vance@contoso.example")
        try await scene.clock.advance(by: .seconds(3_600))
        let client = try OIDCClient.claresia(scene)
        let answer = try await client.signIn("megan.bowen@contoso.example")
        let tokens = try await client.redeem(try #require(answer.redirected?["code"])).json
        for name in ["access_token", "id_token", "refresh_token"] {
            trace.tokens.append(try #require(tokens[name]?.stringValue))
        }
        trace.tokens.append(try scene.simulator.tokens.mint(for: "Contoso Nightly Job").text)
        trace.tokens.append(
            try scene.simulator.tokens.mint(
                for: "Contoso Board", user: "lee.gu@contoso.example",
                scopes: ["api://tasks.contoso.example/Tasks.Read"]
            ).text)
        let origin = scene.browser.origin.description
        for app in ["Claras", "Claresia"] {
            trace.log += try await scene.provisioning(app).logTexts(limit: 1_000).map {
                $0.replacing(origin, with: "https://localhost")
            }
        }
        trace.journal = scene.journal.exchanges().map {
            "\($0)".replacing(origin, with: "https://localhost")
        }
        return trace
    }

    /// The first place where two texts part; nil when they are the same.
    private static func difference(_ left: [String], _ right: [String]) -> String? {
        guard left != right else { return nil }
        let index = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        guard let index else { return "\(left.count) and \(right.count) lines" }
        return "line \(index):\n\(left[index])\n\(right[index])"
    }
}
