import Foundation
import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

/// The table that sums up how the service behaves, a test for each of its rows and with its name.
///
/// The rows about cycles stand in this folder; those that need a running simulator (its sample
/// apps, its control API, its login endpoint) in `Tests/ScenarioTests/SummaryTable`.
@Suite("Summary table — provisioning.md §13")
struct SummaryTableTests {
    /// The rows in the table's order.
    static let rows = [
        "Initial cycle", "Incremental cycle", "Assigned-only scope, no nesting", "Scoping filters",
        "Matching by query", "Soft delete", "Hard delete", "Unmanaged after unassign",
        "Repeat deprovision", "SkipOutOfScopeDeletions", "Manager/member reference gap",
        "Restart default", "Restart Full", "Escrow back-off", "Transient retry", "Throttle",
        "Stale id", "Credential quarantine", "Proportion quarantine", "Absolute quarantine",
        "Quarantine cadence", "escrowsPruned", "Accidental deletions", "Allow deletes", "POD",
        "Log record", "Boolean as string", "Capitalised ops", "Path-less dotted replace",
        "Manager as bare string", "Member removal shapes", "Probe", "Group probe 404",
        "404 message", "Reason text with retry date", "`[flag]` and POD", "Null values",
        "Default if null", "Stop", "Event lost on restart", "Event lost on fast purge",
        "Object connection removal", "Schema import", "Config via Graph", "Duration estimate",
        "Validator", "Onboarding suite", "Workload identity",
    ]

    @Test("every row of the table has exactly one test with its name")
    func complete() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var named: [String: Int] = [:]
        for folder in ["SimProvisioningTests/SummaryTable", "ScenarioTests/SummaryTable"] {
            let place = tests.appending(path: folder)
            for file in try FileManager.default.contentsOfDirectory(atPath: place.path()) {
                let text = String(
                    decoding: try Data(contentsOf: place.appending(path: file)), as: UTF8.self)
                for piece in text.components(separatedBy: "@Test(\"").dropFirst() {
                    named[piece.components(separatedBy: "\"")[0], default: 0] += 1
                }
            }
        }
        for row in Self.rows { #expect(named[row] == 1, "\(row)") }
        #expect(Set(named.keys).subtracting(Self.rows).count == 1, "a test that is no row")
    }

    // MARK: A small company

    /// Ada and Bob, assigned; Builders, assigned, with Bob.
    func company(
        _ tenantURL: String = "https://target.example/scim",
        scope: ProvisioningConfiguration.Scope = .assignedOnly,
        _ configure: (inout ProvisioningConfiguration) -> Void = { _ in }
    ) -> Bench {
        var directory = TestDirectory(tenantURL: tenantURL, scope: scope, configure: configure)
        directory.addUser("ada")
        directory.addUser("bob")
        directory.addGroup("Builders", members: ["bob"])
        return Bench(directory)
    }

    static let flagged = "https://target.example/scim?aadOptscim062020"

    /// Writes about Ada are answered so.
    static func refusingAda(_ status: Int, body: String = "") -> TinyTarget.Rule {
        { request in
            let isAda =
                request.target.contains("u-ada")
                || String(decoding: request.body, as: UTF8.self).contains("ada@")
            guard request.method != .get, isAda else { return nil }
            return .success(HTTPResponse(status: status, body: Array(body.utf8)))
        }
    }

    static func ada(_ bench: Bench) -> JSONObject? {
        bench.target.user(named: "ada@fabrikam.example")
    }
}
