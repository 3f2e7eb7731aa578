import Testing

@testable import EntraSim

@Suite("Every shipped drill, in a simulator of its own")
struct PlayedDrillTests {
    @Test("comes out as its file expects", arguments: try Drills().names)
    func play(name: String) async throws {
        let outcome = try await Drills().play(name)
        #expect(outcome.isPassed, "\(outcome)")
        #expect(outcome.skipReason == nil)
    }

    @Test(
        "is the same to the letter the second time",
        arguments: ["throttling-storm", "second-factor-mid-session", "mass-unassignment"])
    func again(name: String) async throws {
        let drills = try Drills()
        let first = try await drills.play(name)
        let second = try await drills.play(name)
        #expect(Self.withoutElapsed(first.timeline) == Self.withoutElapsed(second.timeline))
    }

    /// All but the last line, which says how long it took.
    private static func withoutElapsed(_ timeline: String) -> [Substring] {
        timeline.split(separator: "\n").dropLast()
    }
}
