import Foundation
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
        #expect(FixtureExtras(check.parts).rules == Array(rules.prefix(2)))
    }

    @Test("issuers and settings of the login endpoint go along as the fixture has them")
    func parts() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "entra-sim-export-\(ProcessInfo.processInfo.globallyUniqueString)")
        defer {
            // A leftover folder in the temporary directory harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        let acme = folder.appendingPathComponent("acme")
        try FileManager.default.createDirectory(at: acme, withIntermediateDirectories: true)
        let parts =
            #""identitySettings":{"sealsGraphTokens":true},"issuers":[{"issuer":"https://a.b"}]"#
        try Data(#"{"domains":["acme.example"],\#(parts)}"#.utf8).write(
            to: acme.appendingPathComponent("tenant.json"))
        var configuration = SimulatorConfiguration()
        configuration.tenantsFolder = folder.path
        let desk = try Desk(configuration)
        defer { desk.simulator.stop() }
        let exported = try await desk.perform(.exportTenant("acme"))
        #expect(exported.text.hasSuffix(",\(parts)}"))
    }

    @Test("without a rule there is no such key")
    func none() async throws {
        let desk = try Desk()
        defer { desk.simulator.stop() }
        #expect(try await desk.perform(.exportTenant("contoso"))["faults"] == nil)
    }
}
