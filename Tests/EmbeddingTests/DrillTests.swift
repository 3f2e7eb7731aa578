import EntraSim
import Testing

@Suite("Drills, checks and waiting in a program that embeds the simulator")
struct DrillTests {
    @Test("a drill is played by name, with its timeline and JUnit's XML")
    func play() async throws {
        let drills = try Drills()
        #expect(drills.names.contains("wrong-token-pasted"))
        let outcome = try await drills.play("wrong-token-pasted")
        #expect(outcome.isPassed, "\(outcome)")
        #expect(outcome.problems.isEmpty && outcome.skipReason == nil)
        #expect(outcome.timeline.hasPrefix("drill wrong-token-pasted\n"))
        #expect(outcome.junit.contains("<testsuites>"))
    }

    @Test(
        "a drill nobody knows is refused with the nearest name; one with a mistake with its place")
    func mistakes() async throws {
        let drills = try Drills()
        let unknown = await #expect(throws: SimulatorFailure.self) {
            try await drills.play("wrong-token-pastd")
        }
        #expect(unknown?.hint == "did you mean 'wrong-token-pasted'?")
        let broken = await #expect(throws: SimulatorFailure.self) {
            try await drills.play(json: #"{"name": "a", "description": "b", "stepss": []}"#)
        }
        #expect(broken?.message == "drill:1: stepss: unknown key 'stepss' in the drill")
        #expect(broken?.hint == "did you mean 'steps'?")
    }

    @Test("what was called is checked, once nothing is under way any more")
    func expect() async throws {
        var configuration = SimulatorConfiguration()
        configuration.clock = .frozen(at: "2026-01-05T08:00:00Z")
        let simulator = Simulator(configuration)
        try simulator.start()
        defer { simulator.stop() }
        try await simulator.provisioning(of: "Claresia").runCycle()
        #expect(try await simulator.waitUntilIdle())
        let journal = simulator.journal
        #expect(try journal.problems(expecting: #"{"counts": {"POST */Users 201": 14}}"#) == [])
        #expect(try journal.problems(expecting: #"{"writes": false}"#).count == 21)
        #expect(
            try journal.problems(expecting: #"{"writes": false}"#, after: journal.latest) == [])
        let refused = #expect(throws: SimulatorFailure.self) {
            try journal.problems(expecting: #"{"write": false}"#)
        }
        #expect(refused?.hint == "did you mean 'writes'?")
    }
}
