import Foundation
import SimCore
import SimProvisioning
import SimTarget
import Testing

@Suite("Against a target that fails at random, everything converges once it heals")
struct ConvergenceTests {
    /// Seeds of a run: `SIMULATION_SEEDS=100000` for more, `SEED=17` to see one again.
    private static let environment = ProcessInfo.processInfo.environment
    private static let shardCount = 4

    private static func seeds(_ shard: Int) -> [UInt64] {
        if let one = environment["SEED"].flatMap({ UInt64($0) }) { return shard == 0 ? [one] : [] }
        let count = environment["SIMULATION_SEEDS"].flatMap { UInt64($0) } ?? 1_000
        return (1...max(1, count)).filter { $0 % UInt64(shardCount) == UInt64(shard) }
    }

    @Test(
        "nothing is lost and nothing is created twice",
        arguments: 0..<shardCount)
    func converges(shard: Int) throws {
        for seed in Self.seeds(shard) {
            var simulation = try Simulation(seed: seed)
            let problems = Self.problems(&simulation)
            guard !problems.isEmpty else { continue }
            Issue.record("\(Self.report(simulation, problems))")
            return
        }
    }

    @Test("what was acknowledged and not done is found by a restart, but for leavers, §1.12")
    func lies() throws {
        var (lost, forgotten) = (0, 0)
        for seed in UInt64(1)...100 {
            var simulation = try Simulation(seed: seed, defects: [.lostWrites])
            simulation.fallIll()
            simulation.target.isIll = false
            _ = simulation.heal()
            lost += simulation.differences(allowsLate: false).count
            simulation.restart()
            var problems = simulation.heal() ? [] : ["it never comes to rest"]
            problems += simulation.doubleBirths() + simulation.differences(allowsLate: false)
            // The service believes to have switched them off; no restart asks again.
            let wanted = problems.filter { !$0.hasSuffix("left and is active") }
            forgotten += problems.count - wanted.count
            problems = wanted
            guard !problems.isEmpty else { continue }
            Issue.record("\(Self.report(simulation, problems))")
            return
        }
        // Without the restart much was missing; with it only leavers were.
        #expect(lost > forgotten && forgotten > 0, "\(lost) lost, \(forgotten) forgotten")
    }

    @Test("the same seed twice: the same calls, answers, failures and accounts")
    func sameAgain() throws {
        func run() throws -> Simulation {
            var simulation = try Simulation(seed: 42)
            simulation.fallIll()
            _ = simulation.heal()
            return simulation
        }
        let (first, second) = (try run(), try run())
        #expect(first.story.count > 20 && first.story == second.story)
        #expect(first.target.app.snapshot == second.target.app.snapshot)
    }

    /// One seed from beginning to end; what is wrong at the first moment something is.
    private static func problems(_ simulation: inout Simulation) -> [String] {
        simulation.fallIll()
        guard simulation.heal() else { return ["it never comes to rest"] }
        var found = simulation.doubleBirths() + simulation.differences(allowsLate: true)
        guard found.isEmpty else { return found }
        let writes = simulation.target.writes
        simulation.cycle()
        if simulation.target.writes != writes { found.append("a cycle without changes writes") }
        simulation.restart()
        guard simulation.heal() else { return found + ["a restart never comes to rest"] }
        return found + simulation.doubleBirths() + simulation.differences(allowsLate: false)
    }

    private static func report(_ simulation: Simulation, _ problems: [String]) -> String {
        """
        seed \(simulation.seed): \(problems.joined(separator: "; "))
        again: SEED=\(simulation.seed) swift test --filter SimulationTests
        \(simulation.story.joined(separator: "\n"))
        """
    }
}
