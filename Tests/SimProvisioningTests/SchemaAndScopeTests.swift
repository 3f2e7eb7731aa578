import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Mappings and scope as configured — provisioning.md §1.6, §6.4, §8")
struct SchemaAndScopeTests {
    private func directory(mapping rows: JSONValue, flowTypes: JSONValue = "Add, Update, Delete")
        -> TestDirectory
    {
        TestDirectory { configuration in
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User", "flowTypes": flowTypes,
                        "attributeMappings": rows,
                    ]
                ]
            ]
        }
    }

    private static let name: JSONValue = [
        "targetAttributeName": "userName", "source": "[userPrincipalName]", "matchingPriority": 1,
    ]

    @Test("the default mappings are 22 and 3 rows, one matching attribute each — §8")
    func defaults() throws {
        let schema = SynchronizationSchema.customApp(jobID: "j", version: TestDirectory.start)
        let user = try #require(schema.objectMapping(source: "User"))
        let group = try #require(schema.objectMapping(source: "Group"))
        #expect(user.attributeMappings.count == 22)
        #expect(group.attributeMappings.map(\.target) == ["displayName", "externalId", "members"])
        #expect(
            user.attributeMappings.filter { $0.matchingPriority > 0 }.map(\.target) == ["userName"])
        #expect(user.flowTypes.text == "Add, Update, Delete")
        // What is shown can be given back.
        var again = SynchronizationSchema.customApp(jobID: "j", version: TestDirectory.start)
        try again.replaceMappings(with: schema.resource)
        #expect(again.rules == schema.rules)
    }

    @Test("own mappings: constants, expressions, defaults and create-only rows")
    func ownMappings() throws {
        var directory = directory(mapping: [
            Self.name, ["targetAttributeName": "userType", "source": "\"Employee\""],
            ["targetAttributeName": "nickName", "source": "ToUpper([givenName])"],
            ["targetAttributeName": "title", "source": "[jobTitle]", "defaultValue": "Staff"],
            [
                "targetAttributeName": "locale", "source": "[preferredLanguage]",
                "flowType": "ObjectAddOnly",
            ],
        ])
        directory.addUser("ada", ["preferredLanguage": "en"])
        var bench = Bench(directory)
        try bench.cycle()
        #expect(
            bench.write.contains(
                #""userName":"ada@fabrikam.example","userType":"Employee","nickName":"ADA","#
                    + #""title":"Staff","locale":"en""#))
        bench.directory.set("ada", "preferredLanguage", "de")
        bench.directory.set("ada", "givenName", "Eda")
        try bench.cycle()
        #expect(bench.write.hasSuffix(#"[{"op":"Replace","path":"nickName","value":"EDA"}]}"#))
        // Nothing maps IsSoftDeleted, so nothing tells the target.
        bench.directory.unassign("ada")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
    }

    @Test("unticked target actions send nothing — §1.8")
    func flowTypes() throws {
        for (ticks, expected) in [
            ("Update, Delete", [[], [], []]), ("Add, Delete", [["POST"], [], ["DELETE"]]),
            ("Add, Update", [["POST"], ["PATCH"], []]),
        ] as [(String, [[String]])] {
            var directory = directory(
                mapping: [
                    Self.name, ["targetAttributeName": "title", "source": "[jobTitle]"],
                ], flowTypes: .string(ticks))
            directory.addUser("ada")
            var bench = Bench(directory)
            var seen: [[String]] = []
            try bench.cycle()
            seen.append(bench.target.writes.map(\.method.rawValue))
            bench.directory.set("ada", "jobTitle", "Engineer")
            try bench.cycle()
            seen.append(bench.target.writes.map(\.method.rawValue))
            bench.directory.append(.userDeleted(TestDirectory.userID("ada")))
            bench.directory.append(.userPurged(TestDirectory.userID("ada")))
            try bench.cycle()
            seen.append(bench.target.writes.map(\.method.rawValue))
            #expect(seen == expected, "\(ticks)")
        }
    }

    @Test(
        "a wrong mapping is refused by name",
        arguments: [
            ("[Description]", "x", 0, "unknown source attribute 'Description'"),
            ("[jobtitle]", "x", 0, "unknown source attribute 'jobtitle', did you mean 'jobTitle'"),
            ("[jobTitle]", "id", 0, "id: the id of the target cannot be mapped"),
            ("[jobTitle]", "userName", 0, "the target attribute 'userName' is mapped twice"),
            (
                "[jobTitle]", "emails[work].value", 0,
                "emails[work].value: expected a filter such as [type eq \"work\"]"
            ),
            (
                "Join(\"\", [givenName], [surname])", "cn", 2,
                "Joining property cn has more than one SourceName"
            ),
            (
                "Frobnicate([jobTitle])", "x", 0,
                "objectMappings[0].attributeMappings[1].source: unknown function 'Frobnicate' at "
                    + "position 1"
            ),
        ])
    func refused(source: String, target: String, priority: Int64, explanation: String) {
        let directory = directory(mapping: [
            Self.name,
            [
                "targetAttributeName": .string(target), "source": .string(source),
                "matchingPriority": .int(priority),
            ],
        ])
        do {
            _ = try directory.job()
            Issue.record("accepted")
        } catch let error as ProvisioningJob.ConfigurationError {
            #expect(error.explanation == explanation)
        } catch {
            Issue.record(error)
        }
    }

    @Test(
        "everything in scope: people, blocked ones skipped, every group, guests by their own name")
    func syncAll() throws {
        var directory = TestDirectory(scope: .all)
        directory.addUser("ada", assigned: false)
        directory.addUser("bob", enabled: false, assigned: false)
        directory.append(
            .userCreated(
                User(
                    id: TestDirectory.userID("gus"),
                    userPrincipalName: "gus_partner.example#EXT#@fabrikam.example",
                    displayName: "Gus", userType: .guest, createdAt: TestDirectory.start)))
        directory.addGroup("Everyone", securityEnabled: false, assigned: false, members: ["ada"])
        var bench = Bench(directory)
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "create success Ada Moss", "other skipped Bob Moss (NotEffectivelyEntitled)",
                "create success Gus", "create success Everyone", "update success Everyone",
            ])
        #expect(bench.target.user(named: "gus@partner.example") != nil)
        bench.directory.addUser("new", assigned: false)
        try bench.cycle()
        #expect(bench.rowTexts == ["create success New Moss"])
    }

    @Test("with SkipOutOfScopeDeletions only going out of scope is left alone — §1.8")
    func skipOutOfScopeDeletions() throws {
        var directory = TestDirectory { $0.skipsOutOfScopeDeletions = true }
        directory.addUser("ada")
        directory.addUser("bob")
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.unassign("ada")
        bench.directory.set("bob", "accountEnabled", false)
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "other skipped Ada Moss (EntrySynchronizationSkipped)", "disable success Bob Moss",
            ])
    }

    @Test("with SkipOutOfScopeDeletions leaving through a group is logged once as well — §1.8")
    func skipOutOfScopeByGroup() throws {
        var directory = TestDirectory { $0.skipsOutOfScopeDeletions = true }
        directory.addUser("ada", assigned: false)
        directory.addUser("bob", assigned: false)
        directory.addGroup("crew", members: ["ada", "bob"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.removeMember("ada", from: "crew")
        try bench.cycle()
        #expect(bench.rowTexts.contains("other skipped Ada Moss (EntrySynchronizationSkipped)"))
        #expect(bench.target.user(named: "ada@fabrikam.example")?["active"] == true)
        bench.directory.removeMember("bob", from: "crew")
        try bench.cycle()
        #expect(!bench.rowTexts.contains { $0.contains("Ada Moss") })
    }

    @Test(
        "somebody else's change is not looked at; somebody unassigned who never came leaves a row")
    func strangers() throws {
        var directory = TestDirectory()
        directory.addUser("ada", assigned: false)
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.rows.isEmpty)
        bench.directory.assign(.user(TestDirectory.userID("ada")), "ada")
        bench.directory.unassign("ada")
        try bench.cycle()
        #expect(bench.target.writes.isEmpty)
        #expect(bench.rowTexts == ["other skipped Ada Moss (NotEffectivelyEntitled)"])
    }

    @Test("a user in two assigned groups stays while one of them remains")
    func twoGroups() throws {
        var directory = TestDirectory()
        directory.addUser("ada", assigned: false)
        directory.addGroup("One", members: ["ada"])
        directory.addGroup("Two", members: ["ada"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.removeMember("ada", from: "One")
        try bench.cycle()
        #expect(bench.rowTexts == ["update success One"])
        bench.directory.removeMember("ada", from: "Two")
        try bench.cycle()
        #expect(bench.rowTexts == ["disable success Ada Moss", "update success Two"])
    }

    @Test("without a matching value the scope is not looked at: ImportSkipped, whatever it says")
    func importSkippedFirst() throws {
        var directory = TestDirectory(scope: .all) {
            $0.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "externalId", "source": "[employeeId]",
                                "matchingPriority": 1,
                            ]
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("ada", enabled: false)
        directory.addUser("bob", enabled: false, ["employeeId": "7"])
        var bench = Bench(directory)
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "other skipped Ada Moss (ImportSkipped)",
                "other skipped Bob Moss (NotEffectivelyEntitled)",
            ])
    }

    @Test("blocked, nobody is created; unblocked, he is")
    func unblocked() throws {
        var directory = TestDirectory()
        directory.addUser("ada", enabled: false)
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.rowTexts == ["other skipped Ada Moss (NotEffectivelyEntitled)"])
        bench.directory.set("ada", "accountEnabled", true)
        try bench.cycle()
        #expect(bench.rowTexts == ["create success Ada Moss"])
    }

    @Test("with Create unticked an account that is there is taken over, nobody is made — §1.8")
    func createUnticked() throws {
        var directory = TestDirectory {
            $0.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User", "flowTypes": "Update, Delete",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName", "source": "[userPrincipalName]",
                                "matchingPriority": 1,
                            ],
                            ["targetAttributeName": "displayName", "source": "[displayName]"],
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("ada")
        directory.addUser("bob")
        var bench = Bench(directory)
        bench.target.put(user: ["userName": "bob@fabrikam.example"], id: "u-bob")
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "other skipped Ada Moss (EntrySynchronizationSkipped)", "update success Bob Moss",
            ])
        let text = bench.rows.first?.resource(
            ProvisioningLogContext(job: try bench.directory.job()))
        #expect(text?.text.contains("Create is not selected") == true)
    }

    @Test("no matching value, no call: ImportSkipped")
    func noMatchingValue() throws {
        var directory = directory(mapping: [
            [
                "targetAttributeName": "externalId", "source": "[employeeId]",
                "matchingPriority": 1,
            ]
        ])
        directory.addUser("ada")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.target.calls.count == 2)
        #expect(bench.rowTexts == ["other skipped Ada Moss (ImportSkipped)"])
    }
}
