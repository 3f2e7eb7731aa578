import Foundation
import SimCore
import SimPortal
import Testing

@testable import EntraSim

@Suite("keys rotate, keys schedule")
struct KeyRotationTests {
    private func kids(_ answer: JSONValue, _ use: String) -> [String] {
        (answer["value"]?.arrayValue ?? []).filter { $0["use"]?.stringValue == use }
            .compactMap { $0["kid"]?.stringValue }
    }

    @Test("the next key signs, the old one stays published for two days")
    func planned() async throws {
        let desk = try Desk()
        let before = try await desk.perform(.listKeys)
        let after = try await desk.perform(.keys(tenant: "contoso", .rotate(KeyRotation())))
        #expect(kids(after, "signing") == kids(before, "next"))
        #expect(kids(after, "old") == kids(before, "signing"))
        #expect(kids(after, "next").count == 1)
        try await desk.perform(.clock(.advance(by: .days(2))))
        let later = try await desk.perform(.listKeys)
        #expect(kids(later, "old").isEmpty)
        #expect(kids(later, "signing") == kids(after, "signing"))
    }

    @Test("by themselves, on the clock's own timeline, and the advance says so")
    func scheduled() async throws {
        let desk = try Desk()
        try await desk.perform(
            .keys(
                tenant: "contoso",
                .schedule(interval: .set(.days(42)), publishedAhead: nil, keptAfter: nil)))
        let before = try await desk.perform(.listKeys)
        let moved = try await desk.perform(.clock(.advance(by: .days(43))))
        #expect(
            moved["ran"]?.arrayValue?.map { $0["what"]?.stringValue } == [
                "contoso: signing keys rolled over"
            ])
        #expect(moved["ran"]?.arrayValue?.first?["at"] == "2026-02-16T08:00:00Z")
        let after = try await desk.perform(.listKeys)
        #expect(kids(after, "signing") == kids(before, "next"))
    }

    @Test("an app gets a key of its own, twice, and gives it back")
    func application() async throws {
        let desk = try Desk()
        func own(_ answer: JSONValue) -> Int {
            (answer["value"]?.arrayValue ?? []).filter { $0["app"] == "Claresia" }.count
        }
        let once = try await desk.perform(
            .keys(tenant: "contoso", .rotateApplication("Claresia")))
        #expect(own(once) == 1)
        let twice = try await desk.perform(
            .keys(tenant: "contoso", .rotateApplication("Claresia")))
        #expect(own(twice) == 2)
        #expect(
            own(try await desk.perform(.keys(tenant: "contoso", .dropApplication("Claresia"))))
                == 0)
    }

    @Test("a key folder keeps its keys: the same after a rollover in another run")
    func folder() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "entra-sim-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var signing: [[String]] = []
        for _ in 0..<2 {
            var configuration = SimulatorConfiguration()
            configuration.keysFolder = folder
            configuration.clock = .frozen(at: Desk.start)
            let desk = try Desk(configuration)
            signing.append(
                kids(
                    try await desk.perform(.keys(tenant: "contoso", .rotate(KeyRotation()))),
                    "signing"))
            desk.simulator.stop()
        }
        #expect(signing[0] == signing[1])
    }
}
