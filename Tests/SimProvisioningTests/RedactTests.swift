import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Redact keeps a value out of the log — mapping-expressions.md §5.1")
struct RedactTests {
    private func bench(_ expression: String, _ further: JSONValue...) -> Bench {
        let rows: [JSONValue] =
            [
                [
                    "targetAttributeName": "userName", "source": "[userPrincipalName]",
                    "matchingPriority": 1,
                ],
                ["targetAttributeName": "externalId", "source": .string(expression)],
            ] + further
        var directory = TestDirectory { configuration in
            configuration.schema = [
                "objectMappings": [
                    ["sourceObjectName": "User", "attributeMappings": .array(rows)]
                ]
            ]
        }
        directory.addUser("ada", ["employeeId": "E-471193"])
        return Bench(directory)
    }

    private func logged(_ bench: Bench) throws -> String {
        let context = ProvisioningLogContext(job: try bench.directory.job())
        return bench.rows.map { $0.resource(context).text }.joined()
            + bench.records.map { $0.event(job: "j") }.map { "\($0)" }.joined()
    }

    @Test(
        "the target gets the value, no row and no stored record shows it",
        arguments: ["Redact([employeeId])", #"Append("no-", Redact([employeeId]))"#])
    func create(expression: String) throws {
        var bench = bench(expression)
        try bench.cycle()
        #expect(bench.write.contains("E-471193"))
        let row = try #require(bench.rows.first)
        #expect(row.modified.last == .init("externalId", old: nil, new: "[Redact]"))
        #expect(try !logged(bench).contains("471193"))
        #expect(try logged(bench).contains(#""employeeId":"[Redact]""#))
    }

    @Test("an update hides the old value as well as the new, and what was read")
    func update() throws {
        var bench = bench("Redact([employeeId])")
        try bench.cycle()
        bench.directory.set("ada", "employeeId", "E-880022")
        try bench.cycle()
        #expect(bench.write.contains("E-880022"))
        let row = try #require(bench.rows.first)
        #expect(row.modified == [.init("externalId", old: "[Redact]", new: "[Redact]")])
        #expect(try !logged(bench).contains("471193"))
        #expect(try !logged(bench).contains("880022"))
    }

    @Test("a source that another row sends openly is shown")
    func open() throws {
        var bench = bench(
            "Redact([employeeId])",
            ["targetAttributeName": "title", "source": "[employeeId]"])
        try bench.cycle()
        let details = try #require(bench.rows.first).steps.first?.details
        #expect(details?.first { $0.name == "employeeId" }?.value == "E-471193")
    }

    @Test("an expression that fails does not quote the value")
    func failure() throws {
        var bench = bench("Redact(CDate([employeeId]))")
        try bench.cycle()
        let row = try #require(bench.rows.first)
        #expect(row.failure != nil)
        #expect(try !logged(bench).contains("471193"))
    }
}
