import EntraSim
import SimCore
import SimHTTP
import Testing

@Suite("Claresia: provisioning")
struct ClaresiaProvisioningTests {
    private static let token = "claresia-demo-scim-token"

    @Test("step 7: Test Connection succeeds, names 401 and 403, and starts nothing")
    func testConnection() async throws {
        let scene = try Scene()
        try scene.directory.addApp("Claresia Europe")
        try scene.directory.setProvisioning(
            of: "Claresia Europe", tenantURL: "{origin}/apps/claresia/scim/v2", token: Self.token,
            isOn: false)
        let job = scene.provisioning("Claresia Europe")
        let before = scene.journal.latest
        let good = try await job.testConnection()
        #expect(good.isSuccess)
        #expect(
            good.text.contains(
                "The supplied credentials are authorized to enable provisioning"))
        #expect(try await job.testConnection(token: "wrong").status == 401)
        #expect(
            try await job.testConnection(token: "claresia-demo-read-only-token").status == 403)
        #expect(scene.sent(after: before).allSatisfy { $0.method == "GET" })
        let status = try job.statusText()
        #expect(status.contains("\"code\": \"NotConfigured\""))
        try await scene.clock.advance(by: .seconds(86_400))
        #expect(try job.statusText().contains("\"code\": \"NotConfigured\""))
    }

    @Test("step 7: a token without write permission gets 403 on every SCIM call, reads included")
    func readOnlyToken() async throws {
        let scene = try Scene()
        let reader = TargetClient(
            scene, (base: "/apps/claresia/scim/v2", token: "claresia-demo-read-only-token"))
        let unknown = TargetClient(scene, (base: "/apps/claresia/scim/v2", token: "wrong"))
        let body: JSONValue = ["schemas": [.string(TargetClient.user)], "userName": "a@x.example"]
        let calls: [(HTTPMethod, String, JSONValue?)] = [
            (.get, "/Users", nil), (.get, "/Groups?excludedAttributes=members", nil),
            (.get, "/Users/1", nil), (.post, "/Users", body), (.patch, "/Users/1", body),
            (.delete, "/Users/1", nil),
        ]
        for (method, path, body) in calls {
            #expect(try await reader.send(method, path, body).status == 403, "\(method) \(path)")
            #expect(try await unknown.send(method, path, body).status == 401, "\(method) \(path)")
        }
    }

    @Test("step 7: a wrong address is told apart from a wrong token")
    func wrongAddress() async throws {
        let scene = try Scene()
        let job = scene.provisioning("Claresia")
        let base = scene.simulator.baseURL
        let gone = try await job.testConnection(tenantURL: "\(base)/apps/claresia/scim/v3")
        #expect(!gone.isSuccess && gone.status == 404)
        let down = try await job.testConnection(tenantURL: "http://localhost:1/scim")
        #expect(!down.isSuccess && down.status == nil)
    }

    @Test("step 8: the default mappings are shown, and sent")
    func defaultMappings() async throws {
        let scene = try Scene()
        let job = scene.provisioning("Claresia")
        let schema = try #require(
            try JSONValue(parsing: Array(try job.mappingsText().utf8)).objectValue)
        let rules = schema["synchronizationRules"]?.arrayValue?.first
        let mappings = rules?["objectMappings"]?.arrayValue ?? []
        let users = try #require(
            mappings.first { $0["sourceObjectName"]?.stringValue == "User" })
        let rows = (users["attributeMappings"]?.arrayValue ?? []).map {
            "\($0["source"]?["name"]?.stringValue ?? "") → "
                + "\($0["targetAttributeName"]?.stringValue ?? "")"
        }
        for row in [
            "userPrincipalName → userName", "givenName → name.givenName",
            "surname → name.familyName", "mail → emails[type eq \"work\"].value",
        ] { #expect(rows.contains(row), "\(row)") }
        try await job.runCycle()
        let people = try await scene.resources("claresia", "Users", token: Self.token)
        let adele = try #require(
            people.first { $0["userName"]?.stringValue == "adele.vance@contoso.example" })
        #expect(adele["name"]?["givenName"]?.stringValue == "Adele")
        #expect(adele["name"]?["familyName"]?.stringValue == "Vance")
        let mail = adele["emails"]?.arrayValue?.first
        #expect(mail?["type"]?.stringValue == "work")
        #expect(mail?["value"]?.stringValue == "adele.vance@contoso.example")
        #expect(adele["active"]?.boolValue == true)
    }

    @Test("step 8: an edited mapping is sent to everybody by the next cycle")
    func editedMappings() async throws {
        let scene = try Scene()
        let job = scene.provisioning("Claresia")
        try await job.runCycle()
        let refused = #expect(throws: SimulatorFailure.self) {
            try job.setMappings(
                """
                {"objectMappings": [{"sourceObjectName": "User", "attributeMappings": [
                  {"targetAttributeName": "userName", "source": "[userPrincipalNam]"}]}]}
                """)
        }
        #expect(refused?.message.contains("userPrincipalNam") == true)
        try job.setMappings(
            """
            {"objectMappings": [{"sourceObjectName": "User", "attributeMappings": [
              {"targetAttributeName": "userName", "source": "[userPrincipalName]",
               "matchingPriority": 1},
              {"targetAttributeName": "title", "source": "ToUpper([department])"}]}]}
            """)
        let outcome = try await job.runCycle()
        #expect(outcome.isInitial && outcome.counts.created == 0 && outcome.counts.updated == 13)
        let people = try await scene.resources("claresia", "Users", token: Self.token)
        let adele = people.first { $0["userName"]?.stringValue == "adele.vance@contoso.example" }
        #expect(adele?["title"]?.stringValue == "RETAIL")
    }

    @Test("step 8: with groups off only people are sent")
    func groupsOff() async throws {
        let scene = try Scene()
        try scene.directory.setProvisioning(of: "Claresia", groups: false)
        let outcome = try await scene.provisioning("Claresia").runCycle()
        #expect(outcome.counts.created == 14)
        #expect(try await scene.resources("claresia", "Groups", token: Self.token).isEmpty)
    }

    @Test("step 9: the first cycle sends exactly the direct members and the assigned groups")
    func assignedOnly() async throws {
        let scene = try Scene()
        let groups = ["admins", "auditors", "users", "eng-pilot"].map { "claresia-\($0)" }
        #expect(Set(try scene.directory.assignments(to: "Claresia")) == Set(groups))
        let ran = try await scene.clock.advance(by: .seconds(40 * 60))
        #expect(ran.contains { $0.what.hasPrefix("Claresia: initial cycle, 18 created") })
        var wanted: Set<String> = []
        for group in groups { wanted.formUnion(try scene.directory.members(of: group)) }
        // A nested group's people are not sent, and nobody who is blocked is ever created.
        wanted.subtract(["Retail", "ben.walters@contoso.example"])
        // A guest goes by the name at home.
        wanted.remove("sofia.keller_fabrikam.example#EXT#@contoso.onmicrosoft.com")
        wanted.insert("sofia.keller@fabrikam.example")
        let people = try await scene.resources("claresia", "Users", token: Self.token)
        #expect(Set(people.compactMap { $0["userName"]?.stringValue }) == wanted)
        #expect(people.count == wanted.count)
        let sent = try await scene.resources("claresia", "Groups", token: Self.token)
        #expect(Set(sent.compactMap { $0["displayName"]?.stringValue }) == Set(groups))
        #expect(try await scene.provisioning("Claresia").runCycle().counts.updated == 0)
    }

    @Test(
        "step 9: from nothing: an app made, saved as On, groups assigned; the next cycle sends them"
    )
    func fromNothing() async throws {
        let scene = try Scene()
        try await scene.provisioning("Claresia").pause()
        try scene.directory.addApp("Claresia Europe")
        try scene.directory.setProvisioning(
            of: "Claresia Europe", tenantURL: "{origin}/apps/claresia/scim/v2", token: Self.token,
            everybody: false, groups: true, isOn: true)
        try scene.directory.assign("claresia-auditors", to: "Claresia Europe")
        let ran = try await scene.clock.advance(by: .seconds(40 * 60))
        #expect(ran.contains { $0.what.hasPrefix("Claresia Europe: initial cycle") })
        let wanted = Set(try scene.directory.members(of: "claresia-auditors"))
        let people = try await scene.resources("claresia", "Users", token: Self.token)
        #expect(Set(people.compactMap { $0["userName"]?.stringValue }) == wanted)
        let groups = try await scene.resources("claresia", "Groups", token: Self.token)
        #expect(groups.map { $0["displayName"] } == ["claresia-auditors"])
        // Assigned later, they come with the cycle after.
        try scene.directory.assign("claresia-admins", to: "Claresia Europe")
        try await scene.clock.advance(by: .seconds(40 * 60))
        let later = try await scene.resources("claresia", "Groups", token: Self.token)
        #expect(later.count == 2)
    }

    @Test("step 10: the sample app's page shows people, groups with their counts, and roles")
    func page() async throws {
        let scene = try Scene()
        #expect(try await scene.team("claresia").people.isEmpty)
        try await scene.provisioning("Claresia").runCycle()
        let team = try await scene.team("claresia")
        #expect(team.people.count == 14)
        #expect(
            team.groups == [
                "claresia-admins": 2, "claresia-auditors": 2, "claresia-users": 7,
                "claresia-eng-pilot": 3,
            ])
        let roles = [
            "megan.bowen": "Tenant admin", "enrico.cattaneo": "Auditor", "alex.wilber": "Member",
            "irvin.sayers": "Member eng_lead",
        ]
        for (name, role) in roles {
            #expect(try team.person("\(name)@contoso.example").role == role)
        }
        #expect(try team.person("sofia.keller@fabrikam.example").groups == ["claresia-users"])
    }
}
