import SimCore
import Testing

@testable import SimDirectory

@Suite("Expression settings of a job — mapping-expressions.md §6")
struct ExpressionSettingsTests {
    private func check(_ settings: String) -> FixtureCheck {
        var decoder = TenantFixtureDecoder(name: "acme")
        decoder.readTenant(
            Array(
                """
                {"domains":["acme.example"],"applications":[{"displayName":"Shop",
                "provisioning":{"tenantUrl":"https://s.example/scim",
                "expressionSettings":\(settings)}}]}
                """.utf8), file: "tenant.json")
        return decoder.finish()
    }

    private func configuration(_ settings: String) throws -> ProvisioningConfiguration {
        let fixture = try #require(check(settings).fixture)
        let created = fixture.events.compactMap { event in
            if case .servicePrincipalCreated(let principal) = event { principal } else { nil }
        }
        return try #require(created.compactMap(\.provisioning).first)
    }

    @Test("a fixture sets each of them, words and flags")
    func fixture() throws {
        let all = """
            {"iifNullCondition":"documented","replacementAttribute":"whenSourceHasValue",
             "severalRoles":"first","cloudSyncFunctions":true,
             "formatDateTimeWithoutStyles":true,"splitTrimsItems":false,
             "apostropheSeparatesWords":true}
            """
        let settings = try configuration(all).expressions
        for name in ExpressionSettings.Name.allCases {
            #expect(settings[name] != ExpressionSettings.standard[name], "\(name.rawValue)")
        }
        #expect(
            try JSONValue(parsing: Array(all.utf8)).text == JSONValue.object(settings.json).text)
        #expect(try configuration("{}").expressions == .standard)
    }

    @Test(
        "a wrong one is refused with its place and the nearest name",
        arguments: [
            (#"{"splitTrimsItem":true}"#, "splitTrimsItem", "splitTrimsItems"),
            (#"{"severalRoles":"frist"}"#, "severalRoles", "first"),
            (#"{"splitTrimsItems":"tru"}"#, "splitTrimsItems", "true"),
        ])
    func refused(settings: String, key: String, nearest: String) throws {
        let check = check(settings)
        #expect(check.fixture == nil)
        let problem = try #require(check.problems.first)
        #expect(problem.line == 3)
        #expect(problem.keyPath == "applications[0].provisioning.expressionSettings.\(key)")
        #expect(problem.nearest == nearest)
    }

    @Test("they survive journal and text; the defaults take no room")
    func stored() throws {
        var configuration = try configuration(#"{"severalRoles":"first","splitTrimsItems":false}"#)
        let stored = configuration.journalObject
        #expect(stored["expressions"]?.text == #"{"severalRoles":"first","splitTrimsItems":false}"#)
        #expect(ExpressionSettings(stored["expressions"] ?? .null) == configuration.expressions)
        configuration.expressions = .standard
        #expect(configuration.journalObject["expressions"] == nil)
    }

    @Test("a value it cannot have changes nothing")
    func values() {
        var settings = ExpressionSettings()
        for name in ExpressionSettings.Name.allCases {
            let isTaken = settings.set(name, to: "maybe")
            #expect(!isTaken)
            for value in name.values {
                let isTaken = settings.set(name, to: value)
                #expect(isTaken)
                #expect(settings[name] == value)
            }
        }
    }
}
