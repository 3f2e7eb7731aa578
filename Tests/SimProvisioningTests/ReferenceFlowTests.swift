import SimCore
import SimDirectory
import Testing

@testable import SimProvisioning

@Suite("How manager and members flow, and what a crash repeats — mapping-expressions.md §3.2, §7.1")
struct ReferenceFlowTests {
    /// Ada reports to Bob and is in Builders; manager and members flow as said.
    private func bench(_ flow: String) throws -> Bench {
        let schema: JSONValue = [
            "objectMappings": [
                [
                    "sourceObjectName": "User",
                    "attributeMappings": [
                        [
                            "targetAttributeName": "userName", "source": "[userPrincipalName]",
                            "matchingPriority": 1,
                        ],
                        [
                            "targetAttributeName": .string(ObjectNames.enterpriseUser + ":manager"),
                            "source": "[manager]", "flowType": .string(flow),
                        ],
                    ],
                ],
                [
                    "sourceObjectName": "Group",
                    "attributeMappings": [
                        [
                            "targetAttributeName": "displayName", "source": "[displayName]",
                            "matchingPriority": 1,
                        ],
                        [
                            "targetAttributeName": "members", "source": "[members]",
                            "flowType": .string(flow),
                        ],
                    ],
                ],
            ]
        ]
        var directory = TestDirectory { $0.schema = schema }
        for name in ["ada", "bob", "cyd"] { directory.addUser(name) }
        directory.setManager("bob", of: "ada")
        directory.addGroup("Builders", members: ["ada"])
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.writes.count == 6)
        return bench
    }

    @Test(
        "after creation a manager and members change, are only added, or stay",
        arguments: [
            ("Always", 2, 2), ("ObjectAddOnly", 0, 0), ("ValueAddOnly", 2, 0),
            ("MultiValueAddOnly", 2, 0),
        ])
    func flowTypes(flow: String, additions: Int, removals: Int) throws {
        var bench = try bench(flow)
        bench.directory.setManager("cyd", of: "ada")
        bench.directory.addMember("bob", to: "Builders")
        try bench.cycle()
        #expect(bench.writes.count == additions, "\(bench.writes)")
        bench.directory.setManager(nil, of: "ada")
        bench.directory.removeMember("ada", from: "Builders")
        try bench.cycle()
        #expect(bench.writes.count == removals, "\(bench.writes)")
    }

    @Test("AttributeAddOnly writes a manager where the target shows none, and replaces none")
    func attributeAddOnly() throws {
        var bench = try bench("AttributeAddOnly")
        bench.directory.setManager("cyd", of: "ada")
        bench.directory.setManager("cyd", of: "bob")
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(bench.rows.filter { $0.action == .update }.map(\.displayName) == ["Bob Moss"])
    }

    @Test("a member that changed before and after a crash is told once — provisioning.md §1.5")
    func toldOnce() throws {
        var bench = try bench("Always")
        bench.directory.removeMember("ada", from: "Builders")
        bench.apply(
            .cycleBegan(
                CycleStart(
                    id: .zero, kind: .incremental, at: bench.now,
                    mappings: try bench.directory.job().mappings,
                    directory: bench.directory.snapshot.sequence)))
        bench.directory.addMember("ada", to: "Builders")
        try bench.cycle()
        #expect(bench.writes.filter { $0.contains("members") }.count == 1, "\(bench.writes)")
    }

    @Test("the definition's default stands for null only where the target requires a value")
    func definitionDefault() throws {
        func value(isRequired: Bool) throws -> String? {
            CompiledAttribute(
                index: 0, path: try TargetPath(parsing: "title"), kind: .string, isCaseExact: false,
                isRequired: isRequired, definitionDefault: "Staff",
                mapping: AttributeMapping(target: "title", source: .attribute("jobTitle")),
                readsSoftDeleted: false, isRedacted: false
            ).createDefault
        }
        #expect(try value(isRequired: true) == "Staff")
        #expect(try value(isRequired: false) == nil)
    }
}
