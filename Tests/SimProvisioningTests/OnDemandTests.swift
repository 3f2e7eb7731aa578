import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Provisioning on demand — provisioning.md §4")
struct OnDemandTests {
    private func bench(flag: String = "", _ configure: (inout TestDirectory) -> Void) -> Bench {
        var directory = TestDirectory(tenantURL: "https://target.example/scim" + flag)
        configure(&directory)
        return Bench(directory)
    }

    private static func user(_ name: String) -> OnDemandRequest {
        OnDemandRequest(user: TestDirectory.userID(name))
    }

    @Test("somebody assigned is created; the job knows, its schedule and watermark do not change")
    func create() throws {
        var bench = bench {
            $0.addUser("ada")
            $0.addUser("bob")
        }
        let before = bench.state
        let answer = try bench.provision(Self.user("ada"))
        #expect(answer?.result == .success)
        #expect(answer?.key["details"] == [:])
        #expect(bench.writes.count == 1)
        #expect(bench.state.watermark == before.watermark)
        #expect(bench.state.lastExecution == nil)
        #expect(bench.state.running == nil)
        #expect(bench.state.statusCode == .notRun)
        try bench.cycle()
        // Nobody is created twice.
        #expect(bench.writes.count == 1)
        #expect(
            bench.rowTexts == [
                "other skipped Ada Moss (RedundantExport)", "create success Bob Moss",
            ])
    }

    @Test("the answer is JSON in JSON, with the names of the on-demand answer")
    func doubleEncoding() throws {
        var bench = bench { $0.addUser("ada") }
        try bench.cycle()
        let resource = try #require(try bench.provision(Self.user("ada"))).resource
        let key = try JSONValue(parsing: Array((resource["key"]?.stringValue ?? "").utf8))
        let value = try JSONValue(parsing: Array((resource["value"]?.stringValue ?? "").utf8))
        #expect(key["result"] == "Skipped")
        #expect(key["details"]?["errorCode"] == "RedundantExport")
        #expect(
            key["details"]?["errorMessage"]
                == "The state of the user in both the source and target systems already match.")
        #expect(value["action"] == "Other")
        #expect(value["reportableIdentifier"] == "ada@fabrikam.example")
        #expect(value["sourceSystem"]?["name"] == "Azure Active Directory")
        let steps = value["provisioningSteps"]?.arrayValue ?? []
        #expect(
            steps.map { $0["name"]?.stringValue ?? "" } == [
                "EntryImport", "EntryImport", "EntrySynchronizationScoping",
                "EntrySynchronizationSkip",
            ])
        #expect(
            steps.map { $0["type"]?.stringValue ?? "" }
                == ["Import", "Matching", "Scoping", "Export"])
        #expect(
            steps.first?["description"]
                == "Retrieved User 'ada@fabrikam.example' from Azure Active Directory")
        #expect(steps[2]["details"]?["IsInProvisioningScopeDisplayName"] == "True")
        // A skipped object shows what was imported.
        let modified = value["modifiedProperties"]?.arrayValue ?? []
        #expect(modified.contains { $0["displayName"] == "displayName" && $0["oldValue"] == .null })
    }

    @Test("not assigned: skipped with the reason; unassigned: disabled; blocked: never disabled")
    func scope() throws {
        var bench = bench {
            $0.addUser("ada")
            $0.addUser("bob")
            $0.addUser("cyd", assigned: false)
        }
        try bench.cycle()
        let stranger = try bench.provision(Self.user("cyd"))
        #expect(stranger?.problem?.code == "NotEffectivelyEntitled")
        bench.directory.unassign("ada")
        let unassigned = try bench.provision(Self.user("ada"))
        #expect(unassigned?.result == .success)
        #expect(unassigned?.value["action"] == "Disable")
        bench.directory.set("bob", "accountEnabled", false)
        let blocked = try bench.provision(Self.user("bob"))
        #expect(blocked?.result == .skipped)
        #expect(bench.writes.isEmpty)
    }

    @Test("a group with five members and no more, each of them a member")
    func groupMembers() throws {
        let names = (1...6).map { "user\($0)" }
        var bench = bench { directory in
            for name in names + ["ada"] { directory.addUser(name) }
            directory.addGroup("Builders", members: names)
        }
        let job = try bench.directory.job()
        func request(_ names: [String]) -> OnDemandRequest {
            OnDemandRequest(
                group: TestDirectory.groupID("Builders"), members: names.map(TestDirectory.userID))
        }
        let snapshot = bench.directory.snapshot
        #expect(request(names).refusal(by: job, in: snapshot) == .tooManyMembers(6))
        #expect(
            request(["ada"]).refusal(by: job, in: snapshot)
                == .notMembers([TestDirectory.userID("ada")]))
        let five = request(Array(names.prefix(5)) + ["user1"])
        #expect(five.refusal(by: job, in: snapshot) == nil)
        let answer = try bench.provision(five)
        #expect(answer?.result == .success)
        #expect(bench.target.members(of: "Builders").count == 5)
        #expect(
            answer?.value["modifiedProperties"]?.arrayValue?.contains {
                $0["displayName"] == "members" && $0["newValue"] == "u-user1"
            } == true)
        // The next cycle brings the sixth.
        try bench.cycle()
        #expect(bench.target.members(of: "Builders").count == 6)
    }

    @Test("bad credentials: one step with code and message, no quarantine, no row")
    func connection() throws {
        var bench = bench { $0.addUser("ada") }
        bench.target.rule = { _ in .success(HTTPResponse(status: 401)) }
        let answer = try bench.provision(Self.user("ada"))
        #expect(answer?.result == .failure)
        #expect(
            answer?.problem?.code
                == "SystemForCrossDomainIdentityManagementCredentialValidationFailure")
        let steps = answer?.value["provisioningSteps"]?.arrayValue ?? []
        #expect(
            steps.map { $0["description"]?.stringValue ?? "" }
                == ["Failed to test connection to target application"])
        #expect(bench.state.quarantine == nil)
        #expect(answer?.entries.isEmpty == true)
    }

    @Test("a refused create is told and leaves no escrow behind")
    func refused() throws {
        var bench = bench { $0.addUser("ada") }
        bench.target.rule = { request in
            request.method == .post ? .success(HTTPResponse(status: 400)) : nil
        }
        let answer = try bench.provision(Self.user("ada"))
        #expect(answer?.result == .failure)
        #expect(answer?.value["statusInfo"]?["errorCode"] != .null)
        #expect(bench.state.escrows.isEmpty)
    }

    @Test("the dialect flag of the tenant URL is not honoured")
    func flag() throws {
        var bench = bench(flag: "?aadOptscim062020") { $0.addUser("ada") }
        try bench.cycle()
        bench.directory.unassign("ada")
        _ = try bench.provision(Self.user("ada"))
        #expect(bench.write.contains(#""value":"False""#))
    }

    @Test("five requests in ten seconds, the sixth is refused, and again after ten")
    func rate() {
        var rate = OnDemandRate()
        let answers = [0, 1, 2, 3, 4, 9, 10, 10].map {
            rate.admits(at: TestDirectory.start + .seconds($0))
        }
        #expect(answers == [true, true, true, true, true, false, true, false])
    }
}
