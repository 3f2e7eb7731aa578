import Foundation
import SimCore
import SimProvisioning
import Testing

@testable import EntraSim

@Suite("Several jobs of several tenants, each by itself — provisioning.md §1.2, §1.4, §2.2")
struct ScheduleTests {
    /// A second company with one person, provisioned to an address nobody answers at until told.
    private static let fabrikam = """
        {
          "displayName": "Fabrikam", "seed": 7, "domains": ["fabrikam.example"],
          "createdDateTime": "2025-09-01T08:00:00Z", "defaultPassword": "Fixture-Only-2026!",
          "users": [
            {"userPrincipalName": "ada.moss@fabrikam.example", "givenName": "Ada",
             "surname": "Moss", "displayName": "Ada Moss", "mail": "ada.moss@fabrikam.example"}
          ],
          "groups": [],
          "applications": [
            {"displayName": "Roster", "template": "nonGallery",
             "appRoleAssignedTo": [{"principal": "ada.moss@fabrikam.example"}],
             "provisioning": {"tenantUrl": "{origin}/apps/claresia/scim/v2",
                              "secretToken": "claresia-demo-scim-token"}}
          ]
        }
        """

    private func engine() throws -> (Engine, DataFolder) {
        let folder = try DataFolder()
        let shipped = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "tenants")
        let tenants = URL(filePath: folder.path).appending(path: "tenants")
        try FileManager.default.createDirectory(at: tenants, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: shipped.appending(path: "contoso"), to: tenants.appending(path: "contoso"))
        let place = tenants.appending(path: "fabrikam")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(Self.fabrikam.utf8).write(to: place.appending(path: "tenant.json"))
        return (try Engine { $0.tenantsFolder = tenants.path() }, folder)
    }

    @Test("one in quarantine, one paused, one of another tenant: none holds up the others")
    func independent() async throws {
        let (engine, folder) = try engine()
        defer { _ = folder }
        let simulator = engine.simulator
        let roster = simulator.provisioning(of: "Roster", in: "fabrikam")
        _ = try await engine.clock.advance(by: .minutes(40))
        #expect(try engine.runner.jobState.cycleCount >= 1)
        try engine.directory.setProvisioning(of: "Claresia", token: "expired")
        try await simulator.provisioning(of: "Claras").pause()
        let ran = try await engine.clock.advance(by: .hours(24)).map(\.what)
        func cycles(_ app: String) -> Int { ran.count { $0.hasPrefix("\(app):") } }
        // Claresia: the failing cycle, then 6, 12 and 24 hours after it, not each 40 minutes.
        #expect((3...4).contains(cycles("Claresia")))
        #expect(cycles("Claras") == 0)
        #expect(cycles("Roster") == 36)
        // What happens in one tenant is no work of the other's job.
        try engine.directory.set(["jobTitle": "Buyer"], of: "adele.vance@contoso.example")
        try simulator.directory(of: "fabrikam").set(
            ["jobTitle": "Pilot"], of: "ada.moss@fabrikam.example")
        #expect(try await roster.runCycle().counts.updated == 1)
        #expect(try engine.runner.jobState.statusCode == .quarantine)
        try await simulator.provisioning(of: "Claras").start()
        let then = try await engine.clock.advance(by: .zero).map(\.what)
        #expect(then.contains { $0.hasPrefix("Claras:") })
        #expect(!then.contains { $0.hasPrefix("Claresia:") })
    }

    @Test("the same two companies twice: the same work at the same times in the same order")
    func repeatable() async throws {
        var seen: [[String]] = []
        for _ in 0..<2 {
            let (engine, folder) = try engine()
            defer { _ = folder }
            let ran = try await engine.clock.advance(by: .hours(4))
            seen.append(ran.map { "\($0.at) \($0.what)" })
        }
        #expect(seen[0].count > 12)
        #expect(seen[0] == seen[1])
    }
}
