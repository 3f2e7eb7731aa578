import SimCore
import SimDirectory
import Testing

@testable import SimProvisioning

@Suite("Cycles with a scoping filter — mapping-expressions.md §8.3")
struct FilteredCycleTests {
    /// Users in Sales only; groups whose name begins with Team.
    private func directory(
        _ set: String = "groups", clause: JSONValue? = nil
    ) -> TestDirectory {
        let sales =
            clause
            ?? [
                "sourceOperandName": "department", "operatorName": "EQUALS",
                "targetOperand": ["values": ["Sales"]],
            ]
        return TestDirectory { configuration in
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "scope": .object([
                            set: [["name": "Sales", "clauses": [sales]]]
                        ]),
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName", "source": "[userPrincipalName]",
                                "matchingPriority": 1,
                            ],
                            ["targetAttributeName": "active", "source": "Not([IsSoftDeleted])"],
                            ["targetAttributeName": "title", "source": "[jobTitle]"],
                        ],
                    ],
                    [
                        "sourceObjectName": "Group",
                        "scope": [
                            "groups": [
                                [
                                    "name": "Teams",
                                    "clauses": [
                                        [
                                            "sourceOperandName": "displayName",
                                            "operatorName": "REGEX MATCH",
                                            "targetOperand": ["values": ["^Team"]],
                                        ]
                                    ],
                                ]
                            ]
                        ],
                        "attributeMappings": [
                            [
                                "targetAttributeName": "displayName", "source": "[displayName]",
                                "matchingPriority": 1,
                            ]
                        ],
                    ],
                ]
            ]
        }
    }

    @Test("who never passed the filter is skipped without a call, and the row says why")
    func skipped() throws {
        var directory = directory()
        directory.addUser("ada", ["department": "Sales"])
        directory.addUser("bob", ["department": "Legal"])
        directory.addUser("cal")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "create success Ada Moss", "other skipped Bob Moss (NotEffectivelyEntitled)",
                "other skipped Cal Moss (NotEffectivelyEntitled)",
            ])
        #expect(bench.writes.count == 1)
        let details = bench.rows[1].steps.flatMap(\.details)
        func detail(_ key: String) -> String? { details.first { $0.name == key }?.value }
        #expect(detail("Assigned to the application") == "True")
        #expect(detail("Scoping filter evaluation passed") == "False")
        #expect(detail("IsInProvisioningScope") == "False")
        #expect(
            detail("ScopeEvaluationResult") == #"{"Sales":{"department EQUALS \"Sales\"":false}}"#)
    }

    @Test("who leaves the filter is disabled once, who comes back is switched on again")
    func leaving() throws {
        var directory = directory()
        directory.addUser("ada", ["department": "Sales"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.set("ada", "department", "Legal")
        try bench.cycle()
        #expect(bench.rowTexts == ["disable success Ada Moss"])
        #expect(bench.write.contains(#""path":"active","value":"#))
        bench.directory.set("ada", "jobTitle", "Counsel")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        bench.directory.set("ada", "department", "Sales")
        try bench.cycle()
        #expect(bench.rowTexts == ["update success Ada Moss"])
        #expect(bench.target.user(named: "ada@fabrikam.example")?["title"] == "Counsel")
    }

    @Test("with SkipOutOfScopeDeletions leaving the filter changes nothing — §8.3")
    func keptOutOfScope() throws {
        var directory = directory()
        directory.servicePrincipal.provisioning?.skipsOutOfScopeDeletions = true
        directory.addUser("ada", ["department": "Sales"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.set("ada", "department", "Legal")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.rowTexts == ["other skipped Ada Moss (EntrySynchronizationSkipped)"])
    }

    @Test("filtered while reading means left alone: no row, no call, no disable — §8.1")
    func input() throws {
        var directory = directory("inputFilterGroups")
        directory.addUser("ada", ["department": "Sales"])
        directory.addUser("bob")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.rowTexts == ["create success Ada Moss"])
        bench.directory.set("ada", "department", "Legal")
        try bench.cycle()
        #expect(bench.rows.isEmpty && bench.writes.isEmpty)
    }

    @Test("a group outside its filter is skipped, and deleted when it leaves")
    func groups() throws {
        var directory = directory()
        directory.addGroup("Team A")
        directory.addGroup("Other")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "create success Team A", "other skipped Other (NotEffectivelyEntitled)",
            ])
        bench.directory.rename("Team A", "Former")
        try bench.cycle()
        #expect(bench.rowTexts == ["delete success Former"])
    }

    @Test("a filter by an attribute the service cannot filter by is refused with its path")
    func refused() {
        let directory = directory(clause: [
            "sourceOperandName": "manager", "operatorName": "IS NULL",
        ])
        do {
            _ = try directory.job()
            Issue.record("accepted")
        } catch let error as ProvisioningJob.ConfigurationError {
            #expect(
                error.explanation == """
                    objectMappings[0].scope.groups[0].clauses[0]: 'manager' is not supported as a \
                    scoping attribute
                    """)
        } catch {
            Issue.record(error)
        }
    }

    @Test("Now and Guid in a mapping: one instant for a cycle, another GUID for each object")
    func surroundings() throws {
        var directory = TestDirectory { configuration in
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName", "source": "[userPrincipalName]",
                                "matchingPriority": 1,
                            ],
                            ["targetAttributeName": "title", "source": "Guid()"],
                            [
                                "targetAttributeName": "displayName",
                                "source": "Append(\"d@\", DefaultDomain())",
                            ],
                            ["targetAttributeName": "nickName", "source": "CStr(Now())"],
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("ada")
        directory.addUser("bob")
        func run(_ order: Bench.Order) throws -> [JSONObject] {
            var bench = Bench(directory)
            bench.order = order
            try bench.cycle()
            return ["ada", "bob"].compactMap { bench.target.user(named: "\($0)@fabrikam.example") }
        }
        let people = try run(.first)
        #expect(people.map { $0["displayName"] } == ["d@fabrikam.example", "d@fabrikam.example"])
        #expect(people.map { $0["nickName"] } == ["1/5/2026 8:00:00 AM", "1/5/2026 8:00:00 AM"])
        #expect(people[0]["title"] != people[1]["title"])
        let others = try run(.last)
        #expect(people.map { $0["title"] } == others.map { $0["title"] })
    }
}
