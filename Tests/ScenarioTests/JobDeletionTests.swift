import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("A provisioning job that is deleted — provisioning.md §1.2")
struct JobDeletionTests {
    private static let person = "adele.vance@contoso.example"

    @Test("forgets everything, sends nothing, and stays gone over a restart; a new job adopts")
    func deletion() async throws {
        let folder = try Scratch()
        func scene() throws -> Scene {
            try Scene {
                $0.dataFolder = folder.path + "/data"
                $0.keysFolder = folder.path + "/keys"
                $0.seed = nil
            }
        }
        do {
            let scene = try scene()
            #expect(try await scene.provisioning("Claresia").runCycle().counts.created == 18)
            let start = scene.journal.latest
            try await scene.provisioning("Claresia").delete()
            try scene.directory.disable(user: Self.person)
            try await scene.clock.advance(by: .seconds(7_200))
            #expect(!scene.sent(after: start).contains { $0.target.contains("/apps/claresia/") })
            #expect(throws: SimulatorFailure.self) {
                try scene.provisioning("Claresia").statusText()
            }
            #expect(try await scene.team("claresia").people.count == 14)
        }
        let scene = try scene()
        #expect(throws: SimulatorFailure.self) {
            try scene.provisioning("Claresia").statusText()
        }
        let ready = try JSONValue(parsing: Array(scene.simulator.readyText.utf8))
        let target = try #require(
            ready["targets"]?.arrayValue?.first { $0["name"] == "Claresia" })
        try scene.directory.setProvisioning(
            of: "Claresia", tenantURL: target["baseURL"]?.stringValue,
            token: target["token"]?.stringValue)
        let outcome = try await scene.provisioning("Claresia").runCycle()
        #expect(outcome.isInitial)
        #expect(outcome.counts.created == 0)
        // The log begins with this cycle: of the 18 that the old job created it knows nothing.
        let rows = try await scene.provisioning("Claresia").logTexts(limit: 1_000)
        #expect(!rows.isEmpty && rows.allSatisfy { !$0.contains("EntryExportAdd") })
        // Who was disabled meanwhile was never known to this job, so nothing is taken from him.
        #expect(try await !scene.team("claresia").person(Self.person).isArchived)
    }
}
