import Foundation
import Testing

@testable import EntraSim

@Suite("The ready-file")
struct ReadyFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "entra-sim-\(UUID().uuidString)").path

    private func simulator(_ path: String) -> Simulator {
        var configuration = SimulatorConfiguration()
        configuration.readyFile = path
        return Simulator(configuration)
    }

    @Test("in a folder that is not there yet: made, and gone after a clean stop")
    func missingFolder() throws {
        let simulator = simulator(folder + "/ready.json")
        try simulator.start()
        #expect(FileManager.default.fileExists(atPath: folder + "/ready.json"))
        simulator.stop()
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("names addresses as they are, without {origin}")
    func addresses() throws {
        let simulator = simulator(folder + ".json")
        try simulator.start()
        defer { simulator.stop() }
        #expect(!simulator.readyText.contains("{origin}"))
        #expect(simulator.readyText.contains(simulator.baseURL + "/apps/claresia/scim/v2"))
    }

    @Test("two folders deep is not guessed: a failure with a hint, and nothing left")
    func deep() throws {
        let simulator = simulator(folder + "/a/ready.json")
        do throws(SimulatorFailure) {
            try simulator.start()
            Issue.record("started")
        } catch {
            #expect(error.hint == "choose another file with --ready-file")
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
