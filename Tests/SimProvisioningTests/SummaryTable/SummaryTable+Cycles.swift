import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

extension SummaryTableTests {
    @Test("Initial cycle")
    func initialCycle() throws {
        var bench = company()
        bench.directory.setManager("bob", of: "ada")
        bench.target.put(user: ["userName": "bob@fabrikam.example"], id: "u-bob")
        let summary = try #require(try bench.cycle())
        // Read in full, matched, created or updated, then references, then the watermark.
        #expect(summary.kind == .initial)
        #expect(
            bench.target.writes.map { "\($0.method.rawValue) \($0.target)" } == [
                "POST /scim/Users", "PATCH /scim/Users/u-bob", "POST /scim/Groups",
                "PATCH /scim/Users/u-ada", "PATCH /scim/Groups/g-Builders",
            ])
        #expect(bench.state.watermark == bench.directory.snapshot.sequence)
        // A restart and a saved mapping lead to another one.
        bench.apply(.restarted(.portal))
        #expect(try bench.cycle()?.kind == .initial)
        bench.directory.servicePrincipal.provisioning?.schema = [
            "objectMappings": [
                [
                    "sourceObjectName": "User",
                    "attributeMappings": [
                        [
                            "targetAttributeName": "userName", "source": "[userPrincipalName]",
                            "matchingPriority": 1,
                        ]
                    ],
                ]
            ]
        ]
        #expect(try bench.cycle()?.kind == .initial)
        #expect(try bench.cycle()?.kind == .incremental)
    }

    @Test("Incremental cycle")
    func incrementalCycle() throws {
        var bench = company()
        for number in 0..<20 { bench.directory.addUser("user\(number)") }
        bench.target.rule = Self.refusingAda(503)
        try bench.cycle()
        #expect(
            bench.state.nextCycle(interval: bench.settings.interval)
                == TestDirectory.start + .minutes(40))
        bench.target.rule = nil
        bench.directory.set("user3", "jobTitle", "Engineer")
        // The changed one and the one to be tried again; nobody else is asked about.
        #expect(try bench.cycle()?.kind == .incremental)
        #expect(Set(bench.rows.map(\.displayName)) == ["User3 Moss", "Ada Moss"])
        #expect(bench.target.calls.count == 2 + 2 + 2)
    }

    @Test("Assigned-only scope, no nesting")
    func assignedOnly() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob", "cora", "dan"] { directory.addUser(name, assigned: false) }
        directory.addGroup("Builders", members: ["ada"])
        directory.addGroup("Inner", assigned: false, members: ["bob"])
        directory.append(
            .memberAdded(
                TestDirectory.groupID("Builders"), .group(TestDirectory.groupID("Inner"))))
        directory.addGroup("Mail list", securityEnabled: false, members: ["cora"])
        var bench = Bench(directory)
        try bench.cycle()
        #expect(bench.target.users.values.map { $0["displayName"] } == ["Ada Moss"])
        #expect(bench.target.groups.values.map { $0["displayName"] } == ["Builders"])
        #expect(bench.target.members(of: "Builders") == ["ada@fabrikam.example"])
    }

    @Test("Scoping filters")
    func scopingFilters() throws {
        func clause(_ name: String, _ operation: String, _ value: String) -> JSONValue {
            [
                "sourceOperandName": .string(name), "operatorName": .string(operation),
                "targetOperand": ["values": [.string(value)]],
            ]
        }
        let scope: JSONValue = [
            "groups": [
                [
                    "name": "sales in NY",
                    "clauses": [
                        clause("department", "EQUALS", "Sales"), clause("state", "EQUALS", "NY"),
                    ],
                ],
                ["name": "not legal", "clauses": [clause("department", "NOT EQUALS", "Legal")]],
            ]
        ]
        var directory = TestDirectory(scope: .all) {
            $0.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User", "scope": scope,
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName", "source": "[userPrincipalName]",
                                "matchingPriority": 1,
                            ]
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("both", ["department": "Sales", "state": "NY"])
        directory.addUser("other", ["department": "Yard"])
        directory.addUser("legal", ["department": "Legal", "state": "NY"])
        directory.addUser("nobody")
        var bench = Bench(directory)
        try bench.cycle()
        #expect(Set(bench.target.users.keys) == ["u-both", "u-other"])
        // A null makes both the equality and its negation false.
        #expect(
            bench.rowTexts.filter { $0.contains("skipped") } == [
                "other skipped Legal Moss (NotEffectivelyEntitled)",
                "other skipped Nobody Moss (NotEffectivelyEntitled)",
            ])
    }

    @Test("Matching by query")
    func matching() throws {
        var directory = TestDirectory()
        for name in ["none", "one", "many"] { directory.addUser(name) }
        var bench = Bench(directory)
        bench.target.put(user: ["userName": "one@fabrikam.example"], id: "7")
        bench.target.put(user: ["userName": "many@fabrikam.example"], id: "8")
        bench.target.put(user: ["userName": "MANY@fabrikam.example"], id: "9")
        try bench.cycle()
        #expect(
            bench.rowTexts == [
                "create success None Moss", "update success One Moss",
                "other failure Many Moss (DuplicateTargetEntries)",
            ])
        #expect(
            bench.target.calls.filter { $0.target.contains("filter=") }.map(\.target).contains(
                "/scim/Users?filter=userName+eq+%22one%40fabrikam.example%22"))
        #expect(bench.state.links[.user(TestDirectory.userID("one"))]?.target == "7")
        // Once linked, the id is used.
        bench.directory.set("one", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.target.calls.contains { $0.target == "/scim/Users/7" })
        #expect(!bench.target.calls.contains { $0.target.contains("one%40") })
    }

    @Test("Soft delete")
    func softDelete() throws {
        let scope: JSONValue = [
            "groups": [
                [
                    "name": "yard",
                    "clauses": [
                        [
                            "sourceOperandName": "department", "operatorName": "EQUALS",
                            "targetOperand": ["values": ["Yard"]],
                        ]
                    ],
                ]
            ]
        ]
        let leaving: [(inout TestDirectory) -> Void] = [
            { $0.unassign("ada") }, { $0.set("ada", "department", "Sales") },
            { $0.set("ada", "accountEnabled", false) },
            { $0.append(.userDeleted(TestDirectory.userID("ada"))) },
        ]
        for leave in leaving {
            var directory = TestDirectory { $0.schema = Self.filteredSchema(scope) }
            directory.addUser("ada", ["department": "Yard"])
            var bench = Bench(directory)
            try bench.cycle()
            leave(&bench.directory)
            try bench.cycle()
            #expect(
                bench.writes == [
                    #"PATCH /scim/Users/u-ada {"schemas":["#
                        + #""urn:ietf:params:scim:api:messages:2.0:PatchOp"],"#
                        + #""Operations":[{"op":"Replace","path":"active","value":"False"}]}"#
                ])
            #expect(bench.rowTexts == ["disable success Ada Moss"])
        }
    }

    private static func filteredSchema(_ scope: JSONValue) -> JSONValue {
        [
            "objectMappings": [
                [
                    "sourceObjectName": "User", "scope": scope,
                    "attributeMappings": [
                        [
                            "targetAttributeName": "userName", "source": "[userPrincipalName]",
                            "matchingPriority": 1,
                        ],
                        [
                            "targetAttributeName": "active",
                            "source":
                                #"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#,
                        ],
                    ],
                ]
            ]
        ]
    }

    @Test("Hard delete")
    func hardDelete() throws {
        var bench = company()
        try bench.cycle()
        bench.directory.append(.userDeleted(TestDirectory.userID("ada")))
        try bench.cycle()
        bench.directory.append(.userPurged(TestDirectory.userID("ada")))
        try bench.cycle()
        #expect(bench.writes == ["DELETE /scim/Users/u-ada"])
        #expect(bench.rows.map(\.action) == [.delete])
        #expect(bench.state.links[.user(TestDirectory.userID("ada"))] == nil)
    }

    @Test("Unmanaged after unassign")
    func unmanaged() throws {
        var bench = company()
        try bench.cycle()
        bench.directory.unassign("ada")
        try bench.cycle()
        #expect(Self.ada(bench)?["active"] == false)
        bench.directory.append(.userDeleted(TestDirectory.userID("ada")))
        try bench.cycle()
        bench.directory.append(.userPurged(TestDirectory.userID("ada")))
        try bench.cycle(forgettingCalls: false)
        #expect(!bench.target.writes.contains { $0.method == .delete })
        #expect(Self.ada(bench) != nil)
    }

    @Test("Repeat deprovision")
    func repeatDeprovision() throws {
        var bench = company()
        try bench.cycle()
        bench.directory.set("ada", "accountEnabled", false)
        try bench.cycle()
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.rowTexts == ["other skipped Ada Moss (RedundantSoftDelete)"])
    }

    @Test("SkipOutOfScopeDeletions")
    func skipOutOfScopeDeletions() throws {
        var bench = company { $0.skipsOutOfScopeDeletions = true }
        try bench.cycle()
        bench.directory.unassign("ada")
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.rowTexts == ["other skipped Ada Moss (EntrySynchronizationSkipped)"])
        #expect(Self.ada(bench)?["active"] == true)
        // It is about the scope only: who is blocked is switched off all the same.
        bench.directory.set("bob", "accountEnabled", false)
        try bench.cycle()
        #expect(bench.rowTexts == ["disable success Bob Moss"])
    }

    @Test("Manager/member reference gap")
    func referenceGap() throws {
        var directory = TestDirectory()
        directory.addUser("ada")
        directory.addUser("boss", assigned: false)
        directory.addUser("cora", enabled: false, assigned: false)
        directory.setManager("boss", of: "ada")
        directory.addGroup("Builders", members: ["ada", "cora"])
        var bench = Bench(directory)
        try bench.cycle()
        // Both come into scope; what refers to them is not looked at again.
        bench.directory.assign(.user(TestDirectory.userID("boss")), "boss")
        bench.directory.set("cora", "accountEnabled", true)
        try bench.cycle()
        #expect(bench.target.writes.map { $0.method } == [.post, .post])
        try bench.cycle()
        #expect(bench.writes.isEmpty)
        #expect(bench.target.members(of: "Builders") == ["ada@fabrikam.example"])
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(
            bench.target.writes.map { "\($0.method.rawValue) \($0.target)" } == [
                "PATCH /scim/Users/u-ada", "PATCH /scim/Groups/g-Builders",
            ])
        #expect(bench.target.members(of: "Builders").count == 2)
    }

    @Test("Restart default")
    func restartDefault() throws {
        var bench = company()
        bench.target.rule = Self.refusingAda(400)
        try bench.cycle()
        bench.target.rule = { _ in .success(HTTPResponse(status: 401)) }
        try bench.cycle()
        #expect(bench.state.quarantine != nil && bench.state.escrows.count == 1)
        bench.apply(.restarted(try #require(ResetScope(text: ""))))
        #expect(bench.state.watermark == nil && bench.state.escrows.isEmpty)
        #expect(bench.state.quarantine == nil && bench.state.links.count == 2)
        bench.target.rule = nil
        try bench.cycle()
        // Links are kept: only Ada is asked about by name.
        #expect(bench.target.calls.filter { $0.target.contains("filter=") }.count == 2 + 1)
    }

    @Test("Restart Full")
    func restartFull() throws {
        var bench = company()
        try bench.cycle()
        bench.apply(.restarted(try #require(ResetScope(text: "Full"))))
        #expect(bench.state.links.isEmpty)
        try bench.cycle()
        #expect(
            bench.target.calls.filter { $0.target.contains("filter=") }.count == 2 + 3,
            "everything is matched again")
        #expect(bench.target.users.count == 2 && bench.target.groups.count == 1)
        #expect(bench.state.links.count == 3)
    }

    @Test("Event lost on restart")
    func lostOnRestart() throws {
        var bench = company()
        try bench.cycle()
        bench.directory.unassign("ada")
        bench.apply(.restarted(.portal))
        try bench.cycle()
        try bench.cycle()
        #expect(Self.ada(bench)?["active"] == true)
    }

    @Test("Event lost on fast purge")
    func lostOnFastPurge() throws {
        for loses in [false, true] {
            var bench = company()
            bench.settings.losesDeleteOnFastPurge = loses
            try bench.cycle()
            bench.directory.append(.userDeleted(TestDirectory.userID("ada")))
            bench.directory.append(.userPurged(TestDirectory.userID("ada")))
            try bench.cycle()
            #expect(bench.writes == (loses ? [] : ["DELETE /scim/Users/u-ada"]))
            #expect(bench.rows.map(\.action) == (loses ? [] : [.delete]))
        }
    }

    @Test("Stop")
    func stop() throws {
        var bench = company()
        var cycle = ProvisioningCycle(
            job: try bench.directory.job(), state: bench.state,
            snapshot: bench.directory.snapshot, random: SeededRandom(seed: 1))
        var waiting: [(ExchangeID, HTTPRequest)] = []
        var actions = cycle.handle(.started(at: bench.now))
        for call in 0..<50 {
            for action in actions {
                switch action {
                case .send(let id, let request): waiting.append((id, request))
                case .record(let records): for record in records { bench.apply(record) }
                case .finish: break
                }
            }
            guard !waiting.isEmpty else { break }
            // Stopped in its midst: the cycle goes on to its end.
            if call == 3 { bench.apply(.paused) }
            let (id, request) = waiting.removeFirst()
            guard case .success(let response) = bench.target.answer(request) else { break }
            actions = cycle.handle(.responded(id, response, at: bench.now))
        }
        #expect(bench.target.users.count == 2)
        #expect(bench.target.members(of: "Builders") == ["bob@fabrikam.example"])
        #expect(bench.state.watermark == bench.directory.snapshot.sequence)
        #expect(bench.state.statusCode == .paused)
        #expect(bench.state.nextCycle(interval: bench.settings.interval) == nil)
        // A start goes on where it stood.
        bench.apply(.started)
        #expect(try bench.cycle()?.kind == .incremental)
    }
}
