import Foundation
import SimCore
import SimPortal
import Testing

@testable import EntraSim

@Suite("Drills asked for by hand and over the control API")
struct DrillDeskTests {
    @Test("the list names every drill; one that is not there is refused with the nearest")
    func list() async throws {
        let engine = try Engine()
        let rows = try await engine.simulator.perform(.drills(.list))["value"]?.arrayValue ?? []
        #expect(rows.compactMap { $0["name"]?.stringValue } == (try Drills().names))
        let failure = await #expect(throws: SimulatorFailure.self) {
            try await engine.simulator.perform(.drills(.run("trottling-storm", nil)))
        }
        #expect(failure?.hint == "did you mean 'throttling-storm'?")
    }

    @Test("one is played beside the running simulator, which it does not touch")
    func run() async throws {
        let engine = try Engine()
        let before = engine.simulator.services.journal.latest
        let answer = try await engine.simulator.perform(
            .drills(.run("wrong-token-pasted", nil)))
        #expect(answer["result"] == "passed")
        #expect(answer["timeline"]?.stringValue?.contains("Quarantine") == true)
        #expect(answer["junit"]?.stringValue?.contains("drill.wrong-token-pasted") == true)
        #expect(engine.simulator.services.journal.latest == before)
        #expect(try engine.runner.jobState.lastExecution == nil)
    }

    @Test("a drill written down in a test is played; what differs is a problem with its diff")
    func inline() async throws {
        let outcome = try await Drills().play(
            json: #"""
                {"name": "inline", "description": "Two mistakes.", "steps": [
                  {"cycle": true, "expect": {"cycle": {"created": 17}}},
                  {"edit": {"disable": "adele.vance@contoso.example"}},
                  {"cycle": true, "expect": {"calls": ["GET */Users 200"]}}
                ]}
                """#)
        #expect(!outcome.isPassed)
        #expect(outcome.problems.count == 2)
        #expect(outcome.problems.first?.contains("expected 17, seen 18") == true)
        #expect(outcome.problems.last?.contains("+ PATCH /apps/claresia/scim/v2/Users/") == true)
    }

    @Test("a step that cannot be done ends the drill: the rest means nothing")
    func impossible() async throws {
        let outcome = try await Drills().play(
            json: #"""
                {"name": "inline", "description": "Nobody is called so.", "steps": [
                  {"edit": {"disable": "adle.vance@contoso.example"}},
                  {"cycle": true, "expect": {"writes": false}}
                ]}
                """#)
        #expect(!outcome.isPassed)
        #expect(outcome.problems.count == 1)
        #expect(outcome.problems.first?.contains("adle.vance") == true, "\(outcome)")
    }

    @Test("against another target, those that call none or need the sample app are skipped")
    func skipped() async throws {
        let drills = try Drills()
        for name in ["secret-expired", "token-without-write-permission"] {
            let outcome = try await drills.play(name, target: "http://localhost:9/scim", token: "t")
            #expect(outcome.skipReason != nil && !outcome.isPassed)
            #expect(outcome.junit.contains("<skipped"))
        }
    }

    @Test("the README shows one as it is")
    func readme() async throws {
        let readme = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "README.md")
        let outcome = try await Drills().play("filter-answered-404")
        // The last line says how long it took.
        let lines = outcome.timeline.split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.dropLast(2).joined(separator: "\n")
        #expect(try String(contentsOf: readme, encoding: .utf8).contains(shown), "\(shown)")
    }

    @Test("the quarantine of 28 days is a timeline a person can follow")
    func timeline() async throws {
        let outcome = try await Drills().play("quarantine-to-day-28")
        let story = [
            "Mon 2026-01-05 08:00:00  cycle", "18 created", "“The token expires”",
            "Mon 2026-01-05 08:40:00  · Claresia: incremental cycle, failed",
            "· mail to it-operations@contoso.example", "· job: Active → Quarantine",
            "Mon 2026-01-05 14:40:00", "Mon 2026-01-05 20:40:00", "Tue 2026-01-06 08:40:00",
            "(7 times, every 1d, last Mon 2026-01-12 08:40:00)", "(20 times, every 1d",
            "“Day 28”", "Mon 2026-02-02 08:40:00  · Claresia: incremental cycle, failed",
            "Quarantine, Disabled", "passed  quarantine-to-day-28",
        ]
        var rest = outcome.timeline[...]
        for line in story {
            let place = try #require(rest.firstRange(of: line), "not in its place: \(line)")
            rest = rest[place.upperBound...]
        }
    }
}
