import SimCore
import SimDirectory
import SimFaults
import SimPortal
import Testing

@testable import EntraSim

@Suite("tenant export")
struct ExportTests {
    private static func rule(_ name: String, tenant: String?) throws -> FaultRule {
        var rule: JSONObject = [
            "name": .string(name), "where": "token", "what": ["aadsts": 50076],
            "when": ["after": 2],
        ]
        if let tenant { rule.append("whom", ["tenant": .string(tenant)]) }
        return try FaultRule(.object(rule))
    }

    @Test("fault rules for everybody and for the tenant go along, those of other tenants do not")
    func faults() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        let rules = [
            try Self.rule("for all", tenant: nil), try Self.rule("mine", tenant: "Contoso.example"),
            try Self.rule("theirs", tenant: "fabrikam"),
        ]
        for rule in rules { try await desk.perform(.faults(.add(rule))) }
        let exported = try await desk.perform(.exportTenant("contoso"))
        var decoder = TenantFixtureDecoder(name: "contoso")
        decoder.readTenant(Array(exported.prettyText.utf8), file: "tenant.json")
        let check = decoder.finish()
        #expect(check.problems.map(\.text) == [])
        #expect(FixtureFaults(check.faults).rules == Array(rules.prefix(2)))
    }

    @Test("without a rule there is no such key")
    func none() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        #expect(try await desk.perform(.exportTenant("contoso"))["faults"] == nil)
    }
}
