import SimCore
import SimDirectory
import SimIdentity
import SimPortal
import Testing

@testable import EntraSim

@Suite("Conditional Access and the sign-in log by the control API")
struct AccessDeskTests {
    private static let policy: JSONObject = [
        "displayName": "MFA for sales",
        "conditions": [
            "users": ["includeUsers": ["All"], "excludeUsers": ["adele.vance@contoso.example"]],
            "applications": ["includeApplications": ["Claresia"]],
        ],
        "grantControls": ["builtInControls": ["mfa"]],
    ]

    private func access(_ desk: Desk, _ command: AccessCommand) async throws -> JSONValue {
        try await desk.perform(.access(tenant: "contoso", command))
    }

    @Test("a policy is made, read, changed, exported and deleted")
    func life() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let made = try await access(desk, .addPolicy(Self.policy))
        #expect(made["state"] == "enabled")
        #expect(
            made["summary"] == "everyone but adele.vance@contoso.example; Claresia: mfa")
        #expect(made["createdDateTime"] == "2026-01-05T08:00:00Z")
        let id = try #require(made["id"]?.stringValue)
        let off = try await access(desk, .setPolicy("mfa FOR sales", ["state": "disabled"]))
        #expect(off["state"] == "disabled")
        #expect(off["id"]?.stringValue == id)
        #expect(off["modifiedDateTime"] == "2026-01-05T08:00:00Z")
        #expect(off["conditions"] == made["conditions"])
        let exported = try await desk.perform(.exportTenant("contoso"))
        #expect(exported["conditionalAccessPolicies"]?.arrayValue?.count == 1)
        _ = try await access(desk, .deletePolicy(id))
        #expect(try await access(desk, .listPolicies)["value"] == [])
    }

    @Test("what is wrong is told by key, with the nearest name, and nothing happens")
    func faults() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        var wrong = Self.policy
        wrong["conditions"] = ["users": ["includeGroups": ["claresia-user"]]]
        do {
            _ = try await access(desk, .addPolicy(wrong))
            Issue.record("accepted")
        } catch let error as ControlError {
            #expect(error.status == 400)
            #expect(
                error.message
                    == "conditions.users.includeGroups[0]: no group \"claresia-user\"")
            #expect(error.hint == "did you mean \"claresia-users\"?")
        }
        _ = try await access(desk, .addPolicy(Self.policy))
        await #expect(throws: ControlError.self) {
            _ = try await access(desk, .addPolicy(Self.policy))
        }
        #expect(try await access(desk, .listPolicies)["value"]?.arrayValue?.count == 1)
    }

    @Test("a location that a policy names stays until the policy is gone")
    func locations() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        _ = try await access(
            desk, .addLocation(["displayName": "Abroad", "ipRanges": ["198.51.100.0/24"]]))
        var policy = Self.policy
        policy["conditions"] = [
            "users": ["includeUsers": ["All"]], "locations": ["includeLocations": ["abroad"]],
        ]
        _ = try await access(desk, .addPolicy(policy))
        do {
            _ = try await access(desk, .deleteLocation("Abroad"))
            Issue.record("deleted")
        } catch let error as ControlError {
            #expect(error.status == 409)
            #expect(error.message == "named location \"Abroad\" is used by \"MFA for sales\"")
        }
        _ = try await access(desk, .deletePolicy("MFA for sales"))
        _ = try await access(desk, .deleteLocation("Abroad"))
        #expect(try await access(desk, .listLocations)["value"] == [])
    }

    @Test("the log keeps the last ten thousand, numbers on, and filters")
    func log() throws {
        let log = SignInLog()
        let tenant = TenantID(GUID(seed: 1, name: "tenant"))
        for index in 0..<(SignInLog.entryLimit + 5) {
            var entry = SignInEntry(tenant: tenant)
            entry.id = GUID(high: 0, low: UInt64(index))
            entry.app.displayName = index % 2 == 0 ? "Claresia" : "Claras"
            entry.person = SignInEntry.Person(userName: "user\(index)@x.example")
            log.record(entry)
        }
        #expect(log.latest == UInt64(SignInLog.entryLimit + 5))
        #expect(log.numbered.count == SignInLog.entryLimit)
        #expect(log.numbered.first?.number == 6)
        #expect(log.numbered.first?.entry.id.low == 5)
        var query = SignInQuery()
        query.app = "claras"
        query.after = log.latest - 4
        let rows = try #require(log.answer(query)["value"]?.arrayValue)
        #expect(rows.map { $0["appDisplayName"] } == ["Claras", "Claras"])
        query.status = .failure
        #expect(log.answer(query)["value"] == [])
    }
}
