import EntraSim
import Foundation
import SimCore
import Testing

@Suite("Fault rules in a tenant's fixture")
struct FixtureFaultTests {
    @Test("strike from the start, in their order, with the conditions of any rule")
    func strike() async throws {
        let scene = try scene(
            """
            [{"name": "busy", "where": "discovery", "when": {"times": 1}, "what": {"status": 503}},
             {"where": "discovery", "when": {"expiresIn": "10m"}, "what": {"aadsts": 90033}}]
            """)
        #expect(try await status(scene) == 503)
        #expect(try scene.simulator.faults.hits().map(\.rule) == ["f1"])
        #expect(try await status(scene) == 503)
        try await scene.clock.advance(by: .seconds(600))
        #expect(try await status(scene) == 200)
        #expect(try scene.simulator.faults.clear("busy"))
    }

    @Test(
        "with a mistake stop the start: file, line, key, and what was meant",
        arguments: [
            ("[\n{\"where\": \"tokn\", \"what\": {\"hang\": true}}]", "3:2: faults[0].where.site"),
            ("[{\"where\": \"token\",\n\"what\": {\"adsts\": 1}}]", "3:10: faults[0].what.adsts"),
            (
                "[{\"where\":\"jwks\",\"what\":{\"tamper\":\"expired\"}}]",
                "2:27: faults[0].what: no token"
            ),
            ("[{\"where\":\"jwks\",\"what\":{\"hang\":1}},\n7]", "2:35: faults[0].what.hang"),
            ("[7]", "2:11: faults[0]: the rule is a number"),
            ("{}", "2:1: faults: expected a list"),
            (
                """
                [{"name":"a","where":"jwks","what":{"hang":true}},
                {"name":"a","where":"jwks","what":{"hang":true}}]
                """, "3:2: faults[1].name: there is a rule 'a' already"
            ),
        ])
    func refused(faults: String, place: String) throws {
        let failure = #expect(throws: SimulatorFailure.self) { try scene(faults) }
        #expect(
            failure?.message.contains("tenant.json:\(place)") == true, "\(failure?.message ?? "")")
    }

    private func status(_ scene: Scene) async throws -> Int {
        try await scene.browser.get("/tiny.example/v2.0/.well-known/openid-configuration").status
    }

    private func scene(_ faults: String) throws -> Scene {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/tiny", withIntermediateDirectories: true)
        let text =
            "{\"displayName\": \"Tiny\", \"domains\": [\"tiny.example\"],\n\"faults\":\(faults)}"
        try text.write(
            toFile: scratch.path + "/tiny/tenant.json", atomically: true, encoding: .utf8)
        return try Scene { $0.tenantsFolder = scratch.path }
    }
}
