import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

extension SummaryTableTests {
    /// The operations of the last PATCH about Ada, by dialect.
    private func operations(
        _ tenantURL: String, _ change: (inout TestDirectory) -> Void
    ) throws -> [String] {
        var bench = company(tenantURL)
        bench.directory.addUser("cora")
        try bench.cycle()
        change(&bench.directory)
        try bench.cycle()
        return bench.target.writes.flatMap { request in
            let body = (try? JSONValue(parsing: request.body))?["Operations"]?.arrayValue ?? []
            return body.map(\.text)
        }
    }

    private static let standard = "https://target.example/scim"
    private static let manager =
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"

    @Test("Boolean as string")
    func booleanAsString() throws {
        for (url, value) in [(Self.standard, #""False""#), (Self.flagged, "false")] {
            let sent = try operations(url) { $0.set("ada", "accountEnabled", false) }
            #expect(sent.count == 1)
            #expect(sent.first?.hasSuffix(#""path":"active","value":\#(value)}"#) == true)
        }
        // A create has JSON booleans in both.
        var bench = company()
        try bench.cycle()
        #expect(bench.write.contains(#""active":true"#))
    }

    @Test("Capitalised ops")
    func capitalisedOperations() throws {
        for (url, names) in [
            (Self.standard, ["Add", "Replace", "Remove"]),
            (Self.flagged, ["add", "replace", "remove"]),
        ] {
            let sent = try operations(url) {
                $0.set("ada", "jobTitle", "Engineer")
                $0.set("ada", "mail", "ada.l@fabrikam.example")
                $0.removeMember("bob", from: "Builders")
            }
            for name in names { #expect(sent.contains { $0.contains(#""op":"\#(name)""#) }) }
            #expect(sent.count == 3)
        }
    }

    @Test("Path-less dotted replace")
    func pathLess() throws {
        let change: (inout TestDirectory) -> Void = { $0.set("ada", "givenName", "Augusta") }
        #expect(
            try operations(Self.flagged, change) == [
                #"{"op":"replace","value":{"name.givenName":"Augusta","#
                    + #""name.formatted":"Augusta Moss"}}"#
            ])
        #expect(
            try operations(Self.standard, change) == [
                #"{"op":"Replace","path":"name.givenName","value":"Augusta"}"#,
                #"{"op":"Replace","path":"name.formatted","value":"Augusta Moss"}"#,
            ])
    }

    @Test("Manager as bare string")
    func managerAsBareString() throws {
        for (url, name) in [(Self.standard, "Add"), (Self.flagged, "add")] {
            #expect(
                try operations(url) { $0.setManager("cora", of: "ada") } == [
                    #"{"op":"\#(name)","path":"\#(Self.manager)","value":"u-cora"}"#
                ])
        }
    }

    @Test("Member removal shapes")
    func memberRemoval() throws {
        let change: (inout TestDirectory) -> Void = { $0.removeMember("bob", from: "Builders") }
        #expect(
            try operations(Self.standard, change) == [
                #"{"op":"Remove","path":"members","value":[{"value":"u-bob"}]}"#
            ])
        #expect(
            try operations(Self.flagged, change) == [
                #"{"op":"remove","path":"members[value eq \"u-bob\"]"}"#
            ])
    }

    @Test("Probe")
    func probe() throws {
        var bench = company()
        let result = try #require(try bench.testConnection())
        #expect(result.isSuccess)
        let asked = bench.target.calls.compactMap { TinyTarget.filter($0) }
        #expect(asked.map(\.attribute) == ["userName", "displayName"])
        #expect(asked.allSatisfy { GUID($0.value) != nil })
        #expect(Set(asked.map(\.value)).count == 2)
        #expect(bench.target.calls.allSatisfy { $0.method == .get })
        // Somebody found who cannot exist: the filter was not applied.
        bench.target.rule = { _ in .success(TinyTarget.listResponse([["id": "1"]])) }
        #expect(try bench.testConnection()?.isSuccess == false)
    }

    @Test("POD")
    func onDemand() throws {
        var bench = company()
        for number in 0..<6 {
            bench.directory.addUser("user\(number)", assigned: false)
            bench.directory.addMember("user\(number)", to: "Builders")
        }
        let answer = try #require(
            try bench.provision(OnDemandRequest(user: TestDirectory.userID("ada"))))
        // Two members, each JSON in a JSON string.
        let resource = answer.resource
        for (name, wanted) in [("key", "result"), ("value", "provisioningSteps")] {
            let text = try #require(resource[name]?.stringValue)
            #expect(try JSONValue(parsing: Array(text.utf8))[wanted] != nil)
        }
        let members = (0..<6).map { TestDirectory.userID("user\($0)") }
        func refusal(_ count: Int) throws -> OnDemandRequest.Refusal? {
            OnDemandRequest(
                group: TestDirectory.groupID("Builders"), members: Array(members.prefix(count))
            ).refusal(by: try bench.directory.job(), in: bench.directory.snapshot)
        }
        #expect(try refusal(5) == nil)
        #expect(try refusal(6) == .tooManyMembers(6))
    }

    @Test("`[flag]` and POD")
    func flagAndOnDemand() throws {
        var bench = company(Self.flagged)
        try bench.cycle()
        bench.directory.set("ada", "surname", "Lovelace")
        bench.directory.unassign("ada")
        _ = try bench.provision(OnDemandRequest(user: TestDirectory.userID("ada")))
        #expect(bench.write.contains(#"{"op":"Replace","path":"active","value":"False"}"#))
    }

    @Test("Log record")
    func logRecord() throws {
        var bench = company()
        bench.directory.addUser("cora", enabled: false)
        try bench.cycle()
        let context = ProvisioningLogContext(job: try bench.directory.job())
        // One row for each decision, skipped ones too, in the shape Graph shows.
        #expect(
            bench.rowTexts == [
                "create success Ada Moss", "create success Bob Moss",
                "other skipped Cora Moss (NotEffectivelyEntitled)", "create success Builders",
                "update success Builders",
            ])
        for row in bench.rows {
            let names = row.resource(context).objectValue?.names ?? []
            #expect(
                names == [
                    "id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId",
                    "provisioningAction", "durationInMilliseconds", "initiatedBy",
                    "servicePrincipal", "sourceSystem", "targetSystem", "sourceIdentity",
                    "targetIdentity", "provisioningStatusInfo", "provisioningSteps",
                    "modifiedProperties",
                ])
        }
    }

    @Test("Null values")
    func nullValues() throws {
        var bench = company()
        bench.directory.set("ada", "mail", nil)
        try bench.cycle()
        #expect(!bench.write.contains("emails"))
        bench.directory.set("ada", "surname", nil)
        bench.directory.set("ada", "mailNickname", nil)
        try bench.cycle()
        // The formatted name changes; nothing that was emptied is cleared.
        #expect(bench.writes.count == 1)
        #expect(!bench.write.contains("familyName") && !bench.write.contains("externalId"))
        #expect(Self.ada(bench)?["name"]?["familyName"] == "Moss")
    }

    @Test("Default if null")
    func defaultIfNull() throws {
        var directory = TestDirectory {
            $0.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName", "source": "[userPrincipalName]",
                                "matchingPriority": 1,
                            ],
                            [
                                "targetAttributeName": "title", "source": "[jobTitle]",
                                "defaultValue": "Colleague",
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
        #expect(Self.ada(bench)?["title"] == "Colleague")
        // An account that was there is updated, not created.
        #expect(bench.target.user(named: "bob@fabrikam.example")?["title"] == nil)
    }

    @Test("Duration estimate")
    func durationEstimate() throws {
        var bench = company()
        bench.directory.addUser("cora", assigned: false)
        bench.directory.addMember("cora", to: "Builders")
        let estimate = try bench.directory.job().durationEstimate(in: bench.directory.snapshot)
        // Three people and a group.
        #expect(estimate.objects == 4 && estimate.basis == .assignedFormula)
        #expect(estimate.minimumMinutes == 0.04 && estimate.maximumMinutes == 0.32)
        let rows: [(Int, Bool, ClosedRange<Double>?)] = [
            (999, true, 0...30), (1_000, true, 30...120), (9_999, true, 30...120),
            (10_000, true, 713...1_425), (99_999, true, 713...1_425), (100_000, true, nil),
            (999, false, 0...30), (1_000, false, 43...86), (10_000, false, nil),
        ]
        for (objects, hasGroups, range) in rows {
            let estimate = DurationEstimate(
                scope: .all, objects: objects, provisionsGroups: hasGroups)
            #expect(estimate.minimumMinutes == range?.lowerBound, "\(objects)")
            #expect(estimate.maximumMinutes == range?.upperBound, "\(objects)")
        }
    }
}
